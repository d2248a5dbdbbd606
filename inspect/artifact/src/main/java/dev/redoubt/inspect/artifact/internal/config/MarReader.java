package dev.redoubt.inspect.artifact.internal.config;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Reads the manifest of a TorchServe archive, which names the handler that serves the model. */
@AutoService(FormatReader.class)
public final class MarReader implements FormatReader {
  private static final String HANDLER = "inspect.artifact.mar-code";

  /** Handlers that TorchServe brings (ts/torch_handler): the archive only names them. */
  static final Set<String> BUILT_IN =
      Set.of(
          "image_classifier",
          "text_classifier",
          "object_detector",
          "image_segmenter",
          "base_handler");

  /** Made by {@link java.util.ServiceLoader}. */
  public MarReader() {}

  @Override
  public String id() {
    return "mar";
  }

  @Override
  public boolean claims(Head head, String name) {
    return name.equalsIgnoreCase("MANIFEST.json") && head.text().contains("\"model\"");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("TorchServe manifest");
    Map<?, ?> model = Config.map(Config.map(Config.read(source)).get("model"));
    String handler = Config.text(model, "handler");
    if (handler != null && !BUILT_IN.contains(handler)) {
      context.observe(
          HANDLER, Verdict.UNPROVEN, "has the model served by its own code, " + handler, -1);
    }
    String code = Config.text(model, "modelFile");
    if (code != null) {
      context.observe(HANDLER, Verdict.UNPROVEN, "has the model made by its own code, " + code, -1);
    }
    String requirements = Config.text(model, "requirementsFile");
    if (requirements != null) {
      context.observe(
          HANDLER, Verdict.UNPROVEN, "has packages installed, those of " + requirements, -1);
    }
  }
}
