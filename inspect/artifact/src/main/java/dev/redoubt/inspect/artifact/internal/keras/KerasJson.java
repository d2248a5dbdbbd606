package dev.redoubt.inspect.artifact.internal.keras;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.JsonFormat;

/** The configuration of a {@code .keras} archive, and what {@code model.to_json()} writes. */
@AutoService(JsonFormat.class)
public final class KerasJson implements JsonFormat {
  /** Made by {@link java.util.ServiceLoader}. */
  public KerasJson() {}

  @Override
  public boolean recognises(Object root, String name) {
    return KerasConfig.looksLike(root);
  }

  @Override
  public void read(Json json, ReadContext context) {
    context.format("Keras configuration");
    KerasConfig.read(json.root(), "the configuration", context);
  }
}
