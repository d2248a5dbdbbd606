package dev.redoubt.app.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Break it, fix it, break it again: attack a real help-desk assistant, guard it, attack it again.",
    footer = {
      "",
      "Runs on a local language model, without a key or an account. Everything stays on this machine.",
      "Examples:",
      "  redoubt demo",
      "  redoubt demo --quick --out /tmp/report",
      "",
      "Exit codes: 0 it did its job, 1 it says FAILED, 3 no model or no port, 130 Ctrl-C (what was found is kept)."
    })
final class DemoCommand implements Callable<Integer> {
  private static final long SEEDS = 1L << 31;
  @Spec CommandSpec spec;

  @Option(
      names = "--quick",
      description = "1 repetition and 10 questions, in a few minutes: too few for a rate.")
  boolean quick;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "redoubt-report",
      description = "Folder for the report. Default: ./${DEFAULT-VALUE}.")
  Path out = Path.of("redoubt-report");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the run: secrets, customers, memos and sampling are drawn from it.")
  @Nullable Long seed;

  @Option(
      names = "--model-url",
      paramLabel = "URL",
      description =
          "Let the assistant use another OpenAI-compatible model (.../v1) instead of the local one.")
  @Nullable String modelUrl;

  @Override
  public Integer call() throws Exception {
    long used = seed == null ? Math.floorMod(new SecureRandom().nextLong(), SEEDS) : seed;
    URI model = modelUrl == null ? null : Options.baseUrl("--model-url", modelUrl);
    DemoSettings settings =
        quick ? DemoSettings.quick(used, out, model) : DemoSettings.full(used, out, model);
    return new DemoRun(
            settings,
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            Interrupts.install())
        .run();
  }
}
