package dev.redoubt.detect;

/**
 * What the injection classifier thinks of a text.
 *
 * @param score 0 to 1 on one scale for all channels; {@value #THRESHOLD} is the shipped threshold
 * @param start index of the first char of the worst window in the text as it was given
 * @param end index after its last char
 * @param encoding what was undone to read that window, such as {@code base64}; empty for nothing
 * @param decidedBy who decided
 * @param windows how many windows there were
 * @param unjudged how many uncertain windows the second stage was not asked about
 * @since 0.1.0
 */
public record InjectionVerdict(
    double score,
    int start,
    int end,
    String encoding,
    DecidedBy decidedBy,
    int windows,
    int unjudged) {
  /** The shipped threshold: a text with this score or a higher one is taken for an attack. */
  public static final double THRESHOLD = 0.5;

  /** Who decided. */
  public enum DecidedBy {
    /** The first stage was certain. */
    FIRST_STAGE,
    /** Both stages looked at the worst windows. */
    BOTH_STAGES,
    /** There is no second stage: the first decided by its strict threshold. */
    FIRST_STAGE_ALONE
  }

  /** Says in words what limits the verdict; empty when nothing does. */
  public String note() {
    if (decidedBy == DecidedBy.FIRST_STAGE_ALONE) {
      return "no second stage is installed: the first decided alone, by its strict threshold";
    }
    return unjudged == 0
        ? ""
        : unjudged
            + " uncertain windows beyond the worst "
            + InjectionSecondStage.MOST_WINDOWS
            + " were decided by the first stage's strict threshold";
  }
}
