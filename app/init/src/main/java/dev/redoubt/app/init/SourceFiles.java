package dev.redoubt.app.init;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Walks a repository in a fixed order, within limits. Links are not followed, wherever they lead:
 * one could point at the home folder of whoever looks.
 */
final class SourceFiles {
  private static final Set<String> SKIPPED =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          "node_modules",
          "bower_components",
          "target",
          "build",
          "dist",
          "out",
          "venv",
          ".venv",
          "virtualenv",
          "site-packages",
          "__pycache__",
          ".tox",
          ".nox",
          ".mypy_cache",
          ".pytest_cache",
          ".ruff_cache",
          ".idea",
          ".vscode-test",
          ".gradle",
          ".mvn",
          ".next",
          ".nuxt",
          ".cache",
          "vendor",
          "coverage",
          ".terraform",
          ".redoubt",
          "redoubt-report");
  private static final Set<String> TESTS =
      Set.of("test", "tests", "__tests__", "spec", "testdata", "fixtures");
  private static final int SNIFFED = 8_192;

  private final Path root;
  private final ScanLimits limits;
  private final InstantSource clock;
  private final long deadline;
  private final Visitor visitor;
  private final Set<String> notes = new TreeSet<>();
  private int entries;
  private int files;
  private long bytes;

  /** Gets each file. */
  interface Visitor {
    /** Says whether the text of a file is wanted; told of every file. */
    boolean wants(String path);

    /** A file's text; bytes that are no UTF-8 are replaced. */
    void text(String path, String text);
  }

  SourceFiles(Path root, ScanLimits limits, InstantSource clock, Visitor visitor) {
    this.root = root;
    this.limits = limits;
    this.clock = clock;
    this.deadline = clock.millis() + limits.time().toMillis();
    this.visitor = visitor;
  }

  /**
   * Walks.
   *
   * @return how many files were read
   * @throws TargetUnreachableException where the root can't be read
   */
  int walk() {
    try {
      folder(root, "", 0);
    } catch (IOException | DirectoryIteratorException e) {
      throw new TargetUnreachableException(
          root + ": can't be read (" + e.getMessage() + "); check its permissions", e);
    }
    return files;
  }

  /** What was not looked at. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  private void folder(Path folder, String path, int depth) throws IOException {
    if (depth > limits.depth()) {
      notes.add("folders deeper than " + limits.depth() + " were not looked at");
      return;
    }
    for (Path entry : sorted(folder)) {
      if (isOver()) {
        return;
      }
      String name = String.valueOf(entry.getFileName());
      String inner = path.isEmpty() ? name : path + "/" + name;
      BasicFileAttributes attributes;
      try {
        attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (IOException e) {
        notes.add("some files could not be read");
        continue;
      }
      if (attributes.isDirectory()) {
        inner(entry, inner, name, depth);
      } else if (attributes.isRegularFile()) {
        file(entry, inner, attributes.size());
      } else {
        notes.add("links and special files were not followed");
      }
    }
  }

  private void inner(Path folder, String path, String name, int depth) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (SKIPPED.contains(lower)) {
      return;
    }
    if (TESTS.contains(lower)) {
      notes.add("folders of tests were not looked at");
      return;
    }
    try {
      folder(folder, path, depth + 1);
    } catch (IOException | DirectoryIteratorException e) {
      notes.add("some folders could not be read");
    }
  }

  private List<Path> sorted(Path folder) throws IOException {
    var all = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(folder)) {
      for (Path entry : stream) {
        if (++entries > limits.entries()) {
          notes.add("more than " + limits.entries() + " files: the rest was not looked at");
          break;
        }
        all.add(entry);
      }
    }
    Collections.sort(all);
    return all;
  }

  private boolean isOver() {
    if (files >= limits.files() || bytes >= limits.totalBytes()) {
      notes.add("too many files: the rest was not looked at");
      return true;
    }
    if (clock.millis() > deadline) {
      notes.add(
          "out of time after " + limits.time().toSeconds() + " s: the rest was not looked at");
      return true;
    }
    return false;
  }

  private void file(Path file, String path, long size) {
    if (!visitor.wants(path)) {
      return;
    }
    if (size > limits.fileBytes()) {
      notes.add("files larger than " + (limits.fileBytes() >> 10) + " KiB were not read");
      return;
    }
    String text = read(file);
    if (text != null) {
      files++;
      visitor.text(path, text);
    }
  }

  private @Nullable String read(Path file) {
    // Not by the size above: it may have grown, or be swapped for a link since.
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(limits.fileBytes());
      bytes += content.length;
      for (int i = 0; i < Math.min(SNIFFED, content.length); i++) {
        if (content[i] == 0) {
          return null; // Binary, whatever its name says.
        }
      }
      return new String(content, StandardCharsets.UTF_8);
    } catch (IOException e) {
      notes.add("some files could not be read");
      return null;
    }
  }
}
