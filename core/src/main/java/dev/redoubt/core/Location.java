package dev.redoubt.core;

/**
 * A place in a file of the user's, so that a code-scanning view has a line to show.
 *
 * @param file path relative to the folder of {@code redoubt.yaml}, with forward slashes
 * @param line counted from 1
 */
public record Location(String file, int line) {
  public Location {
    if (file.isBlank()) {
      throw new IllegalArgumentException("a location needs a file");
    }
    if (line < 1) {
      throw new IllegalArgumentException("line is counted from 1, not " + line);
    }
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
