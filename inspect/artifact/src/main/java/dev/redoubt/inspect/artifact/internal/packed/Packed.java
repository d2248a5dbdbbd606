package dev.redoubt.inspect.artifact.internal.packed;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.DecodedStream;
import java.io.IOException;
import java.util.Locale;

/** Hands on what a compressed stream holds, under the name that unpackers give it. */
final class Packed {
  private Packed() {}

  static void member(
      ByteSource source, ReadContext context, String words, DecodedStream.Decoder decoder)
      throws IOException {
    context.format(words);
    context.member(
        unpackedName(context.name()),
        () -> DecodedStream.open(source, decoder),
        Math.max(1, source.size()));
  }

  /** Without the last ending, where it is one of compression: readers look at endings too. */
  static String unpackedName(String name) {
    int dot = name.lastIndexOf('.');
    String stem = dot < 1 ? name : name.substring(0, dot);
    return switch (name.substring(dot + 1).toLowerCase(Locale.ROOT)) {
      case "gz", "gzip", "z", "bz2", "bz", "xz", "lzma", "zst", "zstd", "lz4" -> stem;
      case "tgz", "tbz", "tbz2", "txz", "tzst", "tlz" -> stem + ".tar";
      default -> name.isEmpty() ? "unpacked" : name;
    };
  }
}
