package dev.redoubt.inspect.artifact.internal.zip;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u4;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.MemberNames;
import dev.redoubt.inspect.artifact.internal.tar.TarReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Zip archives the ways that different readers do, by their directory and from local header
 * to local header, and says where these disagree. PyTorch's files and Java's archives are such.
 */
@AutoService(FormatReader.class)
public final class ZipReader implements FormatReader {
  /** Members that run where the archive is put on a path: see the reader of code. */
  private static final String CODE = "loaded-code";

  private static final int PIECE = 1 << 16;

  /** Hidden entries that are looked for; each is told of as part of its gap all the same. */
  private static final int MAX_HIDDEN = 64;

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
    // The last member of a tar may be a Zip archive, whose end is then near the end of the tar; and
    // to look at the end of each storage in a packed stream is to unpack it once more.
    return !TarReader.looksLike(head)
        && !isStorage(name)
        && ZipEnd.plausible(head.tail(ZipEnd.LONGEST), head.size());
  }

  /** PyTorch names storages by numbers; nobody opens one as an archive. */
  private static boolean isStorage(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    var findings = new ZipFindings(context);
    ZipEnd end = ZipEnd.find(source, findings);
    if (end == null) {
      context.format("Zip archive");
      findings.contradiction("a Zip archive without an end", source.size());
      hidden(source, context, new ZipLayout.Gap(0, source.size()));
      return;
    }
    List<ZipEntry> entries = new ZipDirectory(source, end, findings).read(context.budget());
    String[] hints = hints(entries, context);
    names(entries, findings);
    var layout = new ZipLayout(source, findings);
    layout.lay(entries, end.directory());
    ends(source, context, end, findings);
    var members = new ZipMembers(source, context, findings, hints);
    for (ZipEntry entry : entries) {
      members.read(entry, layout.place(entry));
    }
    for (ZipLayout.Gap gap : layout.gaps()) {
      hidden(source, context, gap);
    }
  }

  private static String[] hints(List<ZipEntry> entries, ReadContext context) {
    boolean torch = entries.stream().anyMatch(e -> MemberNames.last(e.name()).equals("data.pkl"));
    boolean script =
        entries.stream().anyMatch(e -> MemberNames.last(e.name()).equals("constants.pkl"));
    boolean handler =
        entries.stream().anyMatch(e -> e.name().equalsIgnoreCase("MAR-INF/MANIFEST.json"));
    if (torch) {
      context.format(script ? "TorchScript" : "PyTorch");
      return script
          ? new String[] {ReadContext.TORCH, "torchscript"}
          : new String[] {ReadContext.TORCH};
    }
    context.format(handler ? "TorchServe archive" : "Zip archive");
    return handler ? new String[] {CODE} : new String[0];
  }

  private static void names(List<ZipEntry> entries, ZipFindings findings) {
    Map<String, String> seen = new HashMap<>();
    for (ZipEntry entry : entries) {
      String name = entry.name();
      // Python cuts a name at a zero byte, and readers on Windows turn backslashes around.
      int zero = name.indexOf('\0');
      String known = (zero < 0 ? name : name.substring(0, zero)).replace('\\', '/');
      if (seen.put(known, name) != null) {
        findings.contradiction("two entries are named " + name, entry.header());
      } else if (seen.containsKey(known + "/") || seen.containsKey(cut(known))) {
        findings.contradiction(name + " is a file and a folder", entry.header());
      }
      String problem = MemberNames.problem(name);
      if (problem != null) {
        findings.escape("'" + name + "' " + problem, entry.header());
      }
      if (entry.link()) {
        findings.escape("'" + name + "' is a link", entry.header());
      }
    }
  }

  private static String cut(String folder) {
    return folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : "\0";
  }

  private static void ends(ByteSource source, ReadContext context, ZipEnd end, ZipFindings findings)
      throws IOException {
    if (end.shift() != 0) {
      findings.prefix(
          "its offsets are "
              + end.shift()
              + " bytes off, as where something was put in front of the archive",
          end.directory());
    }
    long directoryStop = end.directory() + end.directorySize();
    if (directoryStop < end.directoryEnd()) {
      findings.prefix(
          end.directoryEnd() - directoryStop + " bytes after the directory", directoryStop);
    }
    if (end.after() < source.size()) {
      findings.prefix(
          source.size() - end.after() + " bytes after the end of the archive", end.after());
      context.member("(after the end)", source.slice(end.after(), source.size() - end.after()));
    }
  }

  /** Reads what no entry of the directory has: as bytes, and as entries that only stand there. */
  private static void hidden(ByteSource source, ReadContext context, ZipLayout.Gap gap)
      throws IOException {
    ByteSource bytes = source.slice(gap.from(), gap.to() - gap.from());
    Head head = new Head(bytes);
    if (!head.startsWith('P', 'K', 3, 4) && gap.to() - gap.from() < source.size()) {
      context.member("(at " + gap.from() + ")", bytes);
    }
    int found = 0;
    for (long at = 0; at >= 0 && found < MAX_HIDDEN; found++) {
      at = next(bytes, at, context);
      if (at >= 0) {
        at = new HiddenEntry(bytes, context, gap.from()).read(at);
      }
    }
  }

  /** Offset of the next local header; -1 where there is none. */
  private static long next(ByteSource bytes, long from, ReadContext context) throws IOException {
    long at = from;
    while (at < bytes.size()) {
      byte[] piece = bytes.bytes(at, PIECE);
      for (int i = 0; i + 4 <= piece.length; i++) {
        if (piece[i] == 'P' && u4(piece, i) == ZipLayout.LOCAL) {
          return at + i;
        }
      }
      if (piece.length < PIECE) {
        return -1;
      }
      context.budget().time();
      at += PIECE - 3;
    }
    return -1;
  }
}
