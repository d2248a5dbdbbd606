package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for files that carry an attempt's marker, in their name or in their content, around the
 * folder that the system may write to. Links are not followed, and what is read is bounded.
 */
final class WatchedFolder {
  private static final int DEEPEST = 12;
  private static final int MOST_FILES = 50_000;
  private static final int MOST_BYTES = 64 * 1024;

  private final Path folder;
  private final Path outside;

  private WatchedFolder(Path folder, Path outside) {
    this.folder = folder;
    this.outside = outside;
  }

  /** What a file was like when it was seen. */
  private record Seen(FileTime changed, long size) {}

  /** The files that carry a marker at a moment. */
  record Snapshot(String marker, Map<Path, Seen> files) {}

  /** Folders of a description, relative to its own. */
  static WatchedFolder of(Path base, GroundTruth.Files files) throws AnswerPage.Unseen {
    return new WatchedFolder(real(base, files.folder()), real(base, files.outside()));
  }

  private static Path real(Path base, String name) throws AnswerPage.Unseen {
    try {
      return base.resolve(name).toRealPath();
    } catch (IOException e) {
      throw new AnswerPage.Unseen(
          "groundTruth.files names a folder that can't be read: "
              + name
              + "; create it, or mend it");
    }
  }

  /** Looks before a call: what lies there already is not its doing. */
  Snapshot look(String marker) throws AnswerPage.Unseen {
    var found = new HashMap<Path, Seen>();
    try {
      Files.walkFileTree(
          outside, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new Visitor(marker, found));
    } catch (IOException e) {
      throw new AnswerPage.Unseen(
          "the folder around " + folder.getFileName() + " can't be read: " + e.getMessage());
    }
    return new Snapshot(marker, found);
  }

  /** Files that appeared or changed since then, relative to the folder around. */
  List<String> since(Snapshot before) throws AnswerPage.Unseen {
    return look(before.marker()).files().entrySet().stream()
        .filter(e -> !e.getValue().equals(before.files().get(e.getKey())))
        .map(e -> outside.relativize(e.getKey()).toString())
        .sorted()
        .toList();
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final String marker;
    private final Map<Path, Seen> found;
    private int visited;

    Visitor(String marker, Map<Path, Seen> found) {
      this.marker = marker;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      // Where the system may write nothing is amiss.
      return path.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (++visited > MOST_FILES) {
        throw new IOException("more than " + MOST_FILES + " files: name a smaller outside");
      }
      // What lies deeper is not looked at, and that must not read as safety.
      if (attributes.isDirectory()) {
        throw new IOException(
            "more than " + DEEPEST + " folders below one another: name a smaller outside");
      }
      if (attributes.isRegularFile() && carries(path)) {
        found.put(path, new Seen(attributes.lastModifiedTime(), attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
      // Files come and go while we look.
      return FileVisitResult.CONTINUE;
    }

    private boolean carries(Path path) {
      if (path.getFileName().toString().contains(marker)) {
        return true;
      }
      try (var in = Files.newInputStream(path)) {
        // Bytes as letters: the marker is plain ASCII.
        return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1).contains(marker);
      } catch (IOException unreadable) {
        return false;
      }
    }
  }
}
