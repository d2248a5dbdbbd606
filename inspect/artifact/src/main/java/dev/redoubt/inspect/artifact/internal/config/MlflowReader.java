package dev.redoubt.inspect.artifact.internal.config;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.pickle.PythonNames;
import java.io.IOException;

/** Reads the {@code MLmodel} file of an MLflow model, which names the module that loads it. */
@AutoService(FormatReader.class)
public final class MlflowReader implements FormatReader {
  static final String CODE = "inspect.artifact.mlflow-code";

  /** Made by {@link java.util.ServiceLoader}. */
  public MlflowReader() {}

  @Override
  public String id() {
    return "mlflow";
  }

  @Override
  public boolean claims(Head head, String name) {
    return name.equals("MLmodel");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("MLflow model");
    for (Mlflow.Loaded loaded : Mlflow.loaded(Config.read(source))) {
      String module = loaded.what().substring(loaded.what().lastIndexOf(' ') + 1);
      String why = PythonNames.danger(module);
      context.observe(
          CODE,
          why == null ? Verdict.UNPROVEN : Verdict.MALICIOUS,
          loaded.what() + (why == null ? "" : ", which " + why),
          -1);
    }
  }
}
