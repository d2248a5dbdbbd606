package dev.redoubt.inspect.artifact.internal.sevenz;

import static dev.redoubt.inspect.artifact.internal.LittleEndian.u8;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.MemberNames;
import dev.redoubt.inspect.artifact.internal.SourceChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/** Reads 7z archives by commons-compress, member for member in their order. */
@AutoService(FormatReader.class)
public final class SevenZipReader implements FormatReader {
  private static final int START = 32;
  private static final int IN_MEMORY = 4 << 20;
  private static final int LINK = 0xa000;

  /** Made by {@link java.util.ServiceLoader}. */
  public SevenZipReader() {}

  @Override
  public String id() {
    return "sevenzip";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.startsWith('7', 'z', 0xbc, 0xaf, 0x27, 0x1c);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("7z archive");
    byte[] start = source.bytes(0, START);
    if (start.length < START) {
      throw new MalformedException("is cut off", source.size());
    }
    long end = START + u8(start, 12) + u8(start, 20);
    if (end != source.size()) {
      context.observe(
          EngineRules.MALFORMED,
          Verdict.UNPROVEN,
          "says that it ends at " + end + " and has " + source.size() + " bytes",
          12);
    }
    try (SevenZFile archive = open(source, context)) {
      members(source, archive, context);
    } catch (PasswordRequiredException e) {
      context.observe(EngineRules.ENCRYPTED, Verdict.INCOMPLETE, "is encrypted", -1);
    } catch (MemoryLimitException e) {
      throw new LimitException(String.valueOf(e.getMessage()));
    } catch (LimitException | MalformedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String message = String.valueOf(e.getMessage());
      if (!message.startsWith("Unsupported")) {
        throw new MalformedException("does not unpack: " + message, -1);
      }
      context.observe(
          EngineRules.NOT_PARSED,
          Verdict.INCOMPLETE,
          "is packed by a method that is not read: " + message,
          -1);
    }
  }

  private static SevenZFile open(ByteSource source, ReadContext context) throws IOException {
    return SevenZFile.builder()
        .setSeekableByteChannel(new SourceChannel(source))
        .setMaxMemoryLimitKiB(context.budget().limits().memory() >> 9)
        .setTryToRecoverBrokenArchives(false)
        .get();
  }

  private static void members(ByteSource source, SevenZFile archive, ReadContext context)
      throws IOException {
    Set<String> names = new HashSet<>();
    SevenZArchiveEntry entry;
    int index = 0;
    while ((entry = archive.getNextEntry()) != null) {
      int here = index++;
      String name = entry.getName() == null ? "(unnamed)" : entry.getName();
      String problem = MemberNames.problem(name);
      boolean link =
          entry.getHasWindowsAttributes() && (entry.getWindowsAttributes() >>> 16 & 0xf000) == LINK;
      if (problem != null || link) {
        context.observe(
            "inspect.artifact.sevenzip-escape",
            Verdict.UNPROVEN,
            "'" + name + "' " + (problem == null ? "is a link" : problem),
            -1);
      }
      if (!names.add(name)) {
        context.observe(
            EngineRules.MALFORMED, Verdict.UNPROVEN, "two members are named " + name, -1);
      }
      if (entry.isDirectory() || entry.isAntiItem()) {
        continue;
      }
      member(source, archive, entry, new Place(name, here), context);
    }
  }

  private record Place(String name, int index) {}

  private static void member(
      ByteSource source,
      SevenZFile archive,
      SevenZArchiveEntry entry,
      Place place,
      ReadContext context)
      throws IOException {
    if (!entry.hasStream()) {
      context.member(place.name(), ByteSource.of(new byte[0]));
      return;
    }
    try {
      if (entry.getSize() > IN_MEMORY) {
        // A large one is unpacked by its own reader, which may go through it again.
        context.member(place.name(), () -> reopened(source, place.index(), context), source.size());
        return;
      }
      var out = new ByteArrayOutputStream();
      byte[] chunk = new byte[1 << 14];
      int n;
      while ((n = archive.read(chunk)) >= 0) {
        context.budget().unpacked(n);
        context.budget().expanded(n);
        out.write(chunk, 0, n);
      }
      context.member(place.name(), ByteSource.of(out.toByteArray()));
    } catch (PasswordRequiredException e) {
      context.member(
          place.name(),
          new Observation(EngineRules.ENCRYPTED, Verdict.INCOMPLETE, "is encrypted", -1));
    }
  }

  private static InputStream reopened(ByteSource source, int index, ReadContext context)
      throws IOException {
    SevenZFile archive = open(source, context);
    SevenZArchiveEntry entry = archive.getNextEntry();
    for (int i = 0; i < index && entry != null; i++) {
      entry = archive.getNextEntry();
    }
    if (entry == null) {
      throw new MalformedException("has fewer members than before", -1);
    }
    return archive.getInputStream(entry);
  }
}
