package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The longest word drawn in letters of five lines by five columns, with {@code [ART]} where it
 * stood (Jiang and others, ArtPrompt, 2024). Longest among words of up to twelve Latin letters; a
 * text without one stays as it is.
 */
@AutoService(Transform.class)
public final class AsciiArtTransform implements Transform {
  private static final Pattern WORD = Pattern.compile("(?<!\\w)[A-Za-z]{3,12}(?!\\w)");
  private static final Pattern ADDRESS = Pattern.compile("\\S*(?:://|@)\\S*");
  private static final int SIZE = 5;

  /** Letters A to Z: a digit of base 32 for each line, a bit for each column. */
  private static final List<String> FONT =
      List.of(
          ("ehvhh uhuhu fgggf uhhhu vgugv vgugg fgjhf hhvhh v444v 722ic ikoki ggggv hrlhh hpljh"
                  + " ehhhe uhugg ehlid uhuih fge1u v4444 hhhhe hhha4 hhlrh ha4ah ha444 v248v")
              .split(" "));

  @Override
  public String id() {
    return "ascii-art";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    // As long as before, so that places stay the same: addresses must stay readable.
    String words = ADDRESS.matcher(text).replaceAll(m -> " ".repeat(m.group().length()));
    Matcher matcher = WORD.matcher(words);
    int from = 0;
    int to = 0;
    while (matcher.find()) {
      if (matcher.end() - matcher.start() > to - from) {
        from = matcher.start();
        to = matcher.end();
      }
    }
    return to == from
        ? text
        : text.substring(0, from)
            + "[ART]"
            + text.substring(to)
            + "\n[ART] =\n"
            + drawn(text.substring(from, to));
  }

  private static String drawn(String word) {
    var out = new StringBuilder();
    String upper = word.toUpperCase(Locale.ROOT);
    for (int line = 0; line < SIZE; line++) {
      if (line > 0) {
        out.append('\n');
      }
      for (int i = 0; i < upper.length(); i++) {
        int bits = Character.digit(FONT.get(upper.charAt(i) - 'A').charAt(line), 32);
        out.append(i > 0 ? "  " : "");
        for (int column = SIZE - 1; column >= 0; column--) {
          out.append((bits >> column & 1) == 1 ? '#' : ' ');
        }
      }
    }
    return out.toString();
  }
}
