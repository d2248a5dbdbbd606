package dev.redoubt.attack.chat;

import dev.redoubt.core.Fingerprint;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.llm.ChatModel;
import dev.redoubt.runtime.llm.ChatRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Whoever writes the attacker's words in one attempt. What the tape knows already is not asked
 * again. For one thread.
 */
final class TapedAttacker implements Attacker {
  private static final int MOST_TOKENS = 512;

  private final PassTools tools;
  private final PlannedCall call;
  private final @Nullable Source source;
  private final List<JsonNode> taped;
  private final Function<String, AttemptOver> over;
  private int asked;

  /** Who is asked when the tape does not know. */
  interface Source {
    String name();

    /**
     * Asks.
     *
     * @param number of the question in its attempt, from 0
     * @throws NoWords when there is no answer, with the reason
     */
    String ask(List<ChatMessage> conversation, int number) throws NoWords, InterruptedException;
  }

  /** There is no answer. */
  static final class NoWords extends Exception {
    private static final long serialVersionUID = 1L;

    NoWords(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param source absent when only the tape may be asked
   * @param over makes the attempt unassessed for a reason
   */
  TapedAttacker(
      PassTools tools,
      PlannedCall call,
      @Nullable Source source,
      List<JsonNode> taped,
      Function<String, AttemptOver> over) {
    this.tools = tools;
    this.call = call;
    this.source = source;
    this.taped = taped;
    this.over = over;
  }

  @Override
  public String name() {
    return source == null ? "tape" : source.name();
  }

  @Override
  public String ask(List<ChatMessage> conversation) throws AttemptOver, InterruptedException {
    String digest =
        Fingerprint.of(
            conversation.stream().map(m -> m.role() + ": " + m.text()).toArray(String[]::new));
    int number = asked++;
    if (number < taped.size()) {
      JsonNode known = taped.get(number);
      if (known.path("asked").asString("").equals(digest)) {
        return known.path("answer").asString("");
      }
    }
    if (source == null) {
      throw over.apply("the tape has no answer of the attacker's model to this turn");
    }
    try {
      String answer = source.ask(conversation, number);
      tools.tape().append(TapeRecords.attacker(call.id(), name(), digest, answer));
      return answer;
    } catch (NoWords e) {
      throw over.apply(String.valueOf(e.getMessage()));
    }
  }

  /** A model as the source of words. */
  static Source model(AttackerModel attacker, PassTools tools, PlannedCall call) {
    ChatModel model = attacker.model();
    return new Source() {
      @Override
      public String name() {
        return attacker.name();
      }

      @Override
      public String ask(List<ChatMessage> conversation, int number)
          throws NoWords, InterruptedException {
        try {
          return model
              .chat(
                  new ChatRequest(
                      null,
                      conversation,
                      List.of(),
                      tools.plan().spec().temperature(),
                      call.seed() + number,
                      MOST_TOKENS,
                      List.of()))
              .text();
        } catch (ChatException e) {
          throw new NoWords("the attacker's model failed: " + e.getMessage(), e);
        }
      }
    };
  }
}
