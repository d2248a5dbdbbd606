package dev.redoubt.inspect.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;

/** Drives the fuzz target with containers, Java streams and R objects that were damaged. */
class ContainerFuzzTest {
  private static List<byte[]> seeds() throws IOException {
    var seeds = new ArrayList<byte[]>();
    byte[] text = "hello world".getBytes(UTF_8);
    for (String how : List.of("gz", "bz2", "xz", "lzma", "lz4", "zst")) {
      seeds.add(PackedAndTarTest.pack(how, text));
    }
    var zip = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(zip)) {
      for (String name : List.of("a/data.pkl", "b/", "MAR-INF/MANIFEST.json")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.endsWith("/") ? new byte[0] : text);
      }
    }
    seeds.add(zip.toByteArray());
    var tar = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(tar)) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : List.of("a.txt", "n".repeat(150))) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(text.length);
        out.putArchiveEntry(entry);
        out.write(text);
        out.closeArchiveEntry();
      }
    }
    seeds.add(java.util.Arrays.copyOf(tar.toByteArray(), 5120));
    seeds.add(
        JavaStreamTest.stream(
            new HashMap<>(Map.of("a", List.of(1, 2), "b", new Date(0))),
            new String[] {"x"},
            Thread.State.NEW));
    seeds.add(
        "A\n3\n262657\n197888\n5\nUTF-8\n1026\n1\n262153\n1\na\n531\n1\n6\n1\n262153\n2\nlm\n254\n1026\n1\n262153\n5\nnames\n16\n1\n262153\n1\nz\n254\n254\n"
            .getBytes(ISO_8859_1));
    seeds.add(
        HexFormat.of()
            .parseHex(
                "580a00000003000402000003050000000000055554462d380000000d0000000200000001"
                    + "00000002"));
    var sevenZip = new SeekableInMemoryByteChannel();
    try (var out = new SevenZOutputFile(sevenZip)) {
      var entry = new SevenZArchiveEntry();
      entry.setName("a.txt");
      out.putArchiveEntry(entry);
      out.write(text);
      out.closeArchiveEntry();
    }
    seeds.add(java.util.Arrays.copyOf(sevenZip.array(), (int) sevenZip.size()));
    seeds.add(
        "\u0012\u0014org.tribuo.TreeModel\u001a\u0004\u0012\u0002\b\u0001".getBytes(ISO_8859_1));
    seeds.add("flavors:\n  python_function: {loader_module: a, code: b}\n".getBytes(UTF_8));
    return seeds;
  }

  @Test
  void survivesDamagedContainers() throws IOException {
    var random = new Random(Long.getLong("fuzz.seed", 20_261_126L));
    List<byte[]> seeds = seeds();
    for (int i = 0; i < Integer.getInteger("fuzz.runs", 3_000); i++) {
      byte[] data = damaged(seeds.get(random.nextInt(seeds.size())), random);
      assertThatCode(() -> ArtifactFuzzer.fuzzerTestOneInput(data))
          .as(() -> HexFormat.of().formatHex(data))
          .doesNotThrowAnyException();
    }
  }

  private static byte[] damaged(byte[] seed, Random random) {
    byte[] data = seed.clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(data.length);
      switch (random.nextInt(4)) {
        case 0 -> data[at] = (byte) random.nextInt(256);
        case 1 -> data[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> data[at] = (byte) (random.nextBoolean() ? 0xff : 0);
        default -> {
          int from = random.nextInt(data.length);
          int length = random.nextInt(Math.min(40, data.length - Math.max(at, from)) + 1);
          System.arraycopy(seed, from, data, at, length);
        }
      }
    }
    return random.nextInt(6) == 0
        ? java.util.Arrays.copyOf(data, 1 + random.nextInt(data.length))
        : data;
  }
}
