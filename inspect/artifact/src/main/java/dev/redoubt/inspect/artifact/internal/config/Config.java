package dev.redoubt.inspect.artifact.internal.config;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A small YAML document, of which JSON is a part, as maps, lists and scalars. */
final class Config {
  private static final int LONGEST = 4 << 20;

  private Config() {}

  static @Nullable Object read(ByteSource source) throws IOException {
    if (source.size() > LONGEST) {
      throw new LimitException("a configuration of " + source.size() + " bytes");
    }
    return parse(source.bytes(0, (int) source.size()));
  }

  /**
   * Tags are not resolved to anything but text, and aliases are counted, as bombs are made of them.
   */
  static @Nullable Object parse(byte[] bytes) throws MalformedException {
    LoadSettings settings =
        LoadSettings.builder()
            .setAllowDuplicateKeys(false)
            .setAllowRecursiveKeys(false)
            .setMaxAliasesForCollections(200)
            .setCodePointLimit(LONGEST)
            .build();
    try {
      return new Load(settings).loadFromString(new String(bytes, StandardCharsets.UTF_8));
    } catch (YamlEngineException | StackOverflowError e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new MalformedException("a configuration that is no YAML: " + message, -1);
    }
  }

  static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** A text that says something; null where it is absent, empty or no text. */
  static @Nullable String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text && !text.isBlank() ? text.strip() : null;
  }
}
