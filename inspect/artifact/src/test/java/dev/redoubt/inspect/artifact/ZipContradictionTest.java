package dev.redoubt.inspect.artifact;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipContradictionTest {
  private static final byte[] EVIL = "cos\nsystem\n(S'id'\ntR.".getBytes(ISO_8859_1);
  private static final byte[] LOCAL = {'P', 'K', 3, 4};
  private static final byte[] CENTRAL = {'P', 'K', 1, 2};
  private static final byte[] END = {'P', 'K', 5, 6};

  private static byte[] zip(boolean stored, String... namesAndTexts) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        byte[] text = namesAndTexts[i + 1].getBytes(ISO_8859_1);
        var entry = new ZipEntry(namesAndTexts[i]);
        if (stored) {
          var crc = new CRC32();
          crc.update(text);
          entry.setMethod(ZipEntry.STORED);
          entry.setSize(text.length);
          entry.setCrc(crc.getValue());
        }
        out.putNextEntry(entry);
        out.write(text);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] plain() throws IOException {
    return zip(true, "a.txt", "hello", "b.txt", "world");
  }

  private static int find(byte[] bytes, byte[] what, int from) {
    for (int i = from; i + what.length <= bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not there");
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    bytes[at] = (byte) value;
    return bytes;
  }

  private static void unproven(byte[] bytes, String words) {
    Seen seen = Seen.in("m.zip", bytes);
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.UNPROVEN);
    assertThat(seen.all()).contains(words);
  }

  @Nested
  class Honest {
    @Test
    void storedAndDeflatedEntriesAreQuiet() throws IOException {
      assertThat(Seen.in("m.zip", plain()).verdict()).isEqualTo(Verdict.INERT);
      byte[] described = zip(false, "a.txt", "hello".repeat(99), "d/", "", "d/b.txt", "x");
      assertThat(Seen.in("m.zip", described).verdict()).isEqualTo(Verdict.INERT);
      assertThat(Seen.in("m.zip", zip(false)).verdict()).isEqualTo(Verdict.INERT);
    }

    @Test
    void aCommentAndANestedArchiveAreQuiet() throws IOException {
      byte[] bytes = plain();
      int end = find(bytes, END, 0);
      byte[] commented = join(with(bytes, end + 20, 5), "hello".getBytes(UTF_8));
      assertThat(Seen.in("m.zip", commented).verdict()).isEqualTo(Verdict.INERT);
      byte[] nested = zip(true, "inner.zip", new String(plain(), ISO_8859_1));
      Seen seen = Seen.in("m.zip", nested);
      assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.INERT);
      assertThat(seen.all()).contains("member inner.zip!/a.txt");
    }

    @Test
    void aligningByExtraFieldsIsQuiet() throws IOException {
      // As PyTorch does: an extra field in the local header only.
      byte[] bytes = plain();
      int central = find(bytes, CENTRAL, 0);
      byte[] pad = {'F', 'B', 8, 0, 'Z', 'Z', 'Z', 'Z', 'Z', 'Z', 'Z', 'Z'};
      int second = find(bytes, LOCAL, 4);
      byte[] local = java.util.Arrays.copyOfRange(bytes, second, second + 35);
      byte[] data = java.util.Arrays.copyOfRange(bytes, second + 35, central);
      byte[] rest = java.util.Arrays.copyOfRange(bytes, central, bytes.length);
      int end = find(rest, END, 0);
      with(local, 28, 12);
      with(rest, end + 16, (rest[end + 16] & 0xff) + 12);
      byte[] padded = join(java.util.Arrays.copyOf(bytes, second), local, pad, data, rest);
      assertThat(Seen.in("m.zip", padded).verdict()).isEqualTo(Verdict.INERT);
    }
  }

  @Test
  void aNameThatDiffersInTheLocalHeaderIsUnproven() throws IOException {
    byte[] bytes = plain();
    unproven(with(bytes, find(bytes, "a.txt".getBytes(UTF_8), 0), 'z'), "is named z.txt");
  }

  @Test
  void sizesMethodAndFlagsThatDifferAreUnproven() throws IOException {
    for (int field : new int[] {18, 22, 8, 14}) {
      byte[] bytes = plain();
      unproven(with(bytes, field, bytes[field] ^ 9), "in the directory and");
    }
    byte[] bytes = plain();
    unproven(with(bytes, 6, 8), "has the flags");
  }

  @Test
  void aWrongChecksumIsUnproven() throws IOException {
    byte[] bytes = plain();
    int at = find(bytes, "hello".getBytes(UTF_8), 0);
    unproven(with(bytes, at, 'j'), "another checksum");
  }

  @Test
  void anEntryThatIsInNoDirectoryIsReadAndTold() throws IOException {
    byte[] hidden = zip(true, "data.pkl", new String(EVIL, ISO_8859_1));
    byte[] entry = java.util.Arrays.copyOf(hidden, find(hidden, CENTRAL, 0));
    byte[] bytes = plain();
    int central = find(bytes, CENTRAL, 0);
    int end = find(bytes, END, 0);
    with(bytes, end + 16, (bytes[end + 16] & 0xff) + entry.length);
    byte[] both =
        join(
            java.util.Arrays.copyOf(bytes, central),
            entry,
            java.util.Arrays.copyOfRange(bytes, central, bytes.length));
    Seen seen = Seen.in("m.zip", both);
    assertThat(seen.verdict()).as(seen.all()).isEqualTo(Verdict.MALICIOUS);
    assertThat(seen.all()).contains("is in no directory").contains("that no entry has");
  }

  @Test
  void dataBeforeAndAfterTheArchiveAreUnproven() throws IOException {
    unproven(join("some data in front".getBytes(UTF_8), plain()), "something was put in front");
    unproven(join(plain(), "behind it".getBytes(UTF_8)), "after the end");
    assertThat(Seen.in("m.zip", join(plain(), EVIL)).verdict()).isEqualTo(Verdict.MALICIOUS);
  }

  @Test
  void twoEndsAreUnproven() throws IOException {
    byte[] bytes = plain();
    byte[] second = zip(true, "c.txt", "other");
    int end = find(bytes, END, 0);
    byte[] commented = join(with(bytes, end + 20, second.length), second);
    unproven(commented, "second end");
  }

  @Test
  void twoEntriesOfOneNameAreUnproven() throws IOException {
    byte[] bytes = plain();
    int local = find(bytes, "b.txt".getBytes(UTF_8), 0);
    int central = find(bytes, "b.txt".getBytes(UTF_8), local + 1);
    unproven(with(with(bytes, local, 'a'), central, 'a'), "two entries are named a.txt");
  }

  @Test
  void entriesThatOverlapAreUnprovenAndNotUnpacked() throws IOException {
    byte[] bytes = plain();
    int central = find(bytes, CENTRAL, find(bytes, CENTRAL, 0) + 4);
    unproven(with(bytes, central + 42, 0), "bytes of another entry");
  }

  @Test
  void encryptedMembersAreIncompleteAndALieAboutItIsUnproven() throws IOException {
    byte[] lie = plain();
    with(lie, 6, 1);
    unproven(with(lie, find(lie, CENTRAL, 0) + 8, 1), "says that it is encrypted");
    byte[] truth = zip(true, "a.txt", "hello");
    int at = find(truth, "hello".getBytes(UTF_8), 0);
    with(truth, at, 0x99);
    with(truth, 6, 1);
    with(truth, find(truth, CENTRAL, 0) + 8, 1);
    assertThat(Seen.in("m.zip", truth).verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void anUnknownMethodIsIncomplete() throws IOException {
    byte[] bytes = zip(true, "a.txt", "hello");
    with(bytes, 8, 77);
    with(bytes, find(bytes, CENTRAL, 0) + 10, 77);
    assertThat(Seen.in("m.zip", bytes).verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "C:\\x", "a\\..\\x", "a/../../x"})
  void namesThatLeadOutAreUnproven(String name) throws IOException {
    unproven(zip(true, name, "hello"), "archive-escape");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/..b/x", "...", "a/c:d", "x..y"})
  void namesThatOnlyLookAlikeAreQuiet(String name) throws IOException {
    assertThat(Seen.in("m.zip", zip(true, name, "hello")).verdict()).isEqualTo(Verdict.INERT);
  }

  @Test
  void aCutOffArchiveIsUnproven() throws IOException {
    byte[] bytes = zip(false, "a/data.pkl", new String(EVIL, ISO_8859_1), "b", "x");
    for (int cut : new int[] {1, 10, 30, 60, 100}) {
      byte[] shorter = java.util.Arrays.copyOf(bytes, bytes.length - cut);
      assertThat(Seen.in("m.zip", shorter).verdict()).isIn(Verdict.UNPROVEN, Verdict.MALICIOUS);
    }
  }
}
