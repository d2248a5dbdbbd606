package dev.redoubt.inspect.artifact.internal.rdata;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Numbers and texts in one of the three forms: big-endian, little-endian or as text. */
final class RInput {
  private static final int LONGEST_WORD = 400;

  private final InputStream in;
  private final long size;
  private final char form;
  private long at;

  /**
   * @param from offset after the letter of the form and its line end
   * @param form X, B or A
   */
  RInput(ByteSource source, long from, char form) {
    this.in = new BufferedInputStream(source.stream(from), 1 << 14);
    this.size = source.size();
    this.at = from;
    this.form = form;
  }

  long position() {
    return at;
  }

  long left() {
    return size - at;
  }

  MalformedException wrong(String what) {
    return new MalformedException(what, at);
  }

  private int u1() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw wrong("is cut off");
    }
    at++;
    return b;
  }

  /** Says whether only white space is left, which the text form may end with. */
  boolean atEnd() throws IOException {
    while (form == 'A' && left() > 0) {
      in.mark(1);
      int b = in.read();
      if (b > ' ') {
        in.reset();
        return false;
      }
      at++;
    }
    return left() <= 0;
  }

  private String word() throws IOException {
    int b = u1();
    while (b <= ' ') {
      b = u1();
    }
    var word = new StringBuilder();
    while (b > ' ') {
      word.append((char) b);
      if (word.length() > LONGEST_WORD) {
        throw wrong("a word of more than " + LONGEST_WORD + " letters");
      }
      if (left() <= 0) {
        break;
      }
      b = u1();
    }
    return word.toString();
  }

  int integer() throws IOException {
    if (form == 'A') {
      String word = word();
      if (word.equals("NA")) {
        return Integer.MIN_VALUE;
      }
      try {
        return Integer.parseInt(word);
      } catch (NumberFormatException e) {
        throw wrong("no number: " + word);
      }
    }
    int a = u1();
    int b = u1();
    int c = u1();
    int d = u1();
    return form == 'X' ? a << 24 | b << 16 | c << 8 | d : d << 24 | c << 16 | b << 8 | a;
  }

  /** Number of elements that follow, each of so many bytes at least. */
  long length(int width) throws IOException {
    long length = integer();
    if (length == -1) {
      length = (long) integer() << 32 | (integer() & 0xffff_ffffL);
    }
    if (length < 0 || length > left() / Math.max(1, form == 'A' ? 1 : width)) {
      throw wrong("a vector of " + length + " elements where " + left() + " bytes are left");
    }
    return length;
  }

  /** Passes over numbers of so many bytes each. */
  void skip(long count, int width) throws IOException {
    if (form == 'A') {
      // Complex numbers are two words, all others one; raw bytes too.
      for (long i = 0; i < count * (width == 16 ? 2 : 1); i++) {
        word();
      }
      return;
    }
    long bytes = count * width;
    if (bytes > left()) {
      throw wrong("is cut off");
    }
    in.skipNBytes(bytes);
    at += bytes;
  }

  /** A text of so many bytes; the start of it where it is long. */
  String text(int length) throws IOException {
    if (length < 0 || length > left()) {
      throw wrong("a text of " + length + " bytes where " + left() + " are left");
    }
    if (form == 'A') {
      return escaped(length);
    }
    int kept = Math.min(length, LONGEST_WORD);
    byte[] bytes = in.readNBytes(kept);
    in.skipNBytes(length - kept);
    at += length;
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String escaped(int length) throws IOException {
    var text = new StringBuilder();
    int b = length == 0 ? 0 : u1();
    while (length > 0 && b <= ' ') {
      b = u1();
    }
    for (int i = 0; i < length; i++) {
      if (i > 0) {
        b = u1();
      }
      if (b == '\\') {
        b = escape(u1());
      }
      if (text.length() < LONGEST_WORD) {
        text.append((char) b);
      }
    }
    return text.toString();
  }

  private int escape(int letter) throws IOException {
    if (letter >= '0' && letter <= '7') {
      int value = letter - '0';
      for (int i = 0; i < 2; i++) {
        in.mark(1);
        int digit = in.read();
        if (digit < '0' || digit > '7') {
          in.reset();
          break;
        }
        at++;
        value = value << 3 | digit - '0';
      }
      return value & 0xff;
    }
    return switch (letter) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'v' -> 0x0b;
      case 'b' -> '\b';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> 7;
      default -> letter;
    };
  }
}
