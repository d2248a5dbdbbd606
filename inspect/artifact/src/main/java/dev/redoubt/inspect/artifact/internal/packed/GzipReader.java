package dev.redoubt.inspect.artifact.internal.packed;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;

/** Reads gzip streams (RFC 1952), one or several one after the other, checked to the last byte. */
@AutoService(FormatReader.class)
public final class GzipReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public GzipReader() {}

  @Override
  public String id() {
    return "gzip";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith(0x1f, 0x8b);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Packed.member(source, context, "gzip stream", Gunzipped::new);
  }
}
