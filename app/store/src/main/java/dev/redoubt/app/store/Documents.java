package dev.redoubt.app.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.redoubt.core.Access;
import dev.redoubt.core.Component;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.TargetUnreachableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Core records as JSON. The closed sets carry the name of their case under {@code kind}: a name out
 * of our own list, never a class of the reader's choosing.
 */
final class Documents {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addMixIn(Component.class, Named.class)
          .addMixIn(Evidence.class, Named.class)
          .addMixIn(Access.class, Named.class)
          .addMixIn(Access.ConversationId.class, Named.class)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private Documents() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
  private interface Named {}

  static String write(Object record) {
    return MAPPER.writeValueAsString(record);
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JacksonException e) {
      throw new TargetUnreachableException(
          "a stored "
              + type.getSimpleName()
              + " can't be read: it comes from another version of Redoubt; use that one",
          e);
    }
  }
}
