package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.LocalModel;
import dev.redoubt.runtime.llm.LocalModelOptions;
import dev.redoubt.runtime.llm.ModelServer;
import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.llm.ModelStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "model",
    description = "Fetch, list and serve the local language model.",
    subcommands = {ModelCommand.Pull.class, ModelCommand.Listing.class, ModelCommand.Serve.class},
    footer = {
      "",
      "Examples:",
      "  redoubt model pull",
      "  redoubt model list",
      "  redoubt model serve --port 8090"
    })
final class ModelCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }

  /** Fetches the weights with progress on {@code err} and returns where they lie. */
  static Path fetch(ModelSpec model, PrintWriter err) throws InterruptedException {
    ModelStore store = ModelStore.standard();
    var here = store.find(model);
    if (here.isPresent()) {
      return here.get();
    }
    err.println("fetching " + model.name() + ", " + Words.bytes(model.bytes()) + ", once");
    try (Progress progress = new Progress(err, "fetched MB")) {
      return store.pull(
          model,
          (source, done, total) -> progress.step(done / 1_000_000, total / 1_000_000, source));
    }
  }

  @Command(
      name = "pull",
      description =
          "Fetch the weights of the local model, checked by SHA-256. Does nothing when they are here.",
      footer = {
        "",
        "Example: redoubt model pull",
        "REDOUBT_MODEL_FILE names a file that you already have; its digest is checked all the same."
      })
  static final class Pull implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Parameters(
        arity = "0..1",
        paramLabel = "NAME",
        description = "Which model; the default one when absent.")
    @org.jspecify.annotations.Nullable
    String name;

    @Override
    public Integer call() throws InterruptedException {
      Interrupts.install();
      ModelSpec model = name == null ? ModelSpec.DEFAULT : named(name);
      Path path = fetch(model, spec.commandLine().getErr());
      spec.commandLine().getOut().println(model.name() + " is at " + path);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "list",
      description = "List the models that Redoubt knows, with digest and place.",
      footer = {"", "Example: redoubt model list"})
  static final class Listing implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      ModelStore store = ModelStore.standard();
      PrintWriter out = spec.commandLine().getOut();
      for (ModelSpec model : ModelSpec.all()) {
        out.printf(
            "%s  %s  sha256:%s%n  %s%n",
            model.name(),
            Words.bytes(model.bytes()),
            model.sha256(),
            store.find(model).map(p -> "here: " + p).orElse("not here: redoubt model pull"));
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "serve",
      description = "Serve the local model as an OpenAI-compatible endpoint on loopback.",
      footer = {"", "Example: redoubt model serve --port 8090"})
  static final class Serve implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(
        names = "--port",
        paramLabel = "P",
        defaultValue = "8090",
        description = "Port on loopback; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Override
    public Integer call() throws Exception {
      ServerLogs.quiet();
      BooleanSupplier stop = Interrupts.install();
      Path weights = fetch(ModelSpec.DEFAULT, spec.commandLine().getErr());
      try (LocalModel model = LocalModel.load(weights, LocalModelOptions.defaults());
          ModelServer server = ModelServer.start(model, port)) {
        spec.commandLine()
            .getOut()
            .println(
                "serving "
                    + ModelSpec.DEFAULT.name()
                    + " at "
                    + server.baseUrl()
                    + " (Ctrl-C stops)");
        Interrupts.waitUntil(stop);
      }
      return ExitCode.INTERRUPTED;
    }
  }

  private static ModelSpec named(String name) {
    return ModelSpec.all().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "unknown model '" + name + "': redoubt model list shows the known ones"));
  }
}
