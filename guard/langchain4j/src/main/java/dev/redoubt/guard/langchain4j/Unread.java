package dev.redoubt.guard.langchain4j;

import dev.redoubt.guard.engine.Verdict;
import java.util.List;

/** The verdict on content that no scanner can look at. */
final class Unread {
  private Unread() {}

  static Verdict verdict(String kind) {
    return new Verdict.NotRun(
        "content of type " + kind + " can't be checked",
        List.of(),
        new Verdict.Trace(List.of(), List.of("unscanned-content: " + kind)));
  }
}
