package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/**
 * Latin letters as Cyrillic ones of the same shape, two in three by lot; addresses stay as they
 * are.
 */
@AutoService(Transform.class)
public final class HomoglyphTransform implements Transform {
  private static final String LATIN = "aceijopsxyABCEHIJKMOPSTXY";
  private static final String CYRILLIC = "асеіјорѕхуАВСЕНІЈКМОРЅТХУ";
  private static final int OF = 3;

  @Override
  public String id() {
    return "homoglyphs";
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
    for (int i = 0; i < chars.length; i++) {
      int at = LATIN.indexOf(chars[i]);
      if (at >= 0 && random.nextInt(OF) > 0) {
        chars[i] = CYRILLIC.charAt(at);
      }
    }
    return new String(chars);
  }
}
