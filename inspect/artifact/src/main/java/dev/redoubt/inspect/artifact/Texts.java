package dev.redoubt.inspect.artifact;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Tells text from other bytes. */
public final class Texts {
  private Texts() {}

  /** Says whether the first bytes are text in UTF-8, or in UTF-16 with its mark. */
  public static boolean looksLikeText(Head head) {
    if (head.startsWith(0xff, 0xfe) || head.startsWith(0xfe, 0xff)) {
      return head.size() % 2 == 0;
    }
    byte[] bytes = head.bytes();
    for (byte b : bytes) {
      if (b >= 0 && b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f' && b != 0x1b) {
        return false;
      }
    }
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    // The last character may be cut.
    boolean whole = head.size() == bytes.length;
    return !decoder
        .decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length), whole)
        .isError();
  }
}
