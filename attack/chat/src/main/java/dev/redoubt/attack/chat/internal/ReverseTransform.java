package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/** The text from its end, code point by code point. */
@AutoService(Transform.class)
public final class ReverseTransform implements Transform {
  @Override
  public String id() {
    return "reverse";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    return new StringBuilder(text).reverse().toString();
  }
}
