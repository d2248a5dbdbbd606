package dev.redoubt.inspect.artifact;

import java.util.Locale;

/** What loading a file may do, from harmless to worst. */
public enum Verdict {
  /**
   * All that it can do on load is on the allow-list, or its format can't call and was parsed whole.
   */
  INERT,
  /** Encrypted, recognised but not parsed, unreadable, or over a limit; never clean. */
  INCOMPLETE,
  /**
   * It calls something that nobody has shown to be harmless, or its structure contradicts itself.
   */
  UNPROVEN,
  /** It calls or reaches something that is known to execute, write, connect or spawn. */
  MALICIOUS;

  /** The worse of two. */
  public Verdict worst(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Says whether this is as bad as {@code other} or worse. */
  public boolean atLeast(Verdict other) {
    return compareTo(other) >= 0;
  }

  /** The word in lower case, as reports carry it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
