package dev.redoubt.inspect.artifact.internal.javaser;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads models that Tribuo wrote as protocol buffers: each part names the class that reads it, and
 * Tribuo loads the class by that name.
 */
@AutoService(FormatReader.class)
public final class TribuoReader implements FormatReader {
  private static final Pattern CLASS =
      Pattern.compile(
          "[a-z][a-z0-9_]{0,40}(\\.[a-z][a-z0-9_]{0,40}){1,12}\\.[A-Z][A-Za-z0-9_$]{0,80}");

  private static final int DEEPEST = 24;
  private static final int MAX_NAMES = 1000;

  /** Made by {@link java.util.ServiceLoader}. */
  public TribuoReader() {}

  @Override
  public String id() {
    return "tribuo";
  }

  @Override
  public boolean claims(Head head, String name) {
    return looksLike(head);
  }

  /** Says whether the first bytes are those of such a model. */
  public static boolean looksLike(Head head) {
    // A version of zero is left out; the name of the class is the second field, the data the third.
    int at = head.at(0) == 8 && head.at(1) < 128 ? 2 : 0;
    int length = head.at(at + 1);
    if (head.at(at) != 0x12 || length < 8 || length > 127 || head.at(at + 2 + length) != 0x1a) {
      return false;
    }
    return CLASS.matcher(head.text().substring(at + 2, at + 2 + length)).matches();
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("Tribuo model");
    if (source.size() > context.budget().limits().memory()) {
      throw new LimitException("a Tribuo model of " + source.size() + " bytes");
    }
    byte[] bytes = source.bytes(0, (int) source.size());
    Map<String, Integer> names = new LinkedHashMap<>();
    if (!walk(bytes, 0, bytes.length, 0, names)) {
      throw new MalformedException("is no message to its end", source.size());
    }
    context.budget().time();
    names.forEach((name, at) -> {
      KnownClasses.Known known = KnownClasses.shipped().find(name);
      if (known == null || known.verdict() != Verdict.INERT) {
        Verdict verdict = known == null ? Verdict.UNPROVEN : known.verdict();
        context.observe(
            "inspect.artifact.tribuo-class",
            verdict,
            "names the class " + name + (known == null ? "" : ", which " + known.why()),
            at);
      }
    });
  }

  /**
   * Goes through a message; false where the bytes are none. Names that it found on the way stay.
   */
  private static boolean walk(byte[] b, int from, int to, int depth, Map<String, Integer> names) {
    int at = from;
    while (at < to) {
      long[] tag = varint(b, at, to);
      if (tag == null || tag[0] >>> 3 == 0) {
        return false;
      }
      at = (int) tag[1];
      int wire = (int) (tag[0] & 7);
      switch (wire) {
        case 0 -> {
          long[] value = varint(b, at, to);
          if (value == null) {
            return false;
          }
          at = (int) value[1];
        }
        case 1, 5 -> at += wire == 1 ? 8 : 4;
        case 2 -> {
          long[] length = varint(b, at, to);
          if (length == null || length[0] < 0 || length[0] > to - length[1]) {
            return false;
          }
          at = (int) length[1];
          int end = at + (int) length[0];
          inside(b, at, end, depth, names);
          at = end;
        }
        default -> {
          return false;
        }
      }
      if (at > to) {
        return false;
      }
    }
    return true;
  }

  private static void inside(byte[] b, int from, int to, int depth, Map<String, Integer> names) {
    int length = to - from;
    if (length >= 8 && length < 600 && b[from] >= 'a' && b[from] <= 'z') {
      String text = new String(b, from, length, java.nio.charset.StandardCharsets.ISO_8859_1);
      if (CLASS.matcher(text).matches()) {
        if (names.size() < MAX_NAMES) {
          names.putIfAbsent(text, from);
        }
        return;
      }
    }
    if (depth < DEEPEST && length > 1) {
      // Texts and packed numbers may look like a message for a while; that adds no names of
      // classes.
      walk(b, from, to, depth + 1, names);
    }
  }

  private static long @org.jspecify.annotations.Nullable [] varint(byte[] b, int from, int to) {
    long value = 0;
    for (int i = 0; i < 10 && from + i < to; i++) {
      value |= (long) (b[from + i] & 0x7f) << (7 * i);
      if (b[from + i] >= 0) {
        return new long[] {value, from + i + 1};
      }
    }
    return null;
  }
}
