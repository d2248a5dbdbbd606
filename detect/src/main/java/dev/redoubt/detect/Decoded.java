package dev.redoubt.detect;

/** A text that was encoded in another, and the way back from its chars to those of the other. */
public final class Decoded {
  private final String encoding;
  private final MappedText mapped;
  private final int start;
  private final int end;

  Decoded(String encoding, MappedText mapped, int start, int end) {
    this.encoding = encoding;
    this.mapped = mapped;
    this.start = start;
    this.end = end;
  }

  /** Names of the encodings, outermost first, such as {@code base64+hex}. */
  public String encoding() {
    return encoding;
  }

  /** The text without them. */
  public String text() {
    return mapped.text();
  }

  /** Index of the first char of the other text that it was made from. */
  public int start() {
    return start;
  }

  /** Index after the last. */
  public int end() {
    return end;
  }

  /**
   * Leads back.
   *
   * @param index index of a char of this text
   * @return index of the first char of the other text that it was made from
   */
  public int originalIndex(int index) {
    return mapped.start(index);
  }

  /**
   * Leads back.
   *
   * @param to index after a char of this text
   * @return index after the last char of the other text that this char was made from
   */
  public int originalEnd(int to) {
    return mapped.end(to);
  }
}
