package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import org.tukaani.xz.XZInputStream;

/** Reads xz files, whose streams and indexes are checked by the decoder. */
@AutoService(FormatReader.class)
public final class XzReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public XzReader() {}

  @Override
  public String id() {
    return "xz";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0xfd, '7', 'z', 'X', 'Z', 0);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    // Fails on bytes after the end that are no further stream.
    int memory = context.budget().limits().memory() >> 10;
    Packed.member(source, context, "xz stream", in -> new XZInputStream(in, memory));
  }
}
