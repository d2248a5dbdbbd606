package dev.redoubt.inspect.artifact.internal.tar;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;
import java.util.Arrays;

/** Reads tar archives: v7, ustar, pax and GNU, with long names, links and sparse members. */
@AutoService(FormatReader.class)
public final class TarReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public TarReader() {}

  @Override
  public String id() {
    return "tar";
  }

  @Override
  public boolean claims(Head head, String name) {
    return looksLike(head);
  }

  /** Says whether the first bytes are those of a tar archive. */
  public static boolean looksLike(Head head) {
    if (head.length() < TarHeader.BLOCK) {
      return false;
    }
    // A magic number with a wrong checksum is an archive to some readers; the oldest kind has a
    // checksum only.
    return head.has(257, "ustar")
        || (head.at(0) > 0x20 && TarHeader.sums(Arrays.copyOf(head.bytes(), TarHeader.BLOCK)));
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("tar archive");
    new TarWalk(source, context).run();
  }
}
