package dev.redoubt.inspect.artifact.internal.json;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Lists of names in a YAML resource of two levels: {@code group:} and {@code - name} below it. */
public final class NameLists {
  private final Map<String, Set<String>> groups = new HashMap<>();

  /** Reads a resource beside a class. */
  public NameLists(Class<?> beside, String resource) {
    try (InputStream in = beside.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the build");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      Set<String> names = new HashSet<>();
      String line;
      while ((line = reader.readLine()) != null) {
        if (line.startsWith("  - ")) {
          names.add(line.substring(4));
        } else if (line.endsWith(":") && !line.startsWith("#")) {
          names =
              groups.computeIfAbsent(line.substring(0, line.length() - 1), g -> new HashSet<>());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " can't be read from the jar", e);
    }
  }

  /** Says whether a group has a name. */
  public boolean has(String group, String name) {
    Set<String> names = groups.get(group);
    return names != null && names.contains(name);
  }

  /** Says whether there is such a group. */
  public boolean group(String group) {
    return groups.containsKey(group);
  }
}
