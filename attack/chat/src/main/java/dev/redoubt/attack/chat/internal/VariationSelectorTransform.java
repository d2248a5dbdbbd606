package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * The bytes of the text in UTF-8 as variation selectors behind a smiley: the first 16 selectors for
 * bytes below 16, those of the supplement for the others.
 */
@AutoService(Transform.class)
public final class VariationSelectorTransform implements Transform {
  private static final String CARRIER = "\uD83D\uDE0A";
  private static final int FIRST = 0xFE00;
  private static final int SUPPLEMENT = 0xE0100;
  private static final int IN_FIRST = 16;

  @Override
  public String id() {
    return "variation-selectors";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var out = new StringBuilder(CARRIER);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int value = b & 0xFF;
      out.appendCodePoint(value < IN_FIRST ? FIRST + value : SUPPLEMENT + value - IN_FIRST);
    }
    return out.toString();
  }
}
