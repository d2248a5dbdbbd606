package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/**
 * Typing errors by lot, which a reader gets over and a filter may not: inner letters of longer
 * words change places, letters change case, some become the character next to them in ASCII (Hughes
 * and others, Best-of-N Jailbreaking, 2024). Addresses stay as they are.
 */
@AutoService(Transform.class)
public final class NoiseTransform implements Transform {
  private static final double SCRAMBLED = 0.6;
  private static final double CASE_TURNED = 0.6;
  private static final double SHIFTED = 0.06;
  private static final int LONG_WORD = 4;

  @Override
  public String id() {
    return "noise";
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
    char[] chars = word.toCharArray();
    // Not digits: an amount must stay the amount.
    boolean letters = word.codePoints().noneMatch(Character::isDigit);
    if (letters && chars.length >= LONG_WORD && random.nextDouble() < SCRAMBLED) {
      for (int i = chars.length - 2; i > 1; i--) {
        int other = 1 + random.nextInt(i);
        // Two halves of one character stay together.
        if (!Character.isSurrogate(chars[i]) && !Character.isSurrogate(chars[other])) {
          char c = chars[i];
          chars[i] = chars[other];
          chars[other] = c;
        }
      }
    }
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (random.nextDouble() < CASE_TURNED) {
        c = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
      }
      if (c < 0x7F && Character.isLetter(c) && random.nextDouble() < SHIFTED) {
        c++;
      }
      chars[i] = c;
    }
    return new String(chars);
  }
}
