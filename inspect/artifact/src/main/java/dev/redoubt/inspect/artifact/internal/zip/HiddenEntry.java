package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.IOException;

/** An entry that has a local header and is in no directory, so that only some readers see it. */
record HiddenEntry(ByteSource bytes, ReadContext context, long base) {
  private static final int HEAD = 30;

  /** Reads the entry at an offset; gives the offset after it. */
  long read(long at) throws IOException {
    byte[] head = bytes.bytes(at, HEAD);
    if (head.length < HEAD) {
      return -1;
    }
    int length = u2(head, 26) + u2(head, 28);
    byte[] rest = bytes.bytes(at + HEAD, length);
    long from = at + HEAD + length;
    if (rest.length < length) {
      return at + 4;
    }
    var findings = new ZipFindings(context);
    ZipEntry local = ZipEntry.local(head, rest, at, what -> {});
    findings.contradiction(local.name() + " has a local header and is in no directory", base + at);
    boolean known = local.packed() > 0 && local.packed() <= bytes.size() - from;
    // Where the size stands after the data, the data go on as far as they can.
    long packed = known ? local.packed() : bytes.size() - from;
    ByteSource data = bytes.slice(from, packed);
    if (local.method() == ZipEntry.STORED) {
      context.member(local.name(), data);
    } else if (local.method() == ZipEntry.DEFLATED) {
      context.member(
          local.name(),
          () ->
              new java.util.zip.InflaterInputStream(
                  data.stream(0), new java.util.zip.Inflater(true), 1 << 13),
          Math.max(1, packed));
    }
    return known ? from + packed : from;
  }
}
