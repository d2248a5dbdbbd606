package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads texts of a pickle again, by the position of their opcode. */
final class TextDecoder {
  /** A longer text is no name of anything. */
  private static final int LONGEST = 4096;

  private static final int KEPT = 4096;

  private final ByteSource source;
  private final Map<Long, String> kept = new HashMap<>();

  TextDecoder(ByteSource source) {
    this.source = source;
  }

  /** The text at a position, up to a length; null where there is none that could be read. */
  @Nullable String at(long position) throws IOException {
    if (position < 0) {
      return null;
    }
    String known = kept.get(position);
    if (known != null) {
      return known;
    }
    String text = read(position);
    if (text != null && text.length() <= 200) {
      if (kept.size() >= KEPT) {
        kept.clear();
      }
      kept.put(position, text);
    }
    return text;
  }

  private @Nullable String read(long position) throws IOException {
    byte[] b = source.bytes(position, LONGEST + 16);
    if (b.length == 0) {
      return null;
    }
    return switch (b[0] & 0xff) {
      case Op.SHORT_BINUNICODE -> utf8(b, 2, b.length < 2 ? 0 : b[1] & 0xff);
      case Op.BINUNICODE, Op.BINSTRING -> b.length < 5 ? null : utf8(b, 5, Window.i4(b, 1));
      case Op.BINUNICODE8 -> b.length < 9 ? null : utf8(b, 9, Window.i4(b, 1));
      case Op.SHORT_BINSTRING -> utf8(b, 2, b.length < 2 ? 0 : b[1] & 0xff);
      case Op.UNICODE -> unicode(line(b));
      case Op.STRING -> string(line(b));
      default -> null;
    };
  }

  private static String utf8(byte[] b, int from, int length) {
    int n = Math.max(0, Math.min(length < 0 ? LONGEST : length, b.length - from));
    return new String(b, from, n, StandardCharsets.UTF_8);
  }

  private static byte[] line(byte[] b) {
    int end = 1;
    while (end < b.length && b[end] != '\n') {
      end++;
    }
    return java.util.Arrays.copyOfRange(b, 1, end);
  }

  /** Python's raw-unicode-escape: Latin 1 with {@code \\uXXXX} and {@code \\UXXXXXXXX}. */
  private static String unicode(byte[] line) {
    String raw = new String(line, StandardCharsets.ISO_8859_1);
    var out = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      int digits = raw.startsWith("\\u", i) ? 4 : raw.startsWith("\\U", i) ? 8 : 0;
      int code = digits > 0 ? hex(raw, i + 2, digits) : -1;
      if (code >= 0 && Character.isValidCodePoint(code)) {
        out.appendCodePoint(code);
        i += 1 + digits;
      } else {
        out.append(raw.charAt(i));
      }
    }
    return out.toString();
  }

  private static int hex(String text, int from, int digits) {
    if (from + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = (value << 4) | digit;
    }
    return value;
  }

  /** A quoted text of protocol 0, with the escapes of Python's {@code codecs.escape_decode}. */
  static String string(byte[] line) {
    int from = 0;
    int to = line.length;
    while (to > from && (line[to - 1] == ' ' || line[to - 1] == '\r' || line[to - 1] == '\t')) {
      to--;
    }
    if (to - from >= 2 && (line[from] == '\'' || line[from] == '"') && line[to - 1] == line[from]) {
      from++;
      to--;
    }
    var out = new ByteArrayOutputStream(to - from);
    int i = from;
    while (i < to) {
      if (line[i] != '\\' || i + 1 >= to) {
        out.write(line[i]);
        i++;
      } else {
        i = escape(line, i + 1, to, out);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Writes what an escape stands for, and gives where the text goes on. */
  private static int escape(byte[] line, int at, int to, ByteArrayOutputStream out) {
    int plain = "ntrabfv".indexOf(line[at]);
    if (plain >= 0) {
      out.write("\n\t\r\u0007\b\f\u000b".charAt(plain));
      return at + 1;
    }
    if (line[at] == '\\' || line[at] == '\'' || line[at] == '"') {
      out.write(line[at]);
      return at + 1;
    }
    if (line[at] == 'x') {
      int code = hex(new String(line, StandardCharsets.ISO_8859_1), at + 1, 2);
      out.write(code < 0 ? 'x' : code);
      return at + (code < 0 ? 1 : 3);
    }
    int code = 0;
    int end = at;
    while (end < to && end < at + 3 && line[end] >= '0' && line[end] <= '7') {
      code = code * 8 + line[end] - '0';
      end++;
    }
    if (end > at) {
      out.write(code);
      return end;
    }
    out.write('\\');
    out.write(line[at]);
    return at + 1;
  }
}
