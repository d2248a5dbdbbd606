package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder of the walk, for those who look at what its files say of each other. */
record SeenFolder(Path path, List<String> files, List<String> folders, Charges charges)
    implements FolderReader.Folder {
  SeenFolder {
    files = List.copyOf(files);
    folders = List.copyOf(folders);
  }

  @Override
  public byte @Nullable [] bytes(String relative, int limit) throws IOException {
    Path file = below(relative);
    if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (InputStream in =
        Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(limit);
    }
  }

  @Override
  public void charge(String relative, Observation observation) {
    Path file = below(relative);
    if (file != null) {
      charges.add(file, observation);
    }
  }

  /** Charges the files that can be named here with what kept the folder from being read. */
  void unread(IOException e) {
    for (String file : files) {
      charge(
          file,
          new Observation(
              EngineRules.UNREADABLE,
              Verdict.INCOMPLETE,
              "its folder can't be looked at: " + e.getMessage(),
              -1));
    }
  }

  /** Names come from configurations of strangers: none leads out, by dots or by a link. */
  private @Nullable Path below(String relative) {
    try {
      Path file = path.resolve(relative).normalize();
      if (!file.startsWith(path) || file.equals(path)) {
        return null;
      }
      Path parent = file.getParent();
      return parent != null && Files.exists(parent) && parent.toRealPath().equals(parent)
          ? file
          : null;
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }
}
