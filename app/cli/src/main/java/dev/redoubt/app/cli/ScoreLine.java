package dev.redoubt.app.cli;

import dev.redoubt.detect.InjectionVerdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** A row of {@code guard eval --scores}. */
final class ScoreLine {
  /** A lone surrogate has no UTF-8; escaped it comes back as it was. */
  private static final ObjectMapper ASCII =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private ScoreLine() {}

  static String of(String text, InjectionVerdict verdict) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", text);
    map.put("score", verdict.score());
    map.put("flagged", verdict.score() >= InjectionVerdict.THRESHOLD);
    return ASCII.writeValueAsString(map);
  }

  /** What was not scored keeps its place, so that rows stay in step with the data. */
  static String none(@Nullable String text, String why) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("text", text);
    map.put("score", null);
    map.put("flagged", null);
    map.put("notScored", why);
    return ASCII.writeValueAsString(map);
  }
}
