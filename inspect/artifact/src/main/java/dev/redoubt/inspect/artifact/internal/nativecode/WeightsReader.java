package dev.redoubt.inspect.artifact.internal.nativecode;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Looks for programs and archives in raw weights: storages of PyTorch, safetensors, arrays of NumPy
 * and GGUF. A header is believed only when its parts agree, which random bytes do once in far more
 * than all bytes that were ever published.
 */
@AutoService(FormatReader.class)
public final class WeightsReader implements FormatReader {
  private static final String EMBEDDED = "inspect.artifact.weights-embedded";
  private static final int PIECE = 1 << 16;

  /** A Windows program's own header may be so far behind its first one. */
  private static final int AHEAD = 4096 + 64;

  private static final int MAX_TOLD = 20;

  /** First bytes of what is looked for: every byte of the weights goes through here. */
  private static final boolean[] FIRST = new boolean[256];

  private static final boolean[] EITHER = new boolean[256];

  static {
    for (int b : new int[] {0x7f, 'M', 'P', 0xcf, 0xfe, '7'}) {
      FIRST[b] = true;
      EITHER[b] = true;
    }
    for (int b : new int[] {'E', 'Z', 'K', 0xfa, 0xed, 'z'}) {
      EITHER[b] = true;
    }
  }

  /** Made by {@link java.util.ServiceLoader}. */
  public WeightsReader() {}

  @Override
  public String id() {
    return "weights";
  }

  @Override
  public boolean claims(Head head, String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".safetensors")
        || lower.endsWith(".npy")
        || lower.endsWith(".gguf")
        || (head.size() >= Program.HEAD && raw(lower));
  }

  /** Storages of PyTorch are named by numbers. */
  private static boolean raw(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    boolean storage = raw(context.name());
    if (storage && !context.hint(ReadContext.TORCH)) {
      context.decline();
      return;
    }
    byte[] window = new byte[PIECE + AHEAD];
    long at = 0;
    int told = 0;
    while (at < source.size() && told < MAX_TOLD) {
      int filled = source.readFully(at, window, 0, window.length);
      byte[] bytes = filled == window.length ? window : java.util.Arrays.copyOf(window, filled);
      int stop = Math.min(PIECE, filled);
      // Every second byte is the first or the second one of what starts there or right before.
      for (int i = next(bytes, 1, stop);
          i < stop && told < MAX_TOLD;
          i = next(bytes, i + 2, stop)) {
        told += tell(bytes, i - 1, at, context) + tell(bytes, i, at, context);
      }
      context.budget().time();
      at += PIECE;
    }
    // It says nothing of the format, so others or nobody do.
    context.decline();
  }

  private static int next(byte[] bytes, int from, int stop) {
    int i = from;
    while (i < stop && !EITHER[bytes[i] & 0xff]) {
      i += 2;
    }
    return i;
  }

  /** What stands at the very start makes the source that format, which its reader tells. */
  private static int tell(byte[] bytes, int i, long at, ReadContext context) {
    String what = FIRST[bytes[i] & 0xff] && at + i > 0 ? found(bytes, i) : null;
    if (what == null) {
      return 0;
    }
    context.observe(EMBEDDED, Verdict.UNPROVEN, "has " + what + " in its numbers", at + i);
    return 1;
  }

  private static @Nullable String found(byte[] b, int i) {
    if (b[i] == 'P') {
      return zip(b, i) ? "an entry of a Zip archive" : null;
    }
    if (b[i] == '7') {
      boolean magic =
          i + 8 <= b.length && u4(b, i) == 0xafbc7a37L && u2(b, i + 4) == 0x1c27 && b[i + 6] == 0;
      return magic ? "a 7z archive" : null;
    }
    return Program.at(b, i);
  }

  private static boolean zip(byte[] b, int i) {
    if (i + 34 > b.length || u4(b, i) != 0x04034b50L) {
      return false;
    }
    int method = u2(b, i + 8);
    int name = u2(b, i + 26);
    if (u2(b, i + 4) > 63 || (method != 0 && method != 8) || name < 1 || name > 255) {
      return false;
    }
    for (int k = i + 30; k < i + 30 + Math.min(name, 4); k++) {
      if (b[k] < 0x20) {
        return false;
      }
    }
    return true;
  }
}
