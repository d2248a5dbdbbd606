package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;

/** Reads Zstandard frames (RFC 8878), one or several one after the other. */
@AutoService(FormatReader.class)
public final class ZstdReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public ZstdReader() {}

  @Override
  public String id() {
    return "zstd";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0x28, 0xb5, 0x2f, 0xfd)
        || (head.at(0) >= 0x50 && head.at(0) <= 0x5f && head.has(1, 0x2a, 0x4d, 0x18));
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Packed.member(source, context, "Zstandard stream", ZstdInputStream::new);
  }
}
