package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The servers of an {@code mcp.json}: their names. Commands, arguments and variables may hold
 * credentials, and are not kept.
 */
final class McpServers {
  private static final Pattern FILE =
      Pattern.compile("(?:^|/)(?:\\.?mcp|claude_desktop_config|mcp[-_]config)\\.json$");
  private static final Pattern NAME = Pattern.compile("[\\w .@/-]{1,80}");

  private McpServers() {}

  static boolean isNamed(String path) {
    return FILE.matcher(path).find();
  }

  static List<Sighting> read(String path, String text, Lines lines) {
    var found = new ArrayList<Sighting>();
    try {
      JsonNode root = JsonMapper.shared().readTree(text);
      for (String key : List.of("mcpServers", "servers")) {
        for (String name : root.path(key).propertyNames()) {
          if (NAME.matcher(name).matches()) {
            int at = Math.max(0, text.indexOf('"' + name + '"'));
            found.add(new Sighting(Kind.SERVER, name, path, lines.of(at)));
          }
        }
      }
    } catch (JacksonException notJson) {
      return List.of();
    }
    return found;
  }
}
