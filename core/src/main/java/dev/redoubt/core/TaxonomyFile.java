package dev.redoubt.core;

import dev.redoubt.core.Taxonomy.Entry;
import dev.redoubt.core.Taxonomy.Framework;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One framework as its resources hold it: lines {@code # key: value}, a head line, and {@code
 * id,edition,verified,title}, where only the last column may be quoted.
 *
 * @param framework name and notice; absent when there is no such resource
 * @param example an id that is well formed
 * @param entries by id, in order
 * @param retired replacement by bare id, empty where there is none
 */
record TaxonomyFile(
    @Nullable Framework framework,
    String example,
    Map<String, Entry> entries,
    Map<String, String> retired) {

  static TaxonomyFile read(String key) {
    var head = new HashMap<String, String>();
    var entries = new LinkedHashMap<String, Entry>();
    for (String line : lines(key, head)) {
      String[] cells = cells(line, 4);
      var reference = new Reference(key, cells[0]);
      entries.put(
          cells[0], new Entry(reference, cells[1], unquote(cells[3]), cells[2].equals("yes")));
    }
    var retired = new HashMap<String, String>();
    if (!entries.isEmpty()) {
      for (String line : lines(key + "-retired", new HashMap<>())) {
        String[] cells = cells(line, 3);
        retired.put(cells[0], cells[2]);
      }
    }
    Framework framework =
        entries.isEmpty()
            ? null
            : new Framework(key, head.getOrDefault("name", key), head.getOrDefault("notice", ""));
    return new TaxonomyFile(
        framework,
        head.getOrDefault("example", ""),
        Collections.unmodifiableMap(entries),
        Map.copyOf(retired));
  }

  /** Says why a reference that is not among the entries is refused. */
  String refusal(Reference reference) {
    String id = reference.id();
    if (framework == null) {
      return "no taxonomy of framework '" + reference.framework() + "' (cited id: " + id + ")";
    }
    String bare = id.contains("@") ? id.substring(0, id.indexOf('@')) : id;
    String successor = retired.get(bare);
    if (successor != null) {
      return framework.name()
          + " "
          + bare
          + " is retired"
          + (successor.isEmpty() ? "" : ", replaced by " + successor);
    }
    boolean lacksEdition =
        entries.keySet().stream().anyMatch(k -> k.startsWith(id + ":") || k.startsWith(id + "@"));
    return framework.name()
        + " has no "
        + id
        + (lacksEdition ? ": it lacks its edition" : "")
        + "; ids look like "
        + example;
  }

  /** Data lines of a resource; comments go into {@code head}. */
  private static List<String> lines(String name, Map<String, String> head) {
    // A key comes from a file now and then: nothing but a plain name becomes part of a path.
    if (!name.chars().allMatch(c -> "abcdefghijklmnopqrstuvwxyz0123456789-".indexOf(c) >= 0)) {
      return List.of();
    }
    try (InputStream in = TaxonomyFile.class.getResourceAsStream("taxonomy/" + name + ".csv")) {
      if (in == null) {
        return List.of();
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      List<String> all = reader.lines().toList();
      int data = 0;
      while (all.get(data).startsWith("#")) {
        String comment = all.get(data).substring(1);
        int colon = comment.indexOf(':');
        if (colon > 0) {
          head.put(comment.substring(0, colon).strip(), comment.substring(colon + 1).strip());
        }
        data++;
      }
      return all.subList(data + 1, all.size());
    } catch (IOException e) {
      throw new UncheckedIOException("taxonomy " + name + " can't be read from the jar", e);
    }
  }

  /** Cuts at the first commas; the last cell takes the rest. */
  private static String[] cells(String line, int count) {
    var cells = new String[count];
    int from = 0;
    for (int i = 0; i < count - 1; i++) {
      int comma = line.indexOf(',', from);
      cells[i] = line.substring(from, comma);
      from = comma + 1;
    }
    cells[count - 1] = line.substring(from);
    return cells;
  }

  private static String unquote(String cell) {
    return cell.startsWith("\"") && cell.endsWith("\"") && cell.length() > 1
        ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"")
        : cell;
  }
}
