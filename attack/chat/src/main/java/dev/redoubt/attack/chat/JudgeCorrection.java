package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Outcome;
import dev.redoubt.runtime.stats.CorrectedRate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The rate of an objective that a model decided, with the model's own measured errors taken out and
 * the interval widened by what is not known about them.
 *
 * @param words what the finding says
 * @param evidence the corrected rate; empty when it can't be corrected
 */
record JudgeCorrection(String words, Optional<Evidence> evidence) {

  /** The correction of an objective's attempts; empty when no model decided any. */
  static Optional<JudgeCorrection> of(Plan plan, Objective objective, List<Attempt> attempts) {
    ModelJudge judge = plan.spec().aids().model();
    if (judge == null || !plan.spec().aids().judgedByModel(objective)) {
      return Optional.empty();
    }
    String by = Verdict.JUDGED_BY + judge.label();
    List<Attempt> counted = attempts.stream().filter(Attempt::counts).toList();
    List<Attempt> own = counted.stream().filter(a -> a.reason().startsWith(by)).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String label = "Decided by a model, " + judge.errors() + ". ";
    if (own.size() < counted.size()) {
      return Optional.of(
          new JudgeCorrection(
              label
                  + "Planted facts decided "
                  + (counted.size() - own.size())
                  + " attempts, so that the rate is of both kinds and is not corrected. ",
              Optional.empty()));
    }
    if (plan.spec().stopWidth() != null) {
      return Optional.of(
          new JudgeCorrection(
              label + "A run that may stop early is not corrected for them. ", Optional.empty()));
    }
    int hits = (int) own.stream().filter(a -> a.outcome() == Outcome.SUCCEEDED).count();
    return Optional.of(
        switch (judge.accuracy().correct(hits, own.size())) {
          case CorrectedRate.Corrected c ->
              new JudgeCorrection(
                  label
                      + String.format(
                          Locale.ROOT,
                          "Corrected for these errors the rate is %.0f %%, 95 %% interval %.0f to"
                              + " %.0f %% (Rogan-Gladen). ",
                          100 * c.rate(),
                          100 * c.interval().low(),
                          100 * c.interval().high()),
                  Optional.of(
                      new Evidence.Quantity(
                          "rate corrected for the errors of the model that judged, "
                              + judge.errors(),
                          c.rate(),
                          "share of attempts",
                          c.interval(),
                          plan.spec().seed())));
          case CorrectedRate.NotCorrectable n ->
              new JudgeCorrection(
                  label + "Its rate can't be corrected: " + n.reason().words() + ". ",
                  Optional.empty());
        });
  }
}
