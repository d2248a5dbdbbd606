package dev.redoubt.app.cli;

import java.nio.file.Path;

/**
 * Where Redoubt keeps what it makes: {@code .redoubt/} beside {@code redoubt.yaml}, else in the
 * working directory.
 *
 * @param base folder of {@code redoubt.yaml}, else the working directory
 */
record Workspace(Path base) {
  /** Names another working directory: a process cannot change its own. */
  static final String PROPERTY = "redoubt.workspace";

  /** The one of the working directory. */
  static Workspace here() {
    return new Workspace(Path.of(System.getProperty(PROPERTY, "")).toAbsolutePath());
  }

  /** The one beside a description. */
  static Workspace of(Path redoubtYaml) {
    Path parent = redoubtYaml.toAbsolutePath().normalize().getParent();
    return parent == null ? here() : new Workspace(parent);
  }

  /** Folder of the store. */
  Path folder() {
    return base.resolve(".redoubt");
  }

  /** Folder of all runs. */
  Path runs() {
    return folder().resolve("runs");
  }
}
