package dev.redoubt.inspect.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;
import org.tukaani.xz.XZOutputStream;

class PackedAndTarTest {
  private static final byte[] EVIL = "cos\nsystem\n(S'id'\ntR.".getBytes(ISO_8859_1);
  private static final byte[] TEXT = "hello world ".repeat(400).getBytes(UTF_8);

  static byte[] pack(String how, byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (OutputStream packed =
        switch (how) {
          case "gz" -> new GZIPOutputStream(out);
          case "bz2" -> new BZip2CompressorOutputStream(out, 1);
          case "xz" -> new XZOutputStream(out, new LZMA2Options(1));
          case "lzma" -> new LZMAOutputStream(out, new LZMA2Options(1), -1);
          case "lz4" -> new FramedLZ4CompressorOutputStream(out);
          case "zst" -> new io.airlift.compress.zstd.ZstdOutputStream(out);
          default -> throw new IllegalArgumentException(how);
        }) {
      packed.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "lzma", "lz4", "zst"})
  void whatIsPackedIsRead(String how) throws IOException {
    assertThat(Seen.in("m." + how, pack(how, TEXT)).verdict()).isEqualTo(Verdict.INERT);
    Seen evil = Seen.in("m.pkl." + how, pack(how, EVIL));
    assertThat(evil.verdict()).as(evil.all()).isEqualTo(Verdict.MALICIOUS);
    assertThat(evil.all()).contains("member m.pkl\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "lzma", "lz4", "zst"})
  void whatIsCutOffOrGoesOnIsUnproven(String how) throws IOException {
    byte[] packed = pack(how, TEXT);
    byte[] cut = java.util.Arrays.copyOf(packed, packed.length - 6);
    assertThat(Seen.in("m", cut).verdict()).as("cut").isEqualTo(Verdict.UNPROVEN);
    Seen more = Seen.in("m", join(packed, "more".getBytes(UTF_8)));
    assertThat(more.verdict()).as(more.all()).isEqualTo(Verdict.UNPROVEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "xz", "lz4", "zst"})
  void severalStreamsOneAfterTheOtherAreOne(String how) throws IOException {
    byte[] packed = pack(how, TEXT);
    assertThat(Seen.in("m", join(packed, packed)).verdict()).isEqualTo(Verdict.INERT);
    assertThat(Seen.in("m", join(pack(how, new byte[0]), pack(how, EVIL))).verdict())
        .isEqualTo(Verdict.MALICIOUS);
  }

  @Test
  void aBombIsUnproven() throws IOException {
    Seen seen = Seen.in("m", pack("bz2", new byte[24 << 20]));
    assertThat(seen.verdict()).isEqualTo(Verdict.UNPROVEN);
    assertThat(seen.all()).contains("bomb");
    byte[] deep = TEXT;
    for (int i = 0; i < 12; i++) {
      deep = pack("gz", deep);
    }
    assertThat(Seen.in("m", deep).verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void a7zArchiveIsRead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.7z");
    try (var out = new SevenZOutputFile(file.toFile())) {
      var entry = out.createArchiveEntry(folder.toFile(), "m.pkl");
      entry.setDirectory(false);
      out.putArchiveEntry(entry);
      out.write(EVIL);
      out.closeArchiveEntry();
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(Seen.in("a.7z", bytes).verdict()).isEqualTo(Verdict.MALICIOUS);
    Seen more = Seen.in("a.7z", join(bytes, "more".getBytes(UTF_8)));
    assertThat(more.all()).contains("says that it ends at");
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 20);
    assertThat(Seen.in("a.7z", cut).verdict()).isEqualTo(Verdict.UNPROVEN);
  }

  private interface Filling {
    void fill(TarArchiveOutputStream out) throws IOException;
  }

  private static byte[] tar(Filling filling) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(bytes)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      filling.fill(out);
    }
    return bytes.toByteArray();
  }

  private static void put(TarArchiveOutputStream out, String name, byte[] data) throws IOException {
    var entry = new TarArchiveEntry(name, true);
    entry.setSize(data.length);
    out.putArchiveEntry(entry);
    out.write(data);
    out.closeArchiveEntry();
  }

  private static void link(TarArchiveOutputStream out, String name, byte kind, String target)
      throws IOException {
    var entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    out.putArchiveEntry(entry);
    out.closeArchiveEntry();
  }

  private static void tarIs(Verdict verdict, Filling filling) throws IOException {
    Seen seen = Seen.in("a.tar", tar(filling));
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(verdict);
  }

  @Test
  void anHonestTarIsQuiet() throws IOException {
    tarIs(
        Verdict.INERT,
        out -> {
          put(out, "a.txt", TEXT);
          put(out, "./d/" + "long".repeat(60) + ".txt", TEXT);
          link(out, "d/inside", TarConstants.LF_SYMLINK, "../a.txt");
          link(out, "hard", TarConstants.LF_LINK, "a.txt");
        });
    tarIs(Verdict.MALICIOUS, out -> put(out, "x/m.bin", EVIL));
  }

  @Test
  void aTarWhoseLastMemberIsAZipIsNoZip() throws IOException {
    var zip = new ByteArrayOutputStream();
    try (var out = new java.util.zip.ZipOutputStream(zip)) {
      out.putNextEntry(new java.util.zip.ZipEntry("a.txt"));
      out.write(TEXT);
    }
    tarIs(Verdict.INERT, out -> put(out, "weights.ckpt", zip.toByteArray()));
  }

  @Test
  void aLargePackedArchiveIsReadWithoutUnpackingItForEachMember() throws IOException {
    byte[] large = new byte[700_000];
    new java.util.Random(1).nextBytes(large);
    large[0] = 1;
    byte[] bytes =
        tar(out -> {
          for (int i = 0; i < 12; i++) {
            put(out, "w" + i + ".dat", large);
          }
          put(out, "last.pkl", EVIL);
        });
    Seen seen = Seen.in("m.tar.gz", pack("gz", bytes));
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.MALICIOUS);
    assertThat(seen.all()).contains("member m.tar!/last.pkl").doesNotContain("incomplete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a/../../x"})
  void namesThatLeadOutOfATarAreUnproven(String name) throws IOException {
    tarIs(Verdict.UNPROVEN, out -> put(out, name, TEXT));
  }

  @Test
  void linksThatLeadOutOfATarAreUnproven() throws IOException {
    tarIs(Verdict.UNPROVEN, out -> link(out, "l", TarConstants.LF_SYMLINK, "/etc/passwd"));
    tarIs(Verdict.UNPROVEN, out -> link(out, "d/l", TarConstants.LF_SYMLINK, "../../x"));
    tarIs(Verdict.UNPROVEN, out -> link(out, "l", TarConstants.LF_LINK, "../x"));
    tarIs(Verdict.UNPROVEN, out -> link(out, "l", TarConstants.LF_CHR, ""));
    tarIs(
        Verdict.UNPROVEN,
        out -> {
          link(out, "l", TarConstants.LF_SYMLINK, "d");
          put(out, "l/x", TEXT);
        });
  }

  @Test
  void aTarThatContradictsItselfIsUnproven() throws IOException {
    byte[] good = tar(out -> put(out, "a.txt", TEXT));
    byte[] sum = good.clone();
    sum[0] = 'b';
    assertThat(Seen.in("a.tar", sum).verdict()).isEqualTo(Verdict.UNPROVEN);
    byte[] cut = java.util.Arrays.copyOf(good, 1024);
    assertThat(Seen.in("a.tar", cut).verdict()).isEqualTo(Verdict.UNPROVEN);
    Seen more = Seen.in("a.tar", join(good, EVIL));
    assertThat(more.verdict()).as(more.all()).isEqualTo(Verdict.MALICIOUS);
    tarIs(
        Verdict.UNPROVEN,
        out -> {
          put(out, "a", TEXT);
          put(out, "a", TEXT);
        });
  }
}
