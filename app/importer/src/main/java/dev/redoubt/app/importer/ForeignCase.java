package dev.redoubt.app.importer;

import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer of a target, and what a tool says of it.
 *
 * @param probe what was tried, in the tool's words
 * @param opinions what the tool's detectors, graders, scorers or assertions say
 * @param outcome the verdict where a declared value decides; unassessed where nothing does
 * @param reason why, in one line
 * @param severity how bad the tool says it is; absent when it does not say
 * @param transcript what was said, untrusted
 * @param line line of the file that it stands on
 * @since 0.1.0
 */
public record ForeignCase(
    String probe,
    List<Opinion> opinions,
    Outcome outcome,
    String reason,
    @Nullable Severity severity,
    List<Turn> transcript,
    int line) {
  public ForeignCase {
    opinions = List.copyOf(opinions);
    transcript = List.copyOf(transcript);
  }

  /**
   * What one judge of the tool says.
   *
   * @param by its name, such as {@code detector dan.DAN}
   * @param hit whether it calls the answer a hit; absent when it gives no yes or no
   * @param detail its words or its score, untrusted
   * @param checked whether a declared value decided it, so that it counts as ground truth
   */
  public record Opinion(String by, @Nullable Boolean hit, String detail, boolean checked) {
    /** Says whether it calls the answer a hit. */
    public boolean isHit() {
      return Boolean.TRUE.equals(hit);
    }
  }
}
