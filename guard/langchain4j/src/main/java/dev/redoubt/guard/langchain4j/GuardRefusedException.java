package dev.redoubt.guard.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.redoubt.guard.engine.Verdict;

/**
 * The guard refused. The message may be shown to the user; {@link #verdict} says why.
 *
 * @since 0.2.0
 */
public final class GuardRefusedException extends LangChain4jException {
  private static final long serialVersionUID = 1L;

  private final transient Verdict verdict;

  GuardRefusedException(Verdict verdict) {
    super(verdict.shown(Verdict.NOT_CHECKED));
    this.verdict = verdict;
  }

  /** What the guard decided and on which evidence. */
  public Verdict verdict() {
    return verdict;
  }
}
