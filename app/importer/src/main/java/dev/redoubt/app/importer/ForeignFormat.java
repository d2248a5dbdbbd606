package dev.redoubt.app.importer;

import java.io.IOException;

/**
 * A file format of another tool; found by {@link java.util.ServiceLoader}. Stateless.
 *
 * @since 0.1.0
 */
public interface ForeignFormat {
  /** What messages call it, such as {@code garak report}. */
  String id();

  /**
   * Says whether a file looks like this format.
   *
   * @param head its first characters, at most 64 Ki
   */
  boolean recognises(String head);

  /**
   * Reads a file case by case.
   *
   * @throws IOException when it can't be read
   * @throws ForeignFileException when it is not what it looks like, or too large
   */
  void read(ForeignInput in, ForeignCases cases) throws IOException;
}
