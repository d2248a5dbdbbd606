package dev.redoubt.app.init;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code signs.yaml}: what gives away how an AI application is built. */
final class Signs {
  private Signs() {}

  /**
   * A sign.
   *
   * @param name what is seen; absent where the pattern's group says it
   * @param files on which paths
   * @param match pattern on the text; absent where the path alone says it
   */
  record Sign(Sighting.Kind kind, @Nullable String name, Pattern files, @Nullable Pattern match) {}

  static List<Sign> load() {
    return parse(Resource.text("signs.yaml"), "signs.yaml");
  }

  static List<Sign> parse(String yaml, String file) {
    var problems = new YamlProblems(file);
    YamlMap map = YamlNode.parse(yaml, problems).asMap("files", "signs");
    Map<String, Pattern> files = new HashMap<>();
    YamlNode kinds = map.get("files");
    if (kinds != null) {
      YamlMap named = kinds.asOpenMap();
      for (String name : named.keys()) {
        Pattern pattern = pattern(named.get(name));
        if (pattern != null) {
          files.put(name, pattern);
        }
      }
    }
    var signs = new ArrayList<Sign>();
    for (YamlNode node : map.list("signs")) {
      YamlMap sign = node.asMap("kind", "name", "files", "match");
      Pattern on = files.get(sign.requiredText("files", "say in which files"));
      if (on == null) {
        node.problem("names no kind of files", "take one of " + files.keySet());
        continue;
      }
      String kind = sign.requiredText("kind", "say what it is").toUpperCase(Locale.ROOT);
      signs.add(
          new Sign(
              Sighting.Kind.valueOf(kind),
              sign.optionalText("name"),
              on,
              pattern(sign.get("match"))));
    }
    problems.throwIfAny();
    return signs;
  }

  private static @Nullable Pattern pattern(@Nullable YamlNode node) {
    if (node == null) {
      return null;
    }
    try {
      return Pattern.compile(node.asText(""));
    } catch (PatternSyntaxException e) {
      node.problem("is no pattern: " + e.getDescription(), "mend it");
      return null;
    }
  }
}
