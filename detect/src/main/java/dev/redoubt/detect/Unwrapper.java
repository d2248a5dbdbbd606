package dev.redoubt.detect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Undoes encodings inside each other, level by level, within limits. */
final class Unwrapper {
  /** Read what normalising would take away. */
  private static final List<Decoder> HIDDEN = List.of(new HiddenDecoder(), new ZeroWidthDecoder());

  private static final Decoder UPSIDE_DOWN = new UpsideDownDecoder();
  private static final List<Decoder> DECODERS =
      List.of(
          new PercentDecoder("percent", '%'),
          new PercentDecoder("quoted-printable", '='),
          new EntityDecoder(),
          new BackslashDecoder(),
          new MarkupDecoder(),
          RadixDecoder.BASE64,
          new DashedBase64(),
          RadixDecoder.HEX,
          new PrefixedHexDecoder(),
          RadixDecoder.BASE32,
          RadixDecoder.BINARY,
          new NumberDecoder(),
          new LetterNumberDecoder(),
          Base85Decoder.all(),
          new MorseDecoder(),
          new BrailleDecoder(),
          new SpelledDecoder(),
          new Rot13Decoder(),
          new ReversedDecoder(),
          new AcrosticDecoder());

  /** Takes each text, the given one first, without disguise. */
  interface Visitor {
    /**
     * Takes a text.
     *
     * @param encoding names of the encodings joined by {@code +}, empty for the text itself
     * @param legible false for what looks like the noise that decoding ordinary words makes
     */
    void text(String encoding, MappedText text, boolean legible);

    /**
     * Says whether to be shown bytes that are certainly not legible. Those beyond ASCII are no
     * characters.
     */
    default boolean wantsNoise(byte[] bytes, int size) {
      return true;
    }
  }

  private record Node(String encoding, MappedText text, int depth, boolean turned) {}

  private final DecodeLimits limits;
  private final Visitor visitor;
  private final Deque<Node> queue = new ArrayDeque<>();
  private long chars;

  private Unwrapper(DecodeLimits limits, Visitor visitor) {
    this.limits = limits;
    this.visitor = visitor;
  }

  static void visit(String text, DecodeLimits limits, Visitor visitor) {
    Unwrapper unwrapper = new Unwrapper(limits, visitor);
    MappedText raw = MappedText.identity(text);
    MappedText plain = Normaliser.normalise(raw);
    visitor.text("", plain, true);
    Node root = new Node("", plain, 0, false);
    unwrapper.queue.add(root);
    if (plain.length() != text.length()) {
      for (Decoder decoder : HIDDEN) {
        decoder.decode(raw, unwrapper.new Taker(root, decoder));
      }
    }
    if (plain != raw) {
      UPSIDE_DOWN.decode(raw, unwrapper.new Taker(root, UPSIDE_DOWN));
    }
    while (!unwrapper.queue.isEmpty()) {
      unwrapper.unwrap(unwrapper.queue.remove());
    }
  }

  private void unwrap(Node node) {
    for (Decoder decoder : DECODERS) {
      if (chars > limits.maxChars()) {
        return;
      }
      // Turning a turned text over once more only brings back what was there or makes noise.
      if (!(decoder.whole() && node.turned())) {
        decoder.decode(node.text(), new Taker(node, decoder));
      }
    }
  }

  private void take(Node from, String name, MappedText decoded, Decoder by) {
    chars += decoded.length();
    if (chars > limits.maxChars() || decoded.length() == 0) {
      return;
    }
    MappedText plain = Normaliser.normalise(decoded);
    String encoding = from.encoding().isEmpty() ? name : from.encoding() + "+" + name;
    boolean legible = by.whole() || isLegible(plain.text());
    visitor.text(encoding, plain, legible);
    if (legible && !by.leaf() && from.depth() + 1 < limits.maxDepth()) {
      queue.add(new Node(encoding, plain, from.depth() + 1, by.whole()));
    }
  }

  /** Takes what a decoder makes of a text. */
  private final class Taker implements Decoder.Sink {
    private final Node from;
    private final Decoder by;

    Taker(Node from, Decoder by) {
      this.from = from;
      this.by = by;
    }

    @Override
    public void accept(String name, MappedText decoded) {
      take(from, name, decoded, by);
    }

    @Override
    public boolean wants(byte[] bytes, int size) {
      if (by.whole() || !ByteText.isNoise(bytes, size) || visitor.wantsNoise(bytes, size)) {
        return true;
      }
      chars += size;
      return false;
    }
  }

  /** Nine in ten chars are such that people write. */
  private static boolean isLegible(String text) {
    int good = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean written =
          (c >= 0x20 && c < 0x7F)
              || c == '\n'
              || c == '\t'
              || (c > 0x7F && Character.isLetterOrDigit(c));
      good += written ? 1 : 0;
    }
    return good * 10L >= text.length() * 9L;
  }

  /** Only where there are dashes: elsewhere it would do the work of the other once more. */
  private static final class DashedBase64 implements Decoder {
    @Override
    public void decode(MappedText text, Sink out) {
      if (text.text().indexOf('-') >= 0 || text.text().indexOf('_') >= 0) {
        RadixDecoder.BASE64_DASHED.decode(text, out);
      }
    }
  }
}
