package dev.redoubt.attack.chat;

/**
 * What an assessment asks besides its targets, lent to {@link ChatAssessor} by {@link
 * dev.redoubt.core.AssessmentContext#lent}.
 *
 * @param aids what was chosen
 * @param live its open connections; closed by whoever lends them
 * @since 0.1.0
 */
public record LentAids(Aids aids, LiveAids live) {
  /** Nothing but the targets. */
  public static final LentAids NONE = new LentAids(Aids.NONE, LiveAids.NONE);
}
