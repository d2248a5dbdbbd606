package dev.redoubt.inspect.artifact.internal.zip;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Reads Zip archives by their central directory, PyTorch's among them. */
@AutoService(FormatReader.class)
public final class ZipReader implements FormatReader {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** Made by {@link java.util.ServiceLoader}. */
  public ZipReader() {}

  @Override
  public String id() {
    return "zip";
  }

  @Override
  public boolean claims(Head head, String name) throws IOException {
    if (head.startsWith('P', 'K', 3, 4) || head.startsWith('P', 'K', 5, 6)) {
      return true;
    }
    byte[] tail = head.tail(22);
    return tail.length == 22 && tail[0] == 'P' && tail[1] == 'K' && tail[2] == 5 && tail[3] == 6;
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    List<ZipDirectory.Entry> entries = new ZipDirectory(source).read();
    boolean torch = entries.stream().anyMatch(e -> last(e.name()).equals("data.pkl"));
    boolean script = entries.stream().anyMatch(e -> last(e.name()).equals("constants.pkl"));
    context.format(torch ? script ? "TorchScript" : "PyTorch" : "Zip archive");
    String[] hints =
        torch
            ? script
                ? new String[] {ReadContext.TORCH, "torchscript"}
                : new String[] {ReadContext.TORCH}
            : new String[0];
    Set<String> names = new HashSet<>();
    for (ZipDirectory.Entry entry : entries) {
      if (!names.add(entry.name())) {
        context.observe(
            EngineRules.MALFORMED,
            Verdict.UNPROVEN,
            "two entries are named " + entry.name(),
            entry.header());
      }
      if (!entry.name().endsWith("/")) {
        member(source, context, entry, hints);
      }
    }
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static void member(
      ByteSource source, ReadContext context, ZipDirectory.Entry entry, String[] hints)
      throws IOException {
    byte[] head = source.bytes(entry.header(), 30);
    if (head.length < 30 || ZipDirectory.u4(head, 0) != 0x04034b50L) {
      context.member(entry.name(), malformed("its local header is not there", entry));
      return;
    }
    int nameLength = ZipDirectory.u2(head, 26);
    long from = entry.header() + 30 + nameLength + ZipDirectory.u2(head, 28);
    String local =
        new String(
            source.bytes(entry.header() + 30, nameLength), java.nio.charset.StandardCharsets.UTF_8);
    if (!local.equals(entry.name())) {
      context.observe(
          malformed(entry.name() + " is named " + local + " in its local header", entry));
    }
    if (from > source.size() || entry.packed() > source.size() - from || entry.packed() < 0) {
      context.member(entry.name(), malformed("reaches beyond the end of the archive", entry));
      return;
    }
    ByteSource packed = source.slice(from, entry.packed());
    boolean flagged = ((entry.flags() | ZipDirectory.u2(head, 6)) & 0x2061) != 0;
    if (flagged && !readable(packed, entry)) {
      context.member(
          entry.name(),
          new Observation(
              EngineRules.ENCRYPTED, Verdict.INCOMPLETE, "is encrypted", entry.header()));
      return;
    }
    if (flagged) {
      context.observe(
          malformed(entry.name() + " says that it is encrypted or patched, and is not", entry));
    }
    switch (entry.method()) {
      case STORED -> {
        crc(packed.stream(0), entry, context);
        context.member(entry.name(), packed, hints);
      }
      case DEFLATED -> {
        context.member(entry.name(), () -> inflate(packed), entry.packed(), hints);
        crc(inflate(packed), entry, context);
      }
      default ->
          context.member(
              entry.name(),
              new Observation(
                  EngineRules.NOT_PARSED,
                  Verdict.INCOMPLETE,
                  "is packed by method " + entry.method() + ", which is not read",
                  entry.header()));
    }
  }

  private static Observation malformed(String what, ZipDirectory.Entry entry) {
    return new Observation(EngineRules.MALFORMED, Verdict.UNPROVEN, what, entry.header());
  }

  private static InputStream inflate(ByteSource packed) {
    return new InflaterInputStream(packed.stream(0), new Inflater(true), 1 << 13);
  }

  private static boolean readable(ByteSource packed, ZipDirectory.Entry entry) {
    try (InputStream in = entry.method() == DEFLATED ? inflate(packed) : packed.stream(0)) {
      return sum(in, entry.size()) == entry.crc();
    } catch (IOException e) {
      return false;
    }
  }

  private static void crc(InputStream stream, ZipDirectory.Entry entry, ReadContext context)
      throws IOException {
    try (InputStream in = stream) {
      if (sum(in, entry.size()) != entry.crc()) {
        context.observe(malformed(entry.name() + " has another checksum than it says", entry));
      }
    } catch (MalformedException e) {
      throw e;
    } catch (IOException e) {
      context.observe(malformed(entry.name() + " can't be unpacked: " + e.getMessage(), entry));
    }
  }

  private static long sum(InputStream in, long size) throws IOException {
    var crc = new CRC32();
    byte[] chunk = new byte[1 << 14];
    long total = 0;
    int n;
    while ((n = in.read(chunk)) >= 0) {
      crc.update(chunk, 0, n);
      total += n;
      if (total > size) {
        throw new MalformedException("is longer than it says", -1);
      }
    }
    return crc.getValue();
  }
}
