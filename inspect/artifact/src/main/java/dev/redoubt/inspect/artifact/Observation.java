package dev.redoubt.inspect.artifact;

/**
 * Something that a reader saw in a file.
 *
 * @param rule id of the rule that speaks, such as {@code inspect.artifact.pickle-call}; its
 *     references and remedy are the rule's
 * @param verdict what it makes of the file at least
 * @param what what was seen, on one line, with untrusted text made safe by the reporters
 * @param offset where in the file or member, in bytes; -1 where no single place is meant
 */
public record Observation(String rule, Verdict verdict, String what, long offset) {
  /** Longest text that is kept, in characters. */
  public static final int MAX_TEXT = 2000;

  public Observation {
    if (rule.isBlank() || what.isBlank()) {
      throw new IllegalArgumentException("observation '" + rule + "' says nothing");
    }
    if (what.length() > MAX_TEXT) {
      int end = Character.isHighSurrogate(what.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
      what = what.substring(0, end) + " …";
    }
  }
}
