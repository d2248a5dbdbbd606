package dev.redoubt.inspect.artifact.internal.boost;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.JsonFormat;
import java.io.IOException;

/** XGBoost's models in JSON. */
@AutoService(JsonFormat.class)
public final class XgboostJson implements JsonFormat {
  /** Made by {@link java.util.ServiceLoader}. */
  public XgboostJson() {}

  @Override
  public boolean recognises(Object root, String name) {
    return XgboostModel.looksLike(root);
  }

  @Override
  public void read(Json json, ReadContext context) throws IOException {
    context.format("XGBoost, JSON");
    if (!json.cut()) {
      XgboostModel.check(json.root(), context);
    }
  }
}
