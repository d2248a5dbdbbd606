package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u8;

import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lays the entries of the directory over the file: each has to have a local header that agrees with
 * it, and together they have to fill everything before the directory without a gap or an overlap. A
 * reader that goes from header to header then sees what one sees that starts at the directory.
 */
final class ZipLayout {
  static final long LOCAL = 0x04034b50L;
  private static final int HEAD = 30;

  /** Bits that say what a reader is to do with the data; the others are hints of the packer. */
  private static final int MEANT = ZipEntry.UNREADABLE | ZipEntry.DESCRIPTOR | 0x0800;

  private static final long ALL_ONES = 0xffff_ffffL;

  private final ByteSource source;
  private final ZipFindings findings;
  private final Map<ZipEntry, Placed> places = new HashMap<>();
  private final List<Gap> gaps = new ArrayList<>();

  /**
   * Where the packed bytes of an entry are.
   *
   * @param local its local header
   * @param from offset of its first packed byte
   * @param end offset after its last one
   * @param overlaps whether an earlier entry has some of the same bytes
   */
  record Placed(ZipEntry local, long from, long end, boolean overlaps) {}

  /** Bytes that belong to no entry. */
  record Gap(long from, long to) {}

  ZipLayout(ByteSource source, ZipFindings findings) {
    this.source = source;
    this.findings = findings;
  }

  /** The place of an entry; null where its local header is not there. */
  @Nullable Placed place(ZipEntry entry) {
    return places.get(entry);
  }

  List<Gap> gaps() {
    return gaps;
  }

  /** Places all entries in the bytes before the directory. */
  void lay(List<ZipEntry> entries, long directory) throws IOException {
    var inOrder = new ArrayList<>(entries);
    inOrder.sort(Comparator.comparingLong(ZipEntry::header));
    long covered = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      ZipEntry entry = inOrder.get(i);
      long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).header() : directory;
      Placed placed = placed(entry, next, covered, directory);
      if (placed == null) {
        continue;
      }
      if (entry.header() > covered) {
        gap(covered, entry.header());
      }
      covered = Math.max(covered, placed.end());
      places.put(entry, placed);
    }
    if (covered < directory) {
      gap(covered, directory);
    }
  }

  private void gap(long from, long to) {
    gaps.add(new Gap(from, to));
    findings.prefix(
        to - from + " bytes " + (from == 0 ? "before the first entry" : "that no entry has"), from);
  }

  private @Nullable Placed placed(ZipEntry entry, long next, long covered, long directory)
      throws IOException {
    long at = entry.header();
    byte[] head = at < 0 || at >= source.size() ? new byte[0] : source.bytes(at, HEAD);
    if (head.length < HEAD || u4(head, 0) != LOCAL) {
      findings.contradiction(entry.name() + " has no local header", at);
      return null;
    }
    int length = u2(head, 26) + u2(head, 28);
    byte[] rest = source.bytes(at + HEAD, length);
    long from = at + HEAD + length;
    if (rest.length < length || entry.packed() < 0 || from > directory - entry.packed()) {
      findings.contradiction(entry.name() + " reaches beyond the entries", at);
      return null;
    }
    ZipEntry local =
        ZipEntry.local(
            head, rest, at, what -> findings.contradiction(entry.name() + " locally " + what, at));
    compare(entry, local);
    long end = from + entry.packed();
    if (local.described()) {
      end += descriptor(entry, end, next);
    }
    boolean overlaps = at < covered;
    if (overlaps) {
      findings.contradiction(entry.name() + " has bytes of another entry", at);
    }
    return new Placed(local, from, end, overlaps);
  }

  private void compare(ZipEntry entry, ZipEntry local) {
    long at = entry.header();
    if (!local.rawName().equals(entry.rawName())) {
      findings.contradiction(
          entry.name() + " is named " + local.name() + " in its local header", at);
    }
    if (local.method() != entry.method()) {
      differ(entry, "method", entry.method(), local.method());
    }
    if (((local.flags() ^ entry.flags()) & MEANT) != 0) {
      differ(entry, "flags", entry.flags(), local.flags());
    }
    // What is not known before the data stands after it, and zero or ones in the header.
    number(entry, "checksum", entry.crc(), local.crc(), local.described());
    number(entry, "packed size", entry.packed(), local.packed(), local.described());
    number(entry, "size", entry.size(), local.size(), local.described());
  }

  private void number(ZipEntry entry, String what, long central, long local, boolean later) {
    if (local != central && !(later && (local == 0 || local == ALL_ONES))) {
      differ(entry, what, central, local);
    }
  }

  private void differ(ZipEntry entry, String what, long central, long local) {
    findings.contradiction(
        entry.name()
            + " has the "
            + what
            + " "
            + central
            + " in the directory and "
            + local
            + " in its local header",
        entry.header());
  }

  /**
   * Length of the data descriptor (APPNOTE 4.3.9), whose signature is optional and whose sizes have
   * 4 or 8 bytes.
   */
  private int descriptor(ZipEntry entry, long at, long next) throws IOException {
    byte[] bytes = source.bytes(at, 24);
    int matching = -1;
    for (int signature = 4; signature >= 0; signature -= 4) {
      if (signature == 4 && (bytes.length < 4 || u4(bytes, 0) != 0x08074b50L)) {
        continue;
      }
      for (int wide = 8; wide >= 4; wide -= 4) {
        int length = signature + 4 + 2 * wide;
        if (length <= bytes.length && describes(entry, bytes, signature, wide)) {
          if (at + length == next) {
            return length;
          }
          matching = Math.max(matching, length);
        }
      }
    }
    if (matching < 0) {
      findings.contradiction(entry.name() + " has no data descriptor that agrees with it", at);
      return 0;
    }
    return matching;
  }

  private static boolean describes(ZipEntry entry, byte[] bytes, int from, int wide) {
    boolean big = wide == 8;
    long packed = big ? u8(bytes, from + 4) : u4(bytes, from + 4);
    long size = big ? u8(bytes, from + 12) : u4(bytes, from + 8);
    return u4(bytes, from) == entry.crc() && packed == entry.packed() && size == entry.size();
  }
}
