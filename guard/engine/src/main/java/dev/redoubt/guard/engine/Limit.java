package dev.redoubt.guard.engine;

/**
 * Something that a scanner does not stop, with a sample that passes it, so that a test can tell
 * when the limit is gone.
 *
 * @param what in plain words
 * @param role whose text the sample is
 * @param sample a text that passes; empty where one text alone can't show it
 * @param options the scanner's options in YAML of flow style
 * @param system the system prompt that goes with the sample; empty for none
 * @since 0.1.0
 */
public record Limit(String what, Role role, String sample, String options, String system) {
  public Limit {
    if (what.isBlank()) {
      throw new IllegalArgumentException("a limit says what it is");
    }
  }

  /** A limit that no single text shows. */
  public static Limit of(String what) {
    return new Limit(what, Role.ANSWER, "", "{}", "");
  }

  /** A limit with an answer that passes. */
  public static Limit answer(String what, String sample) {
    return new Limit(what, Role.ANSWER, sample, "{}", "");
  }

  /** A limit with a text of a role that passes. */
  public static Limit input(Role role, String what, String sample) {
    return new Limit(what, role, sample, "{}", "");
  }

  /** The same with options. */
  public Limit withOptions(String yaml) {
    return new Limit(what, role, sample, yaml, system);
  }

  /** The same with a system prompt. */
  public Limit withSystem(String prompt) {
    return new Limit(what, role, sample, options, prompt);
  }
}
