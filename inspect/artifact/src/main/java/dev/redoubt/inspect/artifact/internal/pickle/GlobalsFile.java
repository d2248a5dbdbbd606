package dev.redoubt.inspect.artifact.internal.pickle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A list of globals: YAML of one shape, {@code module:} and below it {@code name: words}. It is
 * read line by line, since a YAML parser would take longer than most scans; a test holds both
 * readings against each other.
 */
final class GlobalsFile {
  private GlobalsFile() {}

  /**
   * Adds what a resource says.
   *
   * @param modules words by name, by module; what comes later counts more
   */
  static void addTo(Map<String, Map<String, String>> modules, String resource) {
    try (InputStream in = GlobalsFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the build");
      }
      read(modules, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " can't be read from the jar", e);
    }
  }

  private static void read(Map<String, Map<String, String>> modules, BufferedReader reader)
      throws IOException {
    Map<String, String> names = new HashMap<>();
    String line;
    while ((line = reader.readLine()) != null) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.charAt(0) != ' ') {
        names = modules.computeIfAbsent(line.substring(0, line.length() - 1), m -> new HashMap<>());
      } else {
        int colon = line.indexOf(": ");
        names.put(line.substring(2, colon), line.substring(colon + 2));
      }
    }
  }
}
