package dev.redoubt.attack.chat.internal;

import dev.redoubt.attack.chat.Technique;
import java.util.List;
import java.util.random.RandomGenerator;

/** Reads the scripts of techniques. */
final class Scripts {
  private Scripts() {}

  /** Texts of a technique's script; none when it has no such part. */
  static List<String> texts(Technique technique, String part) {
    return technique.script().getOrDefault(part, List.of());
  }

  /** A number of a technique's script. */
  static int number(Technique technique, String part, int otherwise) {
    List<String> texts = texts(technique, part);
    if (texts.isEmpty()) {
      return otherwise;
    }
    try {
      return Math.clamp(Integer.parseInt(texts.getFirst().strip()), 1, 1_000);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "technique " + technique.id() + ": script." + part + " is no number", e);
    }
  }

  /** One of several texts. */
  static String pick(List<String> texts, RandomGenerator random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
