package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** Reads LZ4 frames, one or several one after the other. */
@AutoService(FormatReader.class)
public final class Lz4Reader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public Lz4Reader() {}

  @Override
  public String id() {
    return "lz4";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0x04, 0x22, 0x4d, 0x18);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Packed.member(
        source, context, "LZ4 stream", in -> new FramedLZ4CompressorInputStream(in, true));
  }
}
