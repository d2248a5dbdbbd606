package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/** Every Latin letter moved on by 13. */
@AutoService(Transform.class)
public final class Rot13Transform implements Transform {
  @Override
  public String id() {
    return "rot13";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = turned(chars[i]);
    }
    return new String(chars);
  }

  private static char turned(char c) {
    if (c >= 'a' && c <= 'z') {
      return (char) ('a' + (c - 'a' + 13) % 26);
    }
    return c >= 'A' && c <= 'Z' ? (char) ('A' + (c - 'A' + 13) % 26) : c;
  }
}
