package dev.redoubt.app.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Writes a report in one format; found by {@link ServiceLoader}. Stateless and thread-safe. The
 * same report gives the same bytes.
 */
public interface Reporter {

  /** Short name of the format, such as {@code html}. */
  String id();

  /** Name of the file that people and tools expect, such as {@code index.html}. */
  String fileName();

  /**
   * Writes the whole file.
   *
   * @param report what to write; every text of transcripts in it is untrusted
   * @param out where to write; flushed, not closed
   * @throws IOException when {@code out} does
   */
  void write(Report report, OutputStream out) throws IOException;

  /** All formats on the class path, by id. */
  static List<Reporter> all() {
    return ServiceLoader.load(Reporter.class, Reporter.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Reporter::id))
        .toList();
  }
}
