package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/**
 * Printable ASCII as the tag characters that mirror it (Unicode block E0000), which no screen
 * shows; all else stays as it is.
 */
@AutoService(Transform.class)
public final class TagTransform implements Transform {
  private static final int TAGS = 0xE0000;

  @Override
  public String id() {
    return "tags";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var out = new StringBuilder(2 * text.length());
    text.codePoints().forEach(cp -> out.appendCodePoint(cp >= 0x20 && cp < 0x7F ? TAGS + cp : cp));
    return out.toString();
  }
}
