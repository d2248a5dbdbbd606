package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u2;
import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The central directory of an archive (APPNOTE 6.3.10, 4.3.12). */
final class ZipDirectory {
  static final long ENTRY = 0x02014b50L;
  private static final int HEAD = 46;

  private final ByteSource source;
  private final ZipEnd end;
  private final ZipFindings findings;

  ZipDirectory(ByteSource source, ZipEnd end, ZipFindings findings) {
    this.source = source;
    this.end = end;
    this.findings = findings;
  }

  List<ZipEntry> read(Budget budget) throws IOException {
    // An entry takes some five times its bytes in memory.
    if (end.directorySize() > budget.limits().memory()) {
      throw new LimitException("its directory has " + end.directorySize() + " bytes");
    }
    var entries = new ArrayList<ZipEntry>();
    long at = end.directory();
    long stop = end.directory() + end.directorySize();
    while (at < stop) {
      byte[] head = source.bytes(at, HEAD);
      if (head.length < HEAD || u4(head, 0) != ENTRY) {
        findings.contradiction((stop - at) + " bytes of its directory are no entry", at);
        break;
      }
      int length = u2(head, 28) + u2(head, 30) + u2(head, 32);
      byte[] rest = source.bytes(at + HEAD, length);
      if (rest.length < length || at + HEAD + length > stop) {
        findings.contradiction("an entry reaches beyond the end of the directory", at);
        break;
      }
      long here = at;
      var problems = new ArrayList<String>();
      ZipEntry entry = ZipEntry.central(head, rest, end.shift(), problems::add);
      problems.forEach(what -> findings.contradiction(entry.name() + " " + what, here));
      if (u2(head, 34) != 0 && u2(head, 34) != 0xffff) {
        findings.contradiction(entry.name() + " says that it is on another disk", at);
      }
      entries.add(entry);
      at += HEAD + length;
    }
    if (entries.size() != end.count()) {
      findings.contradiction(
          "its end says " + end.count() + " entries, its directory has " + entries.size(),
          end.at());
    }
    return entries;
  }
}
