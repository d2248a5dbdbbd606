package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** Reads bzip2 streams, one or several one after the other. */
@AutoService(FormatReader.class)
public final class Bzip2Reader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public Bzip2Reader() {}

  @Override
  public String id() {
    return "bzip2";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.has(0, "BZh") && (head.has(4, "1AY&SY") || head.has(4, "\u0017rE8P\u0090"));
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Packed.member(source, context, "bzip2 stream", in -> new BZip2CompressorInputStream(in, true));
  }
}
