package dev.redoubt.detect;

/**
 * Checks a value that was decoded from several blocks against words beside it that are as long as a
 * block: such a word decodes to noise, of which one character may by chance complete a truncated
 * value.
 */
final class BlockEdges {
  private BlockEdges() {}

  /** Says whether what the first and the last block decode to beside the value is legible. */
  static boolean hold(String original, MappedText decoded, int from, int to) {
    int start = decoded.start(from);
    int end = decoded.end(to);
    if (isOneBlock(original, start, end)) {
      return true;
    }
    int block = start;
    while (block > 0 && Character.isLetterOrDigit(original.charAt(block - 1))) {
      block--;
    }
    for (int i = from - 1; i >= 0 && decoded.start(i) >= block; i--) {
      if (!isLegible(decoded.text().charAt(i))) {
        return false;
      }
    }
    block = end;
    while (block < original.length() && Character.isLetterOrDigit(original.charAt(block))) {
      block++;
    }
    for (int i = to; i < decoded.length() && decoded.end(i + 1) <= block; i++) {
      if (!isLegible(decoded.text().charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneBlock(String original, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = original.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '+' && c != '/' && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLegible(char c) {
    return (c >= ' ' && c < 0x7F) || c == '\n' || (c > 0xA0 && Character.isLetterOrDigit(c));
  }
}
