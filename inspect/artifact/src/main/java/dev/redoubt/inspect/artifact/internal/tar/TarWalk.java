package dev.redoubt.inspect.artifact.internal.tar;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.MemberNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through an archive from header to header. */
final class TarWalk {
  private static final String ESCAPE = "inspect.artifact.tar-escape";
  private static final int LONGEST_TEXT = 1 << 20;
  private static final int BLOCK = TarHeader.BLOCK;
  private static final int IN_MEMORY = 1 << 20;

  private final ByteSource source;
  private final ReadContext context;
  private final Set<String> names = new HashSet<>();
  private final Set<String> links = new HashSet<>();
  private final Map<String, String> global = new HashMap<>();
  private Map<String, String> pax = Map.of();
  private @Nullable String longName;
  private @Nullable String longLink;
  private long at;

  TarWalk(ByteSource source, ReadContext context) {
    this.source = source;
    this.context = context;
  }

  void run() throws IOException {
    while (at < source.size()) {
      byte[] block = source.bytes(at, BLOCK);
      if (block.length < BLOCK) {
        malformed("is cut off in a header", at);
        return;
      }
      if (allZero(block)) {
        end();
        return;
      }
      if (!TarHeader.sums(block)) {
        malformed(
            at == 0 ? "its first header has a wrong checksum" : "a header has a wrong checksum",
            at);
        // Some readers don't look at it.
        if (at > 0) {
          context.member("(at " + at + ")", source.slice(at, source.size() - at));
          return;
        }
      }
      if (!entry(TarHeader.of(block, at))) {
        return;
      }
    }
    context.note("ends without the two empty blocks that mark an end");
  }

  /** Reads one entry; false where nothing can be read after it. */
  private boolean entry(TarHeader header) throws IOException {
    long data = at + BLOCK;
    long size = size(header);
    if (size > source.size() - data) {
      malformed(
          "'"
              + header.name()
              + "' says "
              + size
              + " bytes where "
              + (source.size() - data)
              + " are left",
          at);
      size = source.size() - data;
    }
    long stop = data + size;
    switch (header.type()) {
      case 'x', 'X' -> pax = PaxRecords.parse(text(data, size), data);
      case 'g' -> global.putAll(PaxRecords.parse(text(data, size), data));
      case 'L' -> longName = cut(text(data, size));
      case 'K' -> longLink = cut(text(data, size));
      default -> {
        stop = member(header, data, size);
        pax = Map.of();
        longName = null;
        longLink = null;
      }
    }
    long padded = (stop + BLOCK - 1) / BLOCK * BLOCK;
    if (padded > stop
        && padded <= source.size()
        && !allZero(source.bytes(stop, (int) (padded - stop)))) {
      // Some writers leave there what was in their buffer; loaders never look at it.
      context.note("padding that is not zero");
    }
    at = padded;
    return at <= source.size();
  }

  private @Nullable String of(String key) {
    String own = pax.get(key);
    return own == null ? global.get(key) : own;
  }

  private long size(TarHeader header) throws MalformedException {
    boolean folderOrLink = "123456".indexOf(header.type()) >= 0;
    String said = "xgXLK".indexOf(header.type()) >= 0 ? null : of("size");
    if (said == null) {
      return folderOrLink && header.type() != '1' ? 0 : header.type() == '1' ? 0 : header.size();
    }
    try {
      long size = Long.parseLong(said);
      // Readers that do not know pax headers take the other one, and go on somewhere else.
      if (size < 0 || (header.size() != size && header.size() != 0 && header.size() < 1L << 33)) {
        malformed("its extended header says " + said + " bytes, its header " + header.size(), at);
      }
      return Math.max(0, size);
    } catch (NumberFormatException e) {
      throw new MalformedException("a size that is no number: " + said, at);
    }
  }

  private long member(TarHeader header, long data, long size) throws IOException {
    String name = name(header);
    String problem = MemberNames.problem(name);
    if (problem != null && !problem.contains("backslash")) {
      escape("'" + name + "' " + problem);
    }
    String clean = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    below(clean);
    switch (header.type()) {
      case '1', '2' -> {
        String paxLink = of("linkpath");
        link(
            clean,
            header.type() == '2',
            longLink != null ? longLink : paxLink != null ? paxLink : header.link());
      }
      case '3', '4', '6' -> escape("'" + name + "' is a device or a pipe");
      case '5' -> names.add(clean + "/");
      case '0', '7', 'S' -> {
        if (!names.add(clean)) {
          malformed("two members are named " + name, at);
        }
        return file(header, name, data, size);
      }
      case 'V', 'M', 'D', 'N' -> context.note("'" + name + "' is of the GNU kind " + header.type());
      default ->
          malformed("'" + name + "' is of the unknown kind " + Integer.toString(header.type()), at);
    }
    return data + size;
  }

  private String name(TarHeader header) {
    String sparse = of("GNU.sparse.name");
    String path = of("path");
    String name = longName;
    if (name == null) {
      name = sparse != null ? sparse : path != null ? path : header.name();
    }
    return name.startsWith("./") && name.length() > 2 ? name.substring(2) : name;
  }

  private long file(TarHeader header, String name, long data, long size) throws IOException {
    boolean oldSparse = header.type() == 'S';
    String realSize = of("GNU.sparse.realsize");
    String plainSize = realSize == null ? of("GNU.sparse.size") : realSize;
    if (!oldSparse && plainSize == null && of("GNU.sparse.major") == null) {
      if (name.endsWith("/")) {
        malformed("'" + name + "' is named as a folder and has data", at);
      }
      context.member(name, held(data, size));
      return data + size;
    }
    SparseMap map =
        oldSparse
            ? SparseMap.gnu(source, at, data)
            : SparseMap.pax(source, data, size, of("GNU.sparse.map"), plainSize);
    long packedFrom = map.from();
    long held = oldSparse ? size : size - (packedFrom - data);
    if (!map.fits(held)) {
      malformed("'" + name + "' has a map of holes that contradicts its size", at);
      context.member(name, source.slice(data, size));
    } else {
      context.member(
          name, map.over(source.slice(packedFrom, Math.min(held, source.size() - packedFrom))));
    }
    return oldSparse ? packedFrom + size : data + size;
  }

  /** Small members are held, so that readers go to and fro in them and not in a packed archive. */
  private ByteSource held(long data, long size) throws IOException {
    return size <= IN_MEMORY
        ? ByteSource.of(source.bytes(data, (int) size))
        : source.slice(data, size);
  }

  private void link(String name, boolean symbolic, String target) throws IOException {
    context.budget().entry();
    boolean leaves =
        symbolic ? MemberNames.leaves(name, target) : MemberNames.problem(target) != null;
    if (leaves) {
      escape("'" + name + "' is a link that leads out of the archive, to " + target);
    }
    if (symbolic) {
      links.add(name);
    }
    if (!names.add(name)) {
      malformed("two members are named " + name, at);
    }
  }

  /** A file that is unpacked through a link of the same archive lands where the link leads. */
  private void below(String name) {
    int slash = name.indexOf('/');
    while (slash > 0) {
      if (links.contains(name.substring(0, slash))) {
        escape("'" + name + "' is unpacked through a link of the archive");
        return;
      }
      slash = name.indexOf('/', slash + 1);
    }
    if (links.contains(name)) {
      escape("'" + name + "' is unpacked over a link of the archive");
    }
  }

  private byte[] text(long data, long size) throws IOException {
    if (size > LONGEST_TEXT) {
      throw new LimitException("an extended header of " + size + " bytes");
    }
    return source.bytes(data, (int) size);
  }

  private static String cut(byte[] text) {
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }

  /**
   * After the two empty blocks there is only padding, also where tapes are written block by block.
   */
  private void end() throws IOException {
    byte[] chunk = new byte[1 << 16];
    long position = at;
    int n;
    while ((n = source.read(position, chunk, 0, chunk.length)) >= 0) {
      for (int i = 0; i < n; i++) {
        if (chunk[i] != 0) {
          long from = (position + i) / BLOCK * BLOCK;
          malformed(source.size() - from + " bytes after the end of the archive", from);
          context.member("(after the end)", source.slice(from, source.size() - from));
          return;
        }
      }
      position += n;
      context.budget().time();
    }
    if (position - at < 2L * BLOCK) {
      context.note("ends with one empty block instead of two");
    }
  }

  private static boolean allZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private void malformed(String what, long offset) {
    context.observe(new Observation(EngineRules.MALFORMED, Verdict.UNPROVEN, what, offset));
  }

  private void escape(String what) {
    context.observe(ESCAPE, Verdict.UNPROVEN, what, at);
  }
}
