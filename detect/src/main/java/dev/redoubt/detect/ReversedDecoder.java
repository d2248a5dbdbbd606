package dev.redoubt.detect;

/** Reads a text from its end. */
final class ReversedDecoder implements Decoder {

  @Override
  public void decode(MappedText text, Sink out) {
    out.accept("reversed", text.reversed());
  }

  @Override
  public boolean whole() {
    return true;
  }
}
