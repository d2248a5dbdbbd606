package dev.redoubt.inspect.artifact.internal.boost;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads LightGBM's models, which are text: whether each tree holds together. */
@AutoService(FormatReader.class)
public final class LightgbmReader implements FormatReader {
  private static final int LONGEST_LINE = 4 << 20;
  private static final int MOST_KEYS = 100;

  /** Made by {@link java.util.ServiceLoader}. */
  public LightgbmReader() {}

  @Override
  public String id() {
    return "lightgbm";
  }

  @Override
  public boolean claims(Head head, String name) {
    return (head.has(0, "tree\n") || head.has(0, "tree\r\n")) && head.text().contains("\nversion=");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("LightGBM");
    boolean ended = false;
    Map<String, String> tree = null;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(source.stream(0), StandardCharsets.UTF_8), 1 << 14)) {
      String line;
      while ((line = line(lines)) != null) {
        if (line.startsWith("Tree=") || line.equals("end of trees")) {
          check(tree);
          tree = line.startsWith("Tree=") ? new HashMap<>() : null;
          ended |= line.equals("end of trees");
        }
        int equals = line.indexOf('=');
        if (tree != null && tree.size() > MOST_KEYS) {
          throw new MalformedException("a tree of more than " + MOST_KEYS + " keys", -1);
        }
        if (tree != null
            && equals > 0
            && tree.put(line.substring(0, equals), line.substring(equals + 1)) != null) {
          throw new MalformedException(
              "a key stands twice in a tree: " + line.substring(0, equals), -1);
        }
      }
    }
    if (!ended) {
      throw new MalformedException("ends before the end of its trees", source.size());
    }
  }

  private static @Nullable String line(BufferedReader reader) throws IOException {
    var line = new StringBuilder();
    int c;
    while ((c = reader.read()) >= 0 && c != '\n') {
      if (line.length() > LONGEST_LINE) {
        throw new MalformedException("a line of more than " + LONGEST_LINE + " characters", -1);
      }
      line.append((char) c);
    }
    return c < 0 && line.isEmpty() ? null : line.toString().stripTrailing();
  }

  private static void check(@Nullable Map<String, String> tree) throws MalformedException {
    if (tree == null) {
      return;
    }
    String name = tree.getOrDefault("Tree", "?");
    long leaves = number(tree.getOrDefault("num_leaves", ""));
    if (leaves < 1) {
      throw new MalformedException("tree " + name + " has no leaves", -1);
    }
    for (String key : new String[] {"split_feature", "threshold", "left_child", "right_child"}) {
      long size = size(tree.getOrDefault(key, ""));
      if (size != leaves - 1 && !(leaves == 1 && size <= 1)) {
        throw new MalformedException(
            "tree " + name + " has " + leaves + " leaves and " + size + " of " + key, -1);
      }
      if (key.endsWith("child")) {
        for (String child : tree.getOrDefault(key, "").split(" ", -1)) {
          if (!child.isEmpty()
              && (number(child) < -leaves || number(child) >= Math.max(1, leaves - 1))) {
            throw new MalformedException("tree " + name + " leads to node " + child, -1);
          }
        }
      }
    }
    if (size(tree.getOrDefault("leaf_value", "")) != leaves) {
      throw new MalformedException("tree " + name + " has not as many values as leaves", -1);
    }
  }

  private static long size(String values) {
    return values.isBlank() ? 0 : values.strip().split(" +", -1).length;
  }

  private static long number(String text) throws MalformedException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new MalformedException("no number: " + text, -1);
    }
  }
}
