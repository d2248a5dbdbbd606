package dev.redoubt.guard.engine;

import dev.redoubt.detect.PersonalDataScanner;
import dev.redoubt.detect.Span;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides personal data from a model behind pseudonyms, and puts them back into what it says.
 *
 * <pre>{@code
 * PseudonymVault vault = new PseudonymVault();                 // one for each conversation
 * String toModel = vault.hide(message, PersonalDataScanner.types());
 * String toUser = vault.restore(answerOfModel);
 * }</pre>
 *
 * <p>The same value has the same pseudonym, such as {@code [EMAIL-1-k3f9]}, for as long as the
 * vault lives; the end is drawn at random for each vault, so that a document can't name the
 * pseudonym of somebody else's data. Values are kept in memory only. Thread-safe.
 *
 * @since 0.1.0
 */
public final class PseudonymVault {
  /** A conversation that names more people is none; bounds the memory of a vault. */
  private static final int MOST_VALUES = 10_000;

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final Pattern PSEUDONYM =
      Pattern.compile("\\[[A-Z-]{2,24}-[0-9]{1,5}-[a-z2-9]{6}\\]");

  private final String tag;
  private final Map<String, String> pseudonyms = new HashMap<>();
  private final Map<String, String> values = new HashMap<>();

  /** Makes an empty vault. */
  public PseudonymVault() {
    var random = new SecureRandom();
    var drawn = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      drawn.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    this.tag = drawn.toString();
  }

  /**
   * Puts pseudonyms in the place of personal data.
   *
   * @param types what to hide, see {@link PersonalDataScanner#types()}
   * @throws IllegalStateException when the vault is full, rather than letting a value through
   */
  public synchronized String hide(String text, Collection<String> types) {
    var out = new StringBuilder(text.length());
    int at = 0;
    for (Span span : PersonalDataScanner.scan(text, types)) {
      out.append(text, at, span.start()).append(pseudonym(span));
      at = span.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  private String pseudonym(Span span) {
    String key = span.type() + ' ' + span.text();
    String known = pseudonyms.get(key);
    if (known != null) {
      return known;
    }
    if (pseudonyms.size() >= MOST_VALUES) {
      throw new IllegalStateException(
          "the vault holds " + MOST_VALUES + " values: begin a new one");
    }
    String kind = span.type().toUpperCase(Locale.ROOT);
    String made = "[" + kind + "-" + (pseudonyms.size() + 1) + "-" + tag + "]";
    pseudonyms.put(key, made);
    values.put(made, span.text());
    return made;
  }

  /** Puts the values back; pseudonyms of other vaults and invented ones stay as they are. */
  public synchronized String restore(String text) {
    Matcher m = PSEUDONYM.matcher(text);
    var out = new StringBuilder(text.length());
    while (m.find()) {
      String value = values.getOrDefault(m.group(), m.group());
      m.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return m.appendTail(out).toString();
  }

  /** How many values it holds. */
  public synchronized int size() {
    return values.size();
  }

  /** Begins to put values back into a text that comes in pieces. */
  public Stream stream() {
    return new Stream(this);
  }

  /** Puts values back across the borders of pieces; not thread-safe. */
  public static final class Stream {
    /** Longest pseudonym; a bracket that stays open longer begins none. */
    private static final int LONGEST = 48;

    private final PseudonymVault vault;
    private final StringBuilder held = new StringBuilder();

    private Stream(PseudonymVault vault) {
      this.vault = vault;
    }

    /** Takes a piece; gives what may be shown now. */
    public String push(String piece) {
      held.append(piece);
      int open = held.lastIndexOf("[");
      boolean waits = open >= 0 && held.indexOf("]", open) < 0 && held.length() - open < LONGEST;
      int ready = waits ? open : held.length();
      String out = vault.restore(held.substring(0, ready));
      held.delete(0, ready);
      return out;
    }

    /** Ends the text; gives the rest. */
    public String finish() {
      String out = vault.restore(held.toString());
      held.setLength(0);
      return out;
    }
  }
}
