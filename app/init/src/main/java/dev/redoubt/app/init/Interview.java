package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks what a repository does not show.
 *
 * @since 0.1.0
 */
public final class Interview {
  private static final Pattern HEADER =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}:[ \\t]*[\\x21-\\x7e][\\x20-\\x7e]*");
  private static final int TRIES = 3;

  private final Asker asker;

  /** Puts one question to a person. */
  public interface Asker {
    /**
     * Asks.
     *
     * @param question one line
     * @return what was typed; null at the end of the input
     */
    @Nullable String ask(String question);

    /** Says why an answer does not do. */
    void complain(String why);
  }

  /** Asks through an asker. */
  public Interview(Asker asker) {
    this.asker = asker;
  }

  /**
   * Asks everything.
   *
   * @param survey what was seen: it gives the defaults, and what need not be asked
   * @param name default name of the system
   */
  public Answers run(Survey survey, String name) {
    String called = ask("Name of the system", name, Check.ANY);
    String purpose = ask("What does it do, and for whom? (one sentence)", null, Check.ANY);
    String owner = ask("Who answers for it?", null, Check.ANY);
    String url = ask("Where does it answer?", LikelyEndpoint.url(survey), Check.URL);
    String attacker =
        ask(
            "Header of a first test account, such as Authorization: Bearer ${FIRST_TOKEN}"
                + " (empty: callers are not told apart)",
            null,
            Check.HEADER);
    String other =
        attacker == null
            ? null
            : ask(
                "Header of a second test account, such as Authorization: Bearer ${SECOND_TOKEN}",
                null,
                Check.HEADER);
    String facts =
        ask(
            "File of planted values, NAME=VALUE lines (empty: none yet; 'redoubt canary create' makes some)",
            null,
            Check.ANY);
    String documents = null;
    if (!survey.of(Kind.STORE).isEmpty()) {
      documents =
          ask("File that lists the indexed documents, JSON lines (empty: none)", null, Check.ANY);
    }
    String ledger = null;
    if (!survey.of(Kind.TOOL).isEmpty() || !survey.of(Kind.SERVER).isEmpty()) {
      ledger =
          ask("File in which tool calls are recorded, JSON lines (empty: none)", null, Check.ANY);
    }
    return new Answers(
        called == null ? name : called,
        purpose,
        owner,
        url,
        attacker,
        other,
        facts,
        documents,
        ledger);
  }

  private enum Check {
    ANY,
    URL,
    HEADER
  }

  private @Nullable String ask(String question, @Nullable String fallback, Check check) {
    String whole = question + (fallback == null ? "" : " [" + fallback + "]") + ": ";
    for (int i = 0; i < TRIES; i++) {
      String typed = asker.ask(whole);
      if (typed == null || typed.isBlank()) {
        return fallback;
      }
      String why = problem(typed.strip(), check);
      if (why == null) {
        return typed.strip();
      }
      asker.complain(why);
    }
    return fallback;
  }

  private static @Nullable String problem(String answer, Check check) {
    if (answer.chars().anyMatch(Character::isISOControl)) {
      return "control characters can't stand there";
    }
    return switch (check) {
      case ANY -> null;
      case URL -> isUrl(answer) ? null : "that is no http or https URL; write http://HOST:PORT/v1";
      case HEADER ->
          HEADER.matcher(answer).matches()
              ? null
              : "that is no header; write Name: value, and the value of a credential as ${NAME}";
    };
  }

  private static boolean isUrl(String text) {
    try {
      var uri = URI.create(text);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
