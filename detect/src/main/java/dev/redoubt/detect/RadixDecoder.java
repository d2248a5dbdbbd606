package dev.redoubt.detect;

import java.util.Arrays;

/**
 * Decodes bytes written in an alphabet of 2, 16, 32 or 64 characters, wherever in a longer run they
 * begin.
 */
final class RadixDecoder implements Decoder {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  static final RadixDecoder BASE64 =
      new RadixDecoder("base64", 6, 11, UPPER + LOWER + DIGITS + "+/").with("-_", 62);

  /** For base64 of which the characters or blocks are set apart by dashes. */
  static final RadixDecoder BASE64_DASHED =
      new RadixDecoder("base64", 6, 11, UPPER + LOWER + DIGITS + "+/");

  static final RadixDecoder BASE32 =
      new RadixDecoder("base32", 5, 13, UPPER + "234567").with(LOWER, 0);

  static final RadixDecoder HEX =
      new RadixDecoder("hex", 4, 16, DIGITS + "abcdef").with("ABCDEF", 10);

  static final RadixDecoder BINARY = new RadixDecoder("binary", 1, 56, "01");

  private final String name;
  private final int bits;
  private final int minimum;
  private final byte[] values = new byte[128];

  private RadixDecoder(String name, int bits, int minimum, String alphabet) {
    this.name = name;
    this.bits = bits;
    this.minimum = minimum;
    Arrays.fill(values, (byte) -1);
    with(alphabet, 0);
  }

  /** Says whether the innermost of nested encodings is one of these. */
  static boolean isLastOf(String encoding) {
    return encoding.endsWith("base64")
        || encoding.endsWith("base32")
        || encoding.endsWith("hex")
        || encoding.endsWith("binary");
  }

  private RadixDecoder with(String more, int first) {
    for (int i = 0; i < more.length(); i++) {
      values[more.charAt(i)] = (byte) (first + i);
    }
    return this;
  }

  @Override
  public void decode(MappedText text, Sink out) {
    // How many places a byte can begin at before the pattern of bits repeats.
    int alignments = 8 / Math.max(1, Integer.lowestOneBit(8 | bits));
    String chars = text.text();
    Blocks.each(
        chars,
        values,
        minimum,
        (indexes, count) -> {
          for (int skip = 0; skip < alignments; skip++) {
            byte[] raw = raw(chars, indexes, count, skip);
            if (out.wants(raw, raw.length)) {
              out.accept(name, bytes(chars, indexes, count, skip).toText(text));
            }
          }
        });
  }

  private byte[] raw(String text, int[] indexes, int count, int skip) {
    byte[] bytes = new byte[Math.max(0, (count - skip) * bits / 8)];
    int n = 0;
    int buffer = 0;
    int held = 0;
    for (int i = skip; i < count; i++) {
      buffer = (buffer << bits) | values[text.charAt(indexes[i])];
      held += bits;
      if (held >= 8) {
        held -= 8;
        bytes[n++] = (byte) (buffer >> held);
        buffer &= (1 << held) - 1;
      }
    }
    return bytes;
  }

  private ByteText bytes(String text, int[] indexes, int count, int skip) {
    ByteText bytes = new ByteText();
    int buffer = 0;
    int held = 0;
    int from = skip;
    for (int i = skip; i < count; i++) {
      if (held == 0) {
        from = i;
      }
      buffer = (buffer << bits) | values[text.charAt(indexes[i])];
      held += bits;
      if (held >= 8) {
        held -= 8;
        bytes.add(buffer >> held, indexes[from], indexes[i] + 1);
        buffer &= (1 << held) - 1;
        from = held == 0 ? i + 1 : i;
      }
    }
    return bytes;
  }
}
