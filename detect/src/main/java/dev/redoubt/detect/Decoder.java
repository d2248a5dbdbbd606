package dev.redoubt.detect;

/** Undoes one encoding wherever it stands in a text. */
interface Decoder {

  /** Takes decoded texts. */
  interface Sink {
    void accept(String encoding, MappedText decoded);

    /**
     * Says whether a text that these bytes hold is of use; asked before it is made, since most are
     * the noise that reading ordinary words as an encoding yields.
     */
    default boolean wants(byte[] bytes, int size) {
      return true;
    }
  }

  /** Decodes what it can; linear in the text. */
  void decode(MappedText text, Sink out);

  /** True when nothing is looked for inside what it yields. */
  default boolean leaf() {
    return false;
  }

  /** True when it turns the whole text over rather than picking out what looks encoded. */
  default boolean whole() {
    return false;
  }
}
