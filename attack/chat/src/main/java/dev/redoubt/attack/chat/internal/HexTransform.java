package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The bytes of the text in UTF-8, two hexadecimal digits each. */
@AutoService(Transform.class)
public final class HexTransform implements Transform {
  @Override
  public String id() {
    return "hex";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
