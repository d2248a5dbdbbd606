package dev.redoubt.attack.chat.internal;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rule-based attacker composes requests of, read from {@code tactics.yaml}.
 *
 * @param dimensions the parts of a request
 */
record Tactics(List<Dimension> dimensions) {
  private static final String FILE = "/dev/redoubt/attack/chat/tactics.yaml";

  /** The scene is the dimension whose text holds the request. */
  private static final String REQUEST = "{request}";

  /**
   * A part of a request.
   *
   * @param name what it is called
   * @param cues words by which a reply speaks of it
   * @param values what it may be
   */
  record Dimension(String name, List<String> cues, List<Value> values) {}

  /**
   * One way to fill a part.
   *
   * @param id what it is called
   * @param words words by which a reply names it
   * @param text what is said
   */
  record Value(String id, List<String> words, String text) {}

  private static final class Shipped {
    static final Tactics TACTICS = read();
  }

  static Tactics shipped() {
    return Shipped.TACTICS;
  }

  private static Tactics read() {
    try (InputStream in = Tactics.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not on the class path");
      }
      var problems = new YamlProblems("tactics.yaml");
      YamlNode root =
          YamlNode.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), problems);
      var dimensions = new ArrayList<Dimension>();
      for (YamlNode node : root.asList()) {
        YamlMap map = node.asMap("name", "cues", "values");
        var values = new ArrayList<Value>();
        for (YamlNode value : map.list("values")) {
          YamlMap one = value.asMap("id", "words", "text");
          values.add(
              new Value(
                  one.requiredText("id", "name the value"),
                  one.texts("words"),
                  one.text("text", "")));
        }
        dimensions.add(
            new Dimension(
                map.requiredText("name", "name the dimension"),
                map.texts("cues"),
                List.copyOf(values)));
      }
      problems.throwIfAny();
      return new Tactics(List.copyOf(dimensions));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says a request by one value of each dimension.
   *
   * @param choice index of the value, dimension by dimension
   */
  String compose(int[] choice, String request) {
    var parts = new ArrayList<String>();
    for (int d = 0; d < dimensions.size(); d++) {
      String text = dimensions.get(d).values().get(choice[d]).text();
      if (!text.isEmpty()) {
        parts.add(text.replace(REQUEST, request));
      }
    }
    return String.join(" ", parts);
  }
}
