package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A line for each character, which begins with it; an empty line between words. Addresses get a
 * line of their own; punctuation is dropped.
 */
@AutoService(Transform.class)
public final class AcrosticTransform implements Transform {
  /** One word for each letter, so that the lines read like a harmless list. */
  private static final List<String> LINES =
      List.of(
          ("apple boat candle door elm fern garden hill island jacket kettle lamp meadow needle"
                  + " orchard pebble quilt river stone table umbrella violin window xylophone yard"
                  + " zebra")
              .split(" "));

  @Override
  public String id() {
    return "acrostic";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var blocks = new ArrayList<String>();
    for (String word : text.strip().split("\\s+", -1)) {
      String block = PlainWords.isAddress(word) ? "> " + word : lines(word);
      if (!block.isEmpty()) {
        blocks.add(block);
      }
    }
    return String.join("\n\n", blocks);
  }

  private static String lines(String word) {
    var lines = new ArrayList<String>();
    word.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .forEach(cp ->
            lines.add(
                cp >= 'a' && cp <= 'z'
                    ? LINES.get(cp - 'a')
                    : Character.toString(cp) + (cp < 0x80 ? " times" : "")));
    return String.join("\n", lines);
  }
}
