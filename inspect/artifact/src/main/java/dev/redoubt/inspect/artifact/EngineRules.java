package dev.redoubt.inspect.artifact;

/** Ids of the engine's own rules. */
public final class EngineRules {
  /** A structure contradicts itself or is cut off. */
  public static final String MALFORMED = Rules.PREFIX + "malformed";

  /** Well-formed, but over a limit. */
  public static final String LIMIT = Rules.PREFIX + "limit";

  /** Can't be opened or read, or changed meanwhile. */
  public static final String UNREADABLE = Rules.PREFIX + "unreadable";

  /** Not a regular file. */
  public static final String SPECIAL_FILE = Rules.PREFIX + "special-file";

  /** A format that is recognised and not parsed. */
  public static final String NOT_PARSED = Rules.PREFIX + "not-parsed";

  /** Encrypted. */
  public static final String ENCRYPTED = Rules.PREFIX + "encrypted";

  private EngineRules() {}
}
