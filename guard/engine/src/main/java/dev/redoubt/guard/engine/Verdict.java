package dev.redoubt.guard.engine;

import dev.redoubt.core.GuardEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a text or a tool call.
 *
 * @since 0.1.0
 */
public sealed interface Verdict {
  /** What was found, in order of position; also what was only logged. */
  List<ScanResult> evidence();

  /** Which rules looked, and which could not. */
  Trace trace();

  /** It may pass as it is. */
  record Allow(List<ScanResult> evidence, Trace trace) implements Verdict {
    public Allow {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * This text may pass in its stead.
   *
   * @param text what may pass
   */
  record Rewrite(String text, List<ScanResult> evidence, Trace trace) implements Verdict {
    public Rewrite {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * It may pass when a person agrees; where nobody can be asked it must not pass.
   *
   * @param message what to ask, without content
   */
  record Ask(String message, List<ScanResult> evidence, Trace trace) implements Verdict {
    public Ask {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * It must not pass.
   *
   * @param message what to tell the user instead, without content
   */
  record Block(String message, List<ScanResult> evidence, Trace trace) implements Verdict {
    public Block {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * A scanner could not look and the policy blocks then: it must not pass.
   *
   * @param reason which scanner and why
   */
  record NotRun(String reason, List<ScanResult> evidence, Trace trace) implements Verdict {
    public NotRun {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * Which rules looked, and which could not.
   *
   * @param ran ids of the rules whose scanner ran
   * @param notRun {@code id: reason} of the rules whose scanner could not
   */
  record Trace(List<String> ran, List<String> notRun) {
    /** Nothing looked. */
    public static final Trace EMPTY = new Trace(List.of(), List.of());

    public Trace {
      ran = List.copyOf(ran);
      notRun = List.copyOf(notRun);
    }
  }

  /** Says whether something may pass: the thing itself, or the rewritten text. */
  default boolean passes() {
    return switch (this) {
      case Allow a -> true;
      case Rewrite r -> true;
      case Ask a -> false;
      case Block b -> false;
      case NotRun n -> false;
    };
  }

  /** What a user reads of a scanner that could not look. */
  String NOT_CHECKED = "Sorry, this could not be checked, so it can't be passed on.";

  /** What the user reads in place of what must not pass; null when something may pass. */
  default @Nullable String refusal() {
    return switch (this) {
      case Allow a -> null;
      case Rewrite r -> null;
      case Ask a -> a.message();
      case Block b -> b.message();
      case NotRun n -> NOT_CHECKED;
    };
  }

  /** What may pass of a text: itself, the rewritten one, or the refusal. */
  default String shown(String original) {
    String refusal = refusal();
    if (refusal != null) {
      return refusal;
    }
    return this instanceof Rewrite rewrite ? rewrite.text() : original;
  }

  /** The word for events: {@code allow}, {@code rewrite}, {@code ask}, {@code block}. */
  default String action() {
    return switch (this) {
      case NotRun n -> "block";
      default -> getClass().getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  /** Id of the rule that decided; for a scanner that could not run, that scanner's rule. */
  default @Nullable String rule() {
    Action decided =
        switch (this) {
          case Allow a -> null;
          case NotRun n -> null;
          case Rewrite r -> Action.REWRITE;
          case Ask a -> Action.ASK;
          case Block b -> Action.BLOCK;
        };
    if (this instanceof NotRun) {
      return trace().notRun().stream()
          .findFirst()
          .map(n -> n.substring(0, Math.max(0, n.indexOf(':'))))
          .orElse(null);
    }
    String by = ruleWith(decided);
    // What nobody confirmed is blocked by the rule that asked.
    return by == null && this instanceof Block ? ruleWith(Action.ASK) : by;
  }

  private @Nullable String ruleWith(@Nullable Action action) {
    return evidence().stream()
        .filter(e -> e.action() == action)
        .findFirst()
        .map(ScanResult::rule)
        .orElse(null);
  }

  /**
   * The event of this verdict.
   *
   * @param id id of the exchange
   * @param time when
   * @param stage which text, see {@link GuardEvent}
   * @param caller who called
   */
  default GuardEvent event(String id, Instant time, String stage, Caller caller) {
    return new GuardEvent(
        id,
        time,
        stage,
        action(),
        rule(),
        trace().ran(),
        trace().notRun(),
        caller.isAnonymous() ? null : caller.id());
  }
}
