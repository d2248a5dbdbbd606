package dev.redoubt.detect;

/** A text without disguises, and the way back from its chars to those of the original. */
public final class NormalisedText {
  private final MappedText mapped;

  NormalisedText(MappedText mapped) {
    this.mapped = mapped;
  }

  /** The normalised text. */
  public String text() {
    return mapped.text();
  }

  /**
   * Leads back to the original.
   *
   * @param index index of a char of the normalised text, or its length
   * @return index of the first char of the original that it was made from; the length of the
   *     original for the length of the normalised text
   */
  public int originalIndex(int index) {
    return mapped.start(index);
  }

  /**
   * Leads back to the original.
   *
   * @param end index after a char of the normalised text
   * @return index after the last char of the original that this char was made from
   */
  public int originalEnd(int end) {
    return mapped.end(end);
  }

  MappedText mapped() {
    return mapped;
  }
}
