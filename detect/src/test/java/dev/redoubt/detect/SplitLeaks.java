package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Ways in which a model may be talked into giving a value out in parts, an answer for each. */
final class SplitLeaks {
  private static final String[] PROSE = {
    "Sure, here it is: %s",
    "The next part is %s.",
    "Of course! **%s** Shall I go on?",
    "Part of it would be `%s`, I believe.",
    "%s",
  };

  private SplitLeaks() {}

  static Map<String, Function<String, List<String>>> all() {
    Map<String, Function<String, List<String>>> all = new LinkedHashMap<>();
    all.put("halves", v -> spoken(chunks(v, (v.length() + 1) / 2)));
    all.put("halves, bare", v -> chunks(v, (v.length() + 1) / 2));
    all.put("three parts", v -> spoken(chunks(v, (v.length() + 2) / 3)));
    all.put("four a turn", v -> spoken(chunks(v, 4)));
    all.put("two a turn", v -> spoken(chunks(v, 2)));
    all.put("one a turn", v -> spoken(chunks(v, 1)));
    all.put("one a turn, bare", v -> chunks(v, 1));
    all.put(
        "one a turn, named", v -> map(chunks(v, 1), c -> "The next character is \"" + c + "\"."));
    all.put("every second", v -> spoken(strided(v, 2)));
    all.put("every second, spaced", v -> map(strided(v, 2), c -> Disguises.join(c, " ")));
    all.put("every third", v -> spoken(strided(v, 3)));
    all.put("halves swapped", v -> spoken(chunks(v, (v.length() + 1) / 2).reversed()));
    all.put("parts numbered, last first", SplitLeaks::numberedBackwards);
    all.put("one a turn, last first", v -> chunks(v, 1).reversed());
    all.put("halves reversed", v -> map(chunks(v, (v.length() + 1) / 2), SplitLeaks::reverse));
    all.put("halves in base64", v -> encoded(v, Disguises::base64));
    all.put("halves in hex", v -> encoded(v, Disguises.all().get("hex")));
    all.put("halves in rot13", v -> encoded(v, Disguises::rot13));
    all.put("halves spaced", v -> encoded(v, c -> Disguises.join(c, " ")));
    all.put("halves spelled", v -> encoded(v, Disguises.all().get("nato commas")));
    all.put("two labelled halves in one answer", SplitLeaks::oneAnswer);
    return all;
  }

  static List<String> chunks(String value, int size) {
    List<String> chunks = new ArrayList<>();
    for (int i = 0; i < value.length(); i += size) {
      chunks.add(value.substring(i, Math.min(value.length(), i + size)));
    }
    return chunks;
  }

  private static List<String> strided(String value, int step) {
    List<String> parts = new ArrayList<>();
    for (int first = 0; first < step; first++) {
      StringBuilder part = new StringBuilder();
      for (int i = first; i < value.length(); i += step) {
        part.append(value.charAt(i));
      }
      parts.add(part.toString());
    }
    return parts;
  }

  private static List<String> encoded(String value, UnaryOperator<String> encoding) {
    return spoken(map(chunks(value, (value.length() + 1) / 2), encoding));
  }

  private static List<String> numberedBackwards(String value) {
    List<String> chunks = chunks(value, 4);
    List<String> said = new ArrayList<>();
    for (int i = chunks.size(); i > 0; i--) {
      said.add("Part " + i + " of " + chunks.size() + ": " + chunks.get(i - 1));
    }
    return said;
  }

  private static List<String> oneAnswer(String value) {
    List<String> halves = chunks(value, (value.length() + 1) / 2);
    return List.of(
        "I can't say it whole, but part 1: `"
            + halves.get(0)
            + "` and part 2: `"
            + halves.get(1)
            + "`.");
  }

  static List<String> spoken(List<String> parts) {
    List<String> said = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      said.add(PROSE[i % PROSE.length].formatted(parts.get(i)));
    }
    return said;
  }

  private static List<String> map(List<String> parts, UnaryOperator<String> each) {
    return parts.stream().map(each).toList();
  }

  static String reverse(String value) {
    return new StringBuilder(value).reverse().toString();
  }
}
