package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/** Letters and digits as Java and JSON escape them: a backslash, u, four hexadecimal digits. */
@AutoService(Transform.class)
public final class EscapeTransform implements Transform {
  @Override
  public String id() {
    return "unicode-escapes";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var out = new StringBuilder(6 * text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        out.append("\\u").append(Character.forDigit(c >> 12, 16));
        out.append(Character.forDigit(c >> 8 & 15, 16));
        out.append(Character.forDigit(c >> 4 & 15, 16)).append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
