package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.Exchange.Failure;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says when going on makes no sense: the target was never there, or it is gone. Thread-safe. */
final class Circuit {
  /** So many failures in a row, and the rest is left out. */
  static final int FAILURES = 10;

  /**
   * Failures that mean, as long as nothing ever worked, that something is set up wrong. A 400 or
   * 403 is none of them: that is how filters refuse a single prompt.
   */
  private static final Set<String> SET_UP = Set.of("unreachable", "not-json", "login");

  private static final Set<Integer> SET_UP_STATUS = Set.of(401, 404, 405);

  private boolean worked;
  private int inARow;
  private @Nullable String wrong;
  private @Nullable String last;

  Circuit(boolean worked, int inARow) {
    this.worked = worked;
    this.inARow = inARow;
  }

  /** Hears of an exchange that came to its end. */
  synchronized void hear(Exchange exchange) {
    Failure failure = exchange.failure();
    if (failure == null) {
      worked = true;
      inARow = 0;
      return;
    }
    if (failure.kind().equals("closed")) {
      return;
    }
    inARow++;
    last = failure.message();
    boolean redirect = failure.status() >= 300 && failure.status() < 400;
    boolean setUp =
        failure.status() >= 500
            ? false
            : SET_UP.contains(failure.kind())
                || SET_UP_STATUS.contains(failure.status())
                || redirect;
    if (!worked && setUp && wrong == null) {
      wrong = failure.message();
    }
  }

  /** What is set up wrong, when no call ever worked. */
  synchronized Optional<String> wrong() {
    return worked ? Optional.empty() : Optional.ofNullable(wrong);
  }

  /** Why the rest is left out; empty as long as it is not. */
  synchronized Optional<String> gone() {
    if (wrong().isPresent()) {
      return Optional.of("not called: no call worked, the first one failed with: " + wrong);
    }
    return inARow >= FAILURES
        ? Optional.of(
            "not called: "
                + FAILURES
                + " calls in a row failed"
                + (last == null ? "" : ", the last with: " + last))
        : Optional.empty();
  }
}
