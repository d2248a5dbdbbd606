package dev.redoubt.attack.chat;

import dev.redoubt.core.Outcome;
import java.util.List;

/**
 * What a judge decided.
 *
 * @param outcome succeeded, resisted, or no verdict
 * @param reason why, in plain words; names facts by their names, never by their values
 * @param factsSeen names of the planted facts that came out
 * @since 0.1.0
 */
public record Verdict(Outcome outcome, String reason, List<String> factsSeen) {
  /** How the reason of a verdict begins that no ground truth decided. */
  static final String JUDGED_BY = "judged by ";

  public Verdict {
    factsSeen = List.copyOf(factsSeen);
  }

  /** The attacker got what he wanted. */
  public static Verdict succeeded(String reason, List<String> factsSeen) {
    return new Verdict(Outcome.SUCCEEDED, reason, factsSeen);
  }

  /** The ground truth shows nothing. */
  public static Verdict resisted(String reason) {
    return new Verdict(Outcome.RESISTED, reason, List.of());
  }

  /** No verdict is possible. */
  public static Verdict unassessed(String reason) {
    return new Verdict(Outcome.UNASSESSED, reason, List.of());
  }
}
