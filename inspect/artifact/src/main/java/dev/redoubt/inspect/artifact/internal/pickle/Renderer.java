package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes symbols as readable Python. */
final class Renderer {
  private static final int LONGEST = 300;
  private static final int DEEPEST = 4;

  private final ByteSource source;
  private final Recent recent;
  private final Globals globals;
  private final TextDecoder texts;

  Renderer(ByteSource source, Recent recent, Globals globals, TextDecoder texts) {
    this.source = source;
    this.recent = recent;
    this.globals = globals;
    this.texts = texts;
  }

  /** A call with its arguments, a tuple. */
  String call(String callee, int arguments) throws IOException {
    int[] elements = recent.elements(arguments);
    if (elements == null) {
      return callee + "(*" + render(arguments, 0) + ")";
    }
    return callee + "(" + join(elements, 0, elements.length, 0) + ")";
  }

  String join(int[] symbols, int from, int to, int depth) throws IOException {
    var out = new StringBuilder();
    for (int i = from; i < to && out.length() < LONGEST; i++) {
      out.append(out.isEmpty() ? "" : ", ").append(render(symbols[i], depth + 1));
    }
    return out.length() >= LONGEST ? out.substring(0, LONGEST) + "…" : out.toString();
  }

  String render(int symbol, int depth) throws IOException {
    if (symbol >= 0) {
      return text(symbol);
    }
    return switch (Symbol.kind(symbol)) {
      case Symbol.NONE -> "None";
      case Symbol.BOOL -> Symbol.payload(symbol) == 0 ? "False" : "True";
      case Symbol.INT, Symbol.BIG_INT -> {
        long value = recent.integer(symbol);
        yield value == Long.MIN_VALUE ? "<int>" : String.valueOf(value);
      }
      case Symbol.FLOAT -> "<float>";
      case Symbol.BYTES -> bytes(recent.wide(symbol));
      case Symbol.FAR_TEXT -> text(recent.wide(symbol));
      case Symbol.LIST -> depth > DEEPEST ? "[…]" : "[" + items(symbol, depth, false) + "]";
      case Symbol.DICT -> depth > DEEPEST ? "{…}" : "{" + items(symbol, depth, true) + "}";
      case Symbol.SET -> "{…}";
      case Symbol.TUPLE -> {
        int[] elements = depth > DEEPEST ? null : recent.elements(symbol);
        yield elements == null
            ? "(…)"
            : "(" + join(elements, 0, elements.length, depth) + (elements.length == 1 ? ",)" : ")");
      }
      case Symbol.GLOBAL -> globals.get(Symbol.payload(symbol)).path();
      case Symbol.RESULT -> globals.get(Symbol.payload(symbol)).path() + "(…)";
      case Symbol.DTYPE -> "numpy.dtype(…)";
      case Symbol.PERSISTENT -> "<persistent>";
      default -> "<unknown>";
    };
  }

  private String items(int container, int depth, boolean pairs) throws IOException {
    List<int[]> items = recent.items(container);
    var out = new StringBuilder();
    for (int i = 0; i < items.size() && out.length() < LONGEST; i++) {
      out.append(i == 0 ? "" : ", ");
      if (pairs) {
        out.append(render(items.get(i)[0], depth + 1)).append(": ");
      }
      out.append(render(items.get(i)[1], depth + 1));
    }
    return out.toString();
  }

  private String text(long position) throws IOException {
    String text = texts.at(position);
    return text == null ? "<str>" : quoted(text, "");
  }

  private String bytes(long position) throws IOException {
    if (position < 0) {
      return "<bytes>";
    }
    byte[] b = source.bytes(position, LONGEST + 9);
    if (b.length < 9) {
      return b.length > 1
          ? quoted(new String(b, 2, b.length - 2, StandardCharsets.ISO_8859_1), "b")
          : "<bytes>";
    }
    int head =
        switch (b[0] & 0xff) {
          case Op.SHORT_BINBYTES -> 2;
          case Op.BINBYTES -> 5;
          default -> 9;
        };
    long length =
        switch (head) {
          case 2 -> b[1] & 0xff;
          case 5 -> Window.i4(b, 1) & 0xffff_ffffL;
          default -> (Window.i4(b, 1) & 0xffff_ffffL) | ((long) Window.i4(b, 5) << 32);
        };
    int n = (int) Math.max(0, Math.min(length, b.length - head));
    return quoted(new String(b, head, n, StandardCharsets.ISO_8859_1), "b");
  }

  private static String quoted(String text, String prefix) {
    var out = new StringBuilder(prefix).append('\'');
    for (int i = 0; i < text.length() && i < LONGEST; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        case '\'' -> out.append("\\'");
        default -> {
          if (c < 0x20 || c == 0x7f || (!prefix.isEmpty() && c > 0x7f)) {
            out.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(text.length() > LONGEST ? "…'" : "'").toString();
  }
}
