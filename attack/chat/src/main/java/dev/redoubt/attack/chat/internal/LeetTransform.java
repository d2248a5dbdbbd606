package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/** Letters as the digits that look like them; addresses stay as they are. */
@AutoService(Transform.class)
public final class LeetTransform implements Transform {
  private static final String LETTERS = "aAeEiIoOsStT";
  private static final String DIGITS = "443311005577";

  @Override
  public String id() {
    return "leet";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    return PlainWords.change(text, LeetTransform::word);
  }

  private static String word(String word) {
    char[] chars = word.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      int at = LETTERS.indexOf(chars[i]);
      if (at >= 0) {
        chars[i] = DIGITS.charAt(at);
      }
    }
    return new String(chars);
  }
}
