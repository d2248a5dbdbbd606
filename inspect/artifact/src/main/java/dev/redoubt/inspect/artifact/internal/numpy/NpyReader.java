package dev.redoubt.inspect.artifact.internal.numpy;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads NumPy's {@code .npy} files (numpy.lib.format, versions 1 to 3): the header is a Python
 * literal, which is parsed strictly; an array of objects is a pickle behind it.
 */
@AutoService(FormatReader.class)
public final class NpyReader implements FormatReader {
  private static final int MAX_HEADER = 1 << 20;

  /** Made by {@link java.util.ServiceLoader}. */
  public NpyReader() {}

  @Override
  public String id() {
    return "npy";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("NumPy array");
    byte[] head = source.bytes(0, 12);
    if (head.length < 10) {
      throw new MalformedException("ends in its header", source.size());
    }
    int major = head[6];
    if (major < 1 || major > 3 || head[7] != 0) {
      throw new MalformedException("says version " + major + "." + head[7], 6);
    }
    int from = major == 1 ? 10 : 12;
    if (head.length < from) {
      throw new MalformedException("ends in its header", source.size());
    }
    long length = 0;
    for (int i = from - 1; i >= 8; i--) {
      length = (length << 8) | (head[i] & 0xff);
    }
    if (length > MAX_HEADER || length > source.size() - from) {
      throw new MalformedException("a header of " + length + " bytes", 8);
    }
    NpyHeader header =
        NpyHeader.parse(new String(source.bytes(from, (int) length), StandardCharsets.UTF_8), from);
    long data = from + length;
    if (header.objects()) {
      context.format("NumPy array of objects");
      context.member("objects.pkl", source.slice(data, source.size() - data));
      return;
    }
    long expected = header.bytes();
    if (expected != source.size() - data) {
      throw new MalformedException(
          "its shape takes " + expected + " bytes, but " + (source.size() - data) + " follow",
          data);
    }
  }
}
