package dev.redoubt.app.cli;

import dev.redoubt.app.store.Store;
import dev.redoubt.app.store.StoredRun;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
    name = "baseline",
    description = "Accept the findings of a run, so that only new ones fail a build.",
    subcommands = BaselineCommand.Create.class,
    footer = {
      "",
      "Examples:",
      "  redoubt baseline create --out redoubt-baseline.json",
      "  redoubt assess --baseline redoubt-baseline.json"
    })
final class BaselineCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }

  @Command(
      name = "create",
      description = "Write the fingerprints of a run's findings.",
      footer = {"", "Example: redoubt baseline create --run last"})
  static final class Create implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--run", paramLabel = "ID", description = "Which run; the newest when absent.")
    @Nullable String run;

    @Option(
        names = "--out",
        paramLabel = "FILE",
        defaultValue = Accepted.BASELINE_NAME,
        description = "Where to. Default: ./${DEFAULT-VALUE}.")
    Path out = Path.of(Accepted.BASELINE_NAME);

    @Override
    public Integer call() {
      ReportFiles.requireWritable("--out", out);
      StoredRun stored = stored();
      ObjectNode root =
          JsonMapper.shared()
              .createObjectNode()
              .put("redoubtBaseline", 1)
              .put("run", stored.assessment().run().id());
      ArrayNode findings = root.putArray("findings");
      stored
          .assessment()
          .findings()
          .forEach(f ->
              findings
                  .addObject()
                  .put("fingerprint", f.fingerprint())
                  .put("rule", f.ruleId())
                  .put("component", f.component())
                  .put("severity", f.severity().word()));
      AtomicFiles.write(out, root.toPrettyString() + "\n");
      spec.commandLine()
          .getOut()
          .println(
              findings.size() + " findings of run " + stored.assessment().run().id() + ": " + out);
      return ExitCode.OK;
    }

    private StoredRun stored() {
      try (Store store = Store.open(Workspace.here().folder())) {
        return (run == null || run.equals("last") ? store.latest() : store.find(run))
            .orElseThrow(() ->
                new UsageException(
                    run == null
                        ? "no run is kept here; redoubt assess makes one"
                        : "no run '" + run + "' is kept here"));
      }
    }
  }
}
