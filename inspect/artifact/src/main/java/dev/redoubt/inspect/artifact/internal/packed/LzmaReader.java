package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import java.io.InputStream;
import org.tukaani.xz.LZMAInputStream;

/** Reads LZMA streams of the old kind, in which {@code joblib.dump(compress=("lzma", 3))} packs. */
@AutoService(FormatReader.class)
public final class LzmaReader implements FormatReader {
  private static final int HEAD = 13;

  /** Made by {@link java.util.ServiceLoader}. */
  public LzmaReader() {}

  @Override
  public String id() {
    return "lzma";
  }

  @Override
  public boolean claims(Head head, String name) {
    // There is no magic number: properties, a dictionary of a power of two or one and a half times
    // that, a size that is unknown or could be, and the zero byte that every range coder starts
    // with.
    long dictionary = head.u32(1);
    long size = head.u64(5);
    int bits = Long.bitCount(dictionary);
    boolean usual = bits == 1 || (bits == 2 && (dictionary & dictionary >> 1) != 0);
    boolean likely =
        head.length() > HEAD + 5
            && head.at(0) < 9 * 5 * 5
            && dictionary >= 1 << 12
            && usual
            && (size == -1 || (size >= 0 && size < 1L << 40))
            && head.at(HEAD) == 0;
    return likely && unpacks(head.bytes());
  }

  private static boolean unpacks(byte[] head) {
    try (InputStream in = new LZMAInputStream(new java.io.ByteArrayInputStream(head), 16 << 10)) {
      byte[] chunk = new byte[1 << 12];
      // More of it than the head can hold is a bomb, but a stream all the same.
      for (int i = 0; i < 64 && in.read(chunk) >= 0; i++) {}
      return true;
    } catch (java.io.EOFException e) {
      // All that is here unpacked; other bytes soon refer to what was never there.
      return true;
    } catch (IOException e) {
      // A dictionary over the limit is refused here and read under the limits of the run.
      return e instanceof org.tukaani.xz.MemoryLimitException;
    }
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    int memory = context.budget().limits().memory() >> 10;
    Packed.member(
        source,
        context,
        "LZMA stream",
        in -> new WholeStream(in, below -> new LZMAInputStream(below, memory)));
  }
}
