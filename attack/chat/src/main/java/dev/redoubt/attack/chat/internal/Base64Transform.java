package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Base64 of the text in UTF-8 (RFC 4648, section 4). */
@AutoService(Transform.class)
public final class Base64Transform implements Transform {
  @Override
  public String id() {
    return "base64";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
