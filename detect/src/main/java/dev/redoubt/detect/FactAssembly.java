package dev.redoubt.detect;

import dev.redoubt.core.PlantedFact;
import java.util.List;

/**
 * A planted fact that came out in a conversation, and the pieces that it was put together from.
 *
 * @param fact the fact
 * @param how how it came out, for people: the disguise as of {@link FactMatch#encoding()} when one
 *     answer holds it whole, else such as {@code split in 4 over 4 answers}
 * @param pieces where its parts stand, in the order of the value; one when an answer holds it whole
 * @since 0.1.0
 */
public record FactAssembly(PlantedFact fact, String how, List<Piece> pieces) {
  public FactAssembly {
    pieces = List.copyOf(pieces);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("no pieces of " + fact.name());
    }
  }

  /** Says whether one answer holds the whole value in one piece. */
  public boolean isWhole() {
    return pieces.size() == 1;
  }

  /**
   * A part of a value.
   *
   * @param answer index of the answer that it stands in
   * @param start index of its first UTF-16 char in the answer, as it was encoded there
   * @param end index after its last UTF-16 char
   * @param encoding the disguise of this part; empty when it has none
   */
  public record Piece(int answer, int start, int end, String encoding) {}
}
