package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u8;

import dev.redoubt.inspect.artifact.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an archive says that its directory is (APPNOTE 6.3.10, 4.3.14 to 4.3.16). Readers look for
 * it from the end of the file, each in its own way, so a second place where one may find it is a
 * contradiction.
 *
 * @param at offset of the end record
 * @param directory offset of the first entry of the directory
 * @param directorySize bytes of the directory
 * @param count number of entries
 * @param shift bytes by which all offsets are too small, because something was put in front
 * @param after offset of what comes after the end record and its comment
 * @param directoryEnd offset of what has to follow the directory
 */
record ZipEnd(
    long at,
    long directory,
    long directorySize,
    long count,
    long shift,
    long after,
    long directoryEnd) {
  static final int SIZE = 22;
  static final int LONGEST = SIZE + 0xffff;
  private static final int LOCATOR = 20;
  private static final int BIG = 56;
  private static final long SIGNATURE = 0x06054b50L;
  private static final long ENTRY = 0x02014b50L;
  private static final long ALL_ONES = 0xffff_ffffL;

  /** Whether an archive ends somewhere in the last bytes, by more than chance. */
  static boolean plausible(byte[] tail, long size) {
    for (int i = tail.length - SIZE; i >= 0; i--) {
      if (tail[i] == 'P' && u4(tail, i) == SIGNATURE && plausible(tail, i, size)) {
        return true;
      }
    }
    return false;
  }

  private static boolean plausible(byte[] tail, int i, long size) {
    long at = size - tail.length + i;
    int disk = u2(tail, i + 4);
    boolean disks = (disk == 0 || disk == 0xffff) && u2(tail, i + 6) == disk;
    long length = u4(tail, i + 12);
    boolean inside = length == ALL_ONES || length <= at;
    return disks && inside && u2(tail, i + 8) == u2(tail, i + 10);
  }

  /** Finds the end; null where there is none. */
  static @Nullable ZipEnd find(ByteSource source, ZipFindings findings) throws IOException {
    int length = (int) Math.min(LONGEST, source.size());
    byte[] tail = source.bytes(source.size() - length, length);
    long base = source.size() - length;
    List<Integer> ends = new ArrayList<>();
    for (int i = tail.length - SIZE; i >= 0; i--) {
      if (tail[i] == 'P' && u4(tail, i) == SIGNATURE) {
        ends.add(i);
      }
    }
    if (ends.isEmpty()) {
      return null;
    }
    int chosen = ends.getFirst();
    for (int i : ends) {
      if (exact(tail, i)) {
        chosen = i;
        break;
      }
    }
    ZipEnd end = at(source, tail, chosen, base, findings);
    for (int i : ends) {
      // An earlier one may belong to an archive that is a member; one that a reader would take for
      // the end of this archive, or that lies behind the directory, does not.
      boolean rival = i > chosen || (i < chosen && (exact(tail, i) || base + i >= end.directory()));
      if (rival) {
        findings.contradiction("a second end of the archive", base + i);
      }
    }
    return end;
  }

  private static boolean exact(byte[] tail, int i) {
    return i + SIZE + u2(tail, i + 20) == tail.length;
  }

  private static ZipEnd at(ByteSource source, byte[] tail, int i, long base, ZipFindings findings)
      throws IOException {
    long at = base + i;
    long count = u2(tail, i + 10);
    long size = u4(tail, i + 12);
    long offset = u4(tail, i + 16);
    long directoryEnd = at;
    int disk = u2(tail, i + 4) | u2(tail, i + 6);
    if ((disk != 0 && disk != 0xffff) || u2(tail, i + 8) != u2(tail, i + 10)) {
      findings.contradiction("says that it is a part of several disks", at);
    }
    byte[] locator = at < LOCATOR ? new byte[0] : source.bytes(at - LOCATOR, LOCATOR);
    if (locator.length == LOCATOR && u4(locator, 0) == 0x07064b50L) {
      long bigAt = bigAt(source, at, u8(locator, 8), findings);
      if (bigAt >= 0) {
        byte[] big = source.bytes(bigAt, BIG);
        long[] wide = {u8(big, 32), u8(big, 40), u8(big, 48)};
        if (differs(count, 0xffff, wide[0])
            || differs(size, ALL_ONES, wide[1])
            || differs(offset, ALL_ONES, wide[2])) {
          findings.contradiction("its two ends, of 32 and of 64 bits, contradict each other", at);
        }
        if (u8(big, 24) != wide[0] || u4(big, 16) != 0 || u4(big, 20) != 0) {
          findings.contradiction("says that it is a part of several disks", bigAt);
        }
        count = wide[0];
        size = wide[1];
        offset = wide[2];
        directoryEnd = bigAt;
      }
    } else if (size == ALL_ONES || offset == ALL_ONES) {
      findings.contradiction("refers to an end of 64 bits that is not there", at);
    }
    return directory(source, findings, at, new long[] {offset, size, count}, directoryEnd)
        .withAfter(at + SIZE + u2(tail, i + 20), source.size(), findings);
  }

  private static boolean differs(long narrow, long ones, long wide) {
    return narrow != ones && narrow != wide;
  }

  /**
   * The record of 64 bits: where the locator says, or right before it where something was put in
   * front.
   */
  private static long bigAt(ByteSource source, long at, long said, ZipFindings findings)
      throws IOException {
    long before = at - LOCATOR - BIG;
    for (long candidate : new long[] {said, before}) {
      byte[] big = candidate < 0 ? new byte[0] : source.bytes(candidate, BIG);
      if (big.length == BIG && u4(big, 0) == 0x06064b50L) {
        if (candidate != said) {
          findings.prefix("the end of 64 bits is not where its locator says", candidate);
        }
        if (candidate + 12 + u8(big, 4) != at - LOCATOR) {
          findings.contradiction("bytes between the ends of 64 and 32 bits", candidate);
        }
        return candidate;
      }
    }
    findings.contradiction("the end of 64 bits is not where its locator says", at - LOCATOR);
    return -1;
  }

  private static ZipEnd directory(
      ByteSource source, ZipFindings findings, long at, long[] said, long directoryEnd)
      throws IOException {
    long offset = said[0];
    long size = said[1];
    long from = directoryEnd - size;
    boolean fits = size >= 0 && from >= 0;
    if (fits && (from == offset || said[2] == 0 || entryAt(source, from))) {
      if (from != offset && said[2] > 0 && entryAt(source, offset)) {
        findings.contradiction("two places may be its directory", from);
      }
      return new ZipEnd(at, from, size, said[2], from - offset, at, directoryEnd);
    }
    findings.contradiction(
        "its directory of " + size + " bytes at " + offset + " is not before its end", at);
    boolean there = offset >= 0 && offset < at && entryAt(source, offset);
    long start = there ? offset : at;
    return new ZipEnd(at, start, at - start, said[2], 0, at, at);
  }

  private static boolean entryAt(ByteSource source, long offset) throws IOException {
    byte[] head = offset < 0 ? new byte[0] : source.bytes(offset, 4);
    return head.length == 4 && u4(head, 0) == ENTRY;
  }

  private ZipEnd withAfter(long end, long size, ZipFindings findings) {
    if (end > size) {
      findings.contradiction("its comment reaches beyond the end of the file", at);
    }
    return new ZipEnd(
        at, directory, directorySize, count, shift, Math.min(end, size), directoryEnd);
  }
}
