package dev.redoubt.inspect.artifact.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an {@code MLmodel} file has loaded. */
final class Mlflow {
  /**
   * Modules of MLflow itself: each reads the file of its library, which is inspected on its own.
   */
  static final Set<String> LOADERS =
      Set.of(
          "mlflow.sklearn",
          "mlflow.pytorch",
          "mlflow.tensorflow",
          "mlflow.keras",
          "mlflow.xgboost",
          "mlflow.lightgbm",
          "mlflow.catboost",
          "mlflow.spark",
          "mlflow.onnx",
          "mlflow.statsmodels",
          "mlflow.prophet",
          "mlflow.pmdarima",
          "mlflow.spacy",
          "mlflow.fastai",
          "mlflow.transformers",
          "mlflow.sentence_transformers",
          "mlflow.langchain",
          "mlflow.openai",
          "mlflow.pyfunc.model",
          "mlflow.diviner",
          "mlflow.paddle",
          "mlflow.h2o",
          "mlflow.gluon",
          "mlflow.johnsnowlabs",
          "mlflow.mleap",
          "mlflow.diffusers",
          "mlflow.shap",
          "mlflow.promptflow",
          "mlflow.dspy",
          "mlflow.tensorflow.keras");

  private Mlflow() {}

  /**
   * Something that is loaded.
   *
   * @param what in words
   * @param path of a file or folder in the model's folder; null where it names none
   */
  record Loaded(String what, @Nullable String path) {}

  static List<Loaded> loaded(@Nullable Object document) {
    var loaded = new ArrayList<Loaded>();
    Map<?, ?> flavors = Config.map(Config.map(document).get("flavors"));
    flavors.forEach((name, value) -> {
      Map<?, ?> flavor = Config.map(value);
      String code = Config.text(flavor, "code");
      String loader = Config.text(flavor, "loader_module");
      if (loader != null && !LOADERS.contains(loader)) {
        String module = loader.replace('.', '/') + ".py";
        loaded.add(
            new Loaded(
                "is loaded by the module " + loader, code == null ? module : code + "/" + module));
      }
      if (code != null) {
        loaded.add(new Loaded("puts the code of its folder '" + code + "' on the path", code));
      }
      String script = Config.text(flavor, "model_code_path");
      if (script != null) {
        loaded.add(new Loaded("is made by running " + script, script));
      }
    });
    return loaded;
  }
}
