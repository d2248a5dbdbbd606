package dev.redoubt.runtime.program;

import java.util.Locale;
import java.util.Set;

/** What a program is asked to be, and the messages that it may send as such. */
enum Role {
  TARGET,
  PROBE,
  JUDGE,
  ASSESSOR;

  /** Messages after which more of the same request follow. */
  private static final Set<String> MORE_FOLLOWS =
      Set.of("probe", "progress", "finding", "tested", "notTested");

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Says whether a program of this role may send such a message in answer to a request. */
  boolean answersWith(String type) {
    if (type.equals("failed")) {
      return true;
    }
    return switch (this) {
      case TARGET -> type.equals("said");
      case PROBE -> Set.of("probe", "turn", "done").contains(type);
      case JUDGE -> type.equals("verdict");
      case ASSESSOR ->
          type.equals("done") || (MORE_FOLLOWS.contains(type) && !type.equals("probe"));
    };
  }

  /** Says whether such a message ends its request. */
  static boolean ends(String type) {
    return !MORE_FOLLOWS.contains(type);
  }
}
