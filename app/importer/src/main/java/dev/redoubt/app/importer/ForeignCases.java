package dev.redoubt.app.importer;

/**
 * Takes what a format reads.
 *
 * @since 0.1.0
 */
public interface ForeignCases {
  /** The tool that wrote the file, and its version where the file says. */
  void tool(String name, String version);

  /** What was attacked, in the tool's words. */
  void target(String name);

  /** Takes a case. */
  void add(ForeignCase one);

  /** Notes something that could not be read, in one line. */
  void problem(String line);
}
