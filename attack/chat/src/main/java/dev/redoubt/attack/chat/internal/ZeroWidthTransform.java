package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/** A character of no width between the letters of every word; addresses stay as they are. */
@AutoService(Transform.class)
public final class ZeroWidthTransform implements Transform {
  /** Space, non-joiner, joiner and word joiner. */
  private static final String NO_WIDTH = "\u200B\u200C\u200D\u2060";

  @Override
  public String id() {
    return "zero-width";
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    return PlainWords.change(text, word -> word(word, random));
  }

  private static String word(String word, RandomGenerator random) {
    var out = new StringBuilder(2 * word.length());
    for (int i = 0; i < word.length(); ) {
      int cp = word.codePointAt(i);
      if (i > 0) {
        out.append(NO_WIDTH.charAt(random.nextInt(NO_WIDTH.length())));
      }
      out.appendCodePoint(cp);
      i += Character.charCount(cp);
    }
    return out.toString();
  }
}
