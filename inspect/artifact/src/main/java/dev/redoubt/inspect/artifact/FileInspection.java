package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads one file that the walk found. */
final class FileInspection {
  private static final int CHUNK = 1 << 16;

  private final Budget budget;
  private final Predicate<String> known;

  /**
   * @param known says of a SHA-256 whether the file may be skipped
   */
  FileInspection(Budget budget, Predicate<String> known) {
    this.budget = budget;
    this.known = known;
  }

  /** Reads the file; null where its digest is known. */
  @Nullable FileResult inspect(Found found) {
    var collector = new Collector(budget, lastName(found.name()));
    found.charges().forEach(collector::observe);
    String digest = "";
    long size = 0;
    try {
      BasicFileAttributes before = attributes(found);
      size = before.size();
      try (FileChannel channel = FileChannel.open(found.path(), options(found))) {
        var source = new FileSource(channel, channel.size());
        if (Holes.makeMostOf(source)) {
          collector.observe(
              EngineRules.SPECIAL_FILE,
              Verdict.INCOMPLETE,
              "is sparse: nearly all of its " + source.size() + " bytes are holes; not read",
              -1);
          return result(found, collector, size, "");
        }
        digest = digest(source);
        if (known.test(digest)) {
          return null;
        }
        collector.collect(source);
      }
      if (changed(before, attributes(found))) {
        throw new ChangedException("changed while it was read");
      }
    } catch (ChangedException e) {
      digest = "";
      collector.observe(
          EngineRules.UNREADABLE, Verdict.INCOMPLETE, String.valueOf(e.getMessage()), -1);
    } catch (LimitException e) {
      digest = "";
      collector.observe(
          EngineRules.LIMIT, Verdict.INCOMPLETE, "not read to its end: " + e.getMessage(), -1);
    } catch (IOException e) {
      digest = "";
      collector.observe(EngineRules.UNREADABLE, Verdict.INCOMPLETE, words(e), -1);
    }
    return result(found, collector, size, digest);
  }

  static FileResult unread(Found found, Observation observation) {
    return new FileResult(
        found.name(), observation.verdict(), "", 0, "", List.of(observation), List.of(), List.of());
  }

  private static FileResult result(Found found, Collector collector, long size, String digest) {
    Collector.Members members = collector.members();
    var notes = new ArrayList<>(collector.notes());
    if (members.leftOut > 0) {
      notes.add(members.leftOut + " more members, all inert, are not listed");
    }
    return new FileResult(
        found.name(),
        collector.verdict().worst(members.worst),
        collector.format(),
        size,
        digest,
        collector.observations(),
        notes,
        members.list);
  }

  private static BasicFileAttributes attributes(Found found) throws IOException {
    return found.followed()
        ? Files.readAttributes(found.path(), BasicFileAttributes.class)
        : Files.readAttributes(found.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static java.util.Set<java.nio.file.OpenOption> options(Found found) {
    return found.followed()
        ? java.util.Set.of(StandardOpenOption.READ)
        : java.util.Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean changed(BasicFileAttributes a, BasicFileAttributes b) {
    return a.size() != b.size()
        || !a.lastModifiedTime().equals(b.lastModifiedTime())
        || !java.util.Objects.equals(a.fileKey(), b.fileKey());
  }

  private String digest(ByteSource source) throws IOException {
    MessageDigest sha = sha256();
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, source.size()))];
    long at = 0;
    int chunks = 0;
    while (at < source.size()) {
      int n = source.read(at, chunk, 0, chunk.length);
      sha.update(chunk, 0, n);
      at += n;
      if ((++chunks & 0xff) == 0) {
        budget.time();
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String words(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> "is no longer there";
      case AccessDeniedException denied -> "can't be read: permission denied";
      default -> "can't be read: " + e.getMessage();
    };
  }

  private static String lastName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /**
   * A file that the walk found.
   *
   * @param path where it is
   * @param name what to call it
   * @param followed whether it was named by the user, so that a link stands for its target
   * @param charges what other files of its folder say of it
   */
  record Found(Path path, String name, boolean followed, List<Observation> charges) {}
}
