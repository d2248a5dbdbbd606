package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks files and folders in order of name, one folder in memory at a time. Links below a folder
 * are never followed: one that stays in the tree is left to the file that it leads to, any other is
 * an entry that could not be read.
 */
final class TreeWalk {
  /** Takes what the walk finds. */
  interface Visitor {
    void file(FileInspection.Found found);

    void unread(FileInspection.Found found, Observation observation);
  }

  private final Visitor visitor;
  private final Charges charges = new Charges();
  private final List<FolderReader> folderReaders = FolderReader.all();

  TreeWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Walks what the user named; a link that is named stands for its target. */
  void walk(Path start) {
    String name = slashed(start.toString());
    try {
      BasicFileAttributes attributes = Files.readAttributes(start, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        folders(start.toRealPath(), name);
      } else if (attributes.isRegularFile()) {
        visitor.file(new FileInspection.Found(start, name, true, List.of()));
      } else {
        unread(start, name, EngineRules.SPECIAL_FILE, "is a pipe, a socket or a device");
      }
    } catch (IOException e) {
      unread(start, name, EngineRules.UNREADABLE, words(e, start));
    }
  }

  private record Pending(Path folder, String name) {}

  private void folders(Path root, String rootName) {
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(root, rootName));
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      List<Path> entries = entries(next);
      var files = new ArrayList<Path>();
      var folders = new ArrayList<Path>();
      for (Path entry : entries) {
        sort(root, next, entry, files, folders);
      }
      if (!folderReaders.isEmpty()) {
        look(next.folder(), files, folders);
      }
      for (Path file : files) {
        file(next, file);
      }
      for (Path folder : folders.reversed()) {
        pending.push(new Pending(folder, join(next.name(), folder)));
      }
    }
  }

  /** Names in order; what can't be listed is one entry. */
  private List<Path> entries(Pending folder) {
    var entries = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder.folder())) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      IOException cause = e.getCause();
      unread(
          folder.folder(),
          folder.name(),
          EngineRules.UNREADABLE,
          cause == null ? "can't be listed" : words(cause, null));
    } catch (IOException e) {
      unread(folder.folder(), folder.name(), EngineRules.UNREADABLE, words(e, folder.folder()));
    }
    entries.sort(null);
    return entries;
  }

  private void sort(Path root, Pending folder, Path entry, List<Path> files, List<Path> folders) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isRegularFile()) {
        files.add(entry);
      } else if (attributes.isDirectory()) {
        folders.add(entry);
      } else if (attributes.isSymbolicLink()) {
        link(root, folder, entry);
      } else {
        unread(
            entry,
            join(folder.name(), entry),
            EngineRules.SPECIAL_FILE,
            "is a pipe, a socket or a device");
      }
    } catch (IOException e) {
      unread(entry, join(folder.name(), entry), EngineRules.UNREADABLE, words(e, entry));
    }
  }

  private void link(Path root, Pending folder, Path entry) {
    String problem;
    try {
      problem =
          entry.toRealPath().startsWith(root) ? null : "is a link that leads out of the folder";
    } catch (NoSuchFileException e) {
      problem = "is a link that leads nowhere";
    } catch (IOException e) {
      problem = "is a link that can't be followed: it may lead in a circle";
    }
    if (problem != null) {
      unread(entry, join(folder.name(), entry), EngineRules.SPECIAL_FILE, problem);
    }
  }

  private void file(Pending folder, Path file) {
    List<Observation> charged = charges.take(file);
    String name = FileNames.utf8(file);
    if (name == null) {
      var all = new ArrayList<>(charged);
      all.add(
          new Observation(
              EngineRules.UNREADABLE,
              Verdict.INCOMPLETE,
              "has a name that is not UTF-8, so that a report can't name it",
              -1));
      charged = all;
    }
    visitor.file(new FileInspection.Found(file, join(folder.name(), file), false, charged));
  }

  private void look(Path folder, List<Path> files, List<Path> folders) {
    var seen = new SeenFolder(folder, names(files), names(folders), charges);
    for (FolderReader reader : folderReaders) {
      try {
        reader.read(seen);
      } catch (IOException e) {
        // Each file of the folder is read later, and says there that it can't be.
        seen.unread(e);
      }
    }
  }

  private static List<String> names(List<Path> paths) {
    return paths.stream()
        .map(FileNames::utf8)
        .filter(java.util.Objects::nonNull)
        .map(java.util.Objects::requireNonNull)
        .toList();
  }

  private void unread(Path path, String name, String rule, String what) {
    visitor.unread(
        new FileInspection.Found(path, name, false, List.of()),
        new Observation(rule, Verdict.INCOMPLETE, what, -1));
  }

  private static String join(String folder, Path entry) {
    String name = FileNames.utf8(entry);
    String last = name == null ? String.valueOf(entry.getFileName()) : name;
    return folder.endsWith("/") ? folder + last : folder + "/" + last;
  }

  private static String slashed(String path) {
    return java.io.File.separatorChar == '/' ? path : path.replace('\\', '/');
  }

  private static String words(IOException e, @Nullable Path path) {
    return switch (e) {
      case NoSuchFileException missing -> "no such file or folder";
      case AccessDeniedException denied -> "can't be read: permission denied";
      default -> {
        String message = String.valueOf(e.getMessage());
        yield "can't be read: " + (path == null ? message : message.replace(path + ": ", ""));
      }
    };
  }
}
