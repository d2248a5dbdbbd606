package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Looks at what files of one folder say of each other, such as a configuration that names code to
 * be loaded; found by {@link ServiceLoader}. Called before the files of the folder and of the
 * folders below it are read. Stateless and thread-safe.
 */
public interface FolderReader {
  /** Stable id; its rules are in the resource {@code rules/<id>.yaml}. */
  String id();

  /**
   * Looks at a folder.
   *
   * @throws IOException when it can't be read: noted on nothing, since each file is read later
   */
  void read(Folder folder) throws IOException;

  /** A folder as the walk found it. */
  interface Folder {
    /** Where it is. */
    Path path();

    /** Names of its regular files, in order. */
    List<String> files();

    /** Names of the folders in it, in order. */
    List<String> folders();

    /**
     * The bytes of a regular file at or below the folder, up to a limit; null where there is no
     * such file, or it is reached only by a link or by leaving the folder.
     */
    byte @org.jspecify.annotations.Nullable [] bytes(String relative, int limit) throws IOException;

    /** Charges an observation to a file at or below the folder, by its path relative to it. */
    void charge(String relative, Observation observation);
  }

  /** All on the class path. */
  static List<FolderReader> all() {
    return ServiceLoader.load(FolderReader.class, FolderReader.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(FolderReader::id))
        .toList();
  }
}
