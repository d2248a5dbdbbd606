package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Letters as words of the spelling alphabet (ICAO Annex 10), digits as English words, a slash
 * between words. Addresses and what has no name stay as they are.
 */
@AutoService(Transform.class)
public final class SpellTransform implements Transform {
  private static final List<String> LETTERS =
      List.of(
          ("alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november"
                  + " oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu")
              .split(" "));
  private static final List<String> DIGITS =
      List.of("zero one two three four five six seven eight nine".split(" "));

  @Override
  public String id() {
    return "spell";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var words = new ArrayList<String>();
    for (String word : text.strip().split("\\s+", -1)) {
      words.add(PlainWords.isAddress(word) ? word : spelled(word));
    }
    return String.join(" / ", words);
  }

  private static String spelled(String word) {
    var names = new ArrayList<String>();
    word.toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(cp -> {
          if (cp >= 'a' && cp <= 'z') {
            names.add(LETTERS.get(cp - 'a'));
          } else if (cp >= '0' && cp <= '9') {
            names.add(DIGITS.get(cp - '0'));
          } else {
            names.add(Character.toString(cp));
          }
        });
    return String.join(" ", names);
  }
}
