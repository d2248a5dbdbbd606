package dev.redoubt.inspect.artifact.internal.zip;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.DecodedStream;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.deflate64.Deflate64CompressorInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the entries of an archive and hands them on, checking sizes and checksums on the way. */
final class ZipMembers {
  private final ByteSource source;
  private final ReadContext context;
  private final ZipFindings findings;
  private final String[] hints;

  ZipMembers(ByteSource source, ReadContext context, ZipFindings findings, String[] hints) {
    this.source = source;
    this.context = context;
    this.findings = findings;
    this.hints = hints;
  }

  void read(ZipEntry entry, ZipLayout.@Nullable Placed placed) throws IOException {
    if (placed == null) {
      refuse(entry, EngineRules.MALFORMED, Verdict.UNPROVEN, "is not where its archive says");
      return;
    }
    if (placed.overlaps()) {
      // The bomb that has all its entries share one stream lives by being unpacked as often.
      refuse(entry, EngineRules.MALFORMED, Verdict.UNPROVEN, "shares bytes with another entry");
      return;
    }
    ByteSource packed = source.slice(placed.from(), entry.packed());
    boolean flagged = entry.encrypted() || placed.local().encrypted();
    if (flagged && !readable(packed, entry)) {
      refuse(entry, EngineRules.ENCRYPTED, Verdict.INCOMPLETE, "is encrypted");
      return;
    }
    if (flagged) {
      findings.contradiction(
          entry.name() + " says that it is encrypted or patched, and is not", entry.header());
    }
    if (entry.folder() && entry.size() == 0) {
      return;
    }
    if (entry.folder()) {
      findings.contradiction(entry.name() + " is a folder and has data", entry.header());
    }
    DecodedStream.@Nullable Decoder decoder = decoder(entry);
    if (entry.method() == ZipEntry.STORED) {
      stored(entry, packed);
    } else if (decoder == null) {
      refuse(
          entry,
          EngineRules.NOT_PARSED,
          Verdict.INCOMPLETE,
          "is packed by method " + entry.method() + ", which is not read");
    } else {
      context.member(
          entry.name(), () -> checked(entry, packed, decoder), Math.max(1, entry.packed()), hints);
    }
  }

  private void refuse(ZipEntry entry, String rule, Verdict verdict, String what)
      throws IOException {
    context.budget().entry();
    context.member(entry.name(), new Observation(rule, verdict, what, entry.header()));
  }

  private void stored(ZipEntry entry, ByteSource packed) throws IOException {
    if (entry.size() != entry.packed()) {
      findings.contradiction(
          entry.name() + " is stored with another size than it has", entry.header());
    }
    var data = new SummedSource(packed);
    context.member(entry.name(), data, hints);
    if (data.sum(context.budget()) != entry.crc()) {
      findings.contradiction(entry.name() + " has another checksum than it says", entry.header());
    }
  }

  private long sum(InputStream in) throws IOException {
    var crc = new CRC32();
    byte[] chunk = new byte[1 << 16];
    int n;
    while ((n = in.read(chunk, 0, chunk.length)) >= 0) {
      crc.update(chunk, 0, n);
      context.budget().time();
    }
    return crc.getValue();
  }

  private InputStream checked(ZipEntry entry, ByteSource packed, DecodedStream.Decoder decoder)
      throws IOException {
    return new CheckedEnd(
        DecodedStream.open(packed, decoder),
        entry,
        what -> findings.contradiction(entry.name() + " " + what, entry.header()));
  }

  private boolean readable(ByteSource packed, ZipEntry entry) throws IOException {
    DecodedStream.@Nullable Decoder decoder = decoder(entry);
    if (entry.method() != ZipEntry.STORED && decoder == null) {
      return false;
    }
    try (InputStream in =
        decoder == null ? packed.stream(0) : DecodedStream.open(packed, decoder)) {
      return sum(in) == entry.crc();
    } catch (MalformedException e) {
      return false;
    }
  }

  private DecodedStream.@Nullable Decoder decoder(ZipEntry entry) {
    int memory = context.budget().limits().memory();
    return switch (entry.method()) {
      case ZipEntry.DEFLATED -> in -> new Inflated(in, entry.packed());
      case 9 -> Deflate64CompressorInputStream::new;
      case 12 -> in -> new BZip2CompressorInputStream(in, false);
      case 14 -> in -> lzma(in, entry, memory);
      case 20, 93 -> ZstdInputStream::new;
      case 95 -> in -> new XZInputStream(in, memory >> 10);
      default -> null;
    };
  }

  /** APPNOTE 5.8.8: version, length of the properties, properties, stream. */
  private static InputStream lzma(InputStream in, ZipEntry entry, int memory) throws IOException {
    byte[] head = in.readNBytes(9);
    if (head.length < 9 || head[2] != 5 || head[3] != 0) {
      throw new EOFException("no LZMA properties");
    }
    int dictionary =
        (head[5] & 0xff) | (head[6] & 0xff) << 8 | (head[7] & 0xff) << 16 | (head[8] & 0xff) << 24;
    if (LZMAInputStream.getMemoryUsage(dictionary, head[4]) > memory >> 10) {
      throw new dev.redoubt.inspect.artifact.LimitException("its LZMA dictionary is too large");
    }
    boolean marked = (entry.flags() & 2) != 0;
    return new LZMAInputStream(in, marked ? -1 : entry.size(), head[4], dictionary);
  }

  /** Deflated bytes, which have to end where the entry does. */
  private static final class Inflated extends InflaterInputStream {
    private final long packed;
    private boolean told;

    Inflated(InputStream in, long packed) {
      super(in, new Inflater(true), 1 << 13);
      this.packed = packed;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = super.read(into, offset, length);
      if (n < 0 && !told) {
        told = true;
        if (inf.getBytesRead() != packed) {
          throw new MalformedException(
              packed - inf.getBytesRead() + " packed bytes after the end of the stream", -1);
        }
      }
      return n;
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }

  /** Compares size and checksum once all bytes are out. */
  private static final class CheckedEnd extends java.io.FilterInputStream {
    private final ZipEntry entry;
    private final java.util.function.Consumer<String> problem;
    private final CRC32 crc = new CRC32();
    private long size;
    private boolean told;

    CheckedEnd(InputStream in, ZipEntry entry, java.util.function.Consumer<String> problem) {
      super(in);
      this.entry = entry;
      this.problem = problem;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int n = in.read(into, offset, length);
      if (n > 0) {
        crc.update(into, offset, n);
        size += n;
      } else if (n < 0 && !told) {
        told = true;
        if (size != entry.size()) {
          problem.accept("has " + size + " bytes and says " + entry.size());
        }
        if (crc.getValue() != entry.crc()) {
          problem.accept("has another checksum than it says");
        }
      }
      return n;
    }
  }
}
