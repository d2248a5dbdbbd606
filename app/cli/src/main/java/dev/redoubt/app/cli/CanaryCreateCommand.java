package dev.redoubt.app.cli;

import dev.redoubt.app.init.Canaries;
import dev.redoubt.app.init.Canary;
import dev.redoubt.app.init.CanaryFiles;
import dev.redoubt.core.UsageException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "create",
    description =
        "Draw canaries: texts to plant, each with a value that stands nowhere else, and their ground truth.",
    footer = {
      "",
      "Examples:",
      "  redoubt canary create --count 5 --out canaries",
      "  redoubt canary create --visibility customer --owner other --out canaries",
      "  redoubt canary create --kind prompt",
      "",
      "The same seed gives the same canaries: keep it as you keep the values."
    })
final class CanaryCreateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "document",
      description =
          "document (for the index) or prompt (for a system prompt). Default: ${DEFAULT-VALUE}.")
  String kind = "document";

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many. Default: ${DEFAULT-VALUE}.")
  int count = 1;

  @Option(names = "--seed", paramLabel = "N", description = "Seed; drawn and printed when absent.")
  @Nullable Long seed;

  @Option(
      names = "--visibility",
      paramLabel = "WHO",
      description =
          "Who may read a document: internal (staff) or customer (its owner). Default: internal.")
  @Nullable String visibility;

  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Identity of redoubt.yaml whose document it is.")
  @Nullable String owner;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to write files into; without it they are printed.")
  @Nullable Path out;

  @Option(names = "--force", description = "Replace files that are there.")
  boolean force;

  @Override
  public Integer call() {
    Canary.Place place = place();
    long used = seed == null ? new SecureRandom().nextLong() : seed;
    List<Canary> canaries = Canaries.draw(place, count, used, owner);
    PrintWriter stdout = spec.commandLine().getOut();
    if (out == null) {
      print(stdout, canaries, place);
    } else {
      CanaryFiles.write(canaries, out, force)
          .forEach((file, use) -> stdout.println(file + ": " + use));
    }
    // Not into what is piped on.
    spec.commandLine().getErr().println("seed: " + used);
    return ExitCode.OK;
  }

  private Canary.Place place() {
    boolean prompt =
        switch (kind.toLowerCase(Locale.ROOT)) {
          case "document" -> false;
          case "prompt" -> true;
          default -> throw new UsageException("--kind: '" + kind + "' is none of document, prompt");
        };
    if (prompt) {
      if (visibility != null) {
        throw new UsageException("--visibility goes with documents only; leave it out");
      }
      return Canary.Place.PROMPT;
    }
    return switch (visibility == null ? "internal" : visibility.toLowerCase(Locale.ROOT)) {
      case "internal" -> Canary.Place.INTERNAL;
      case "customer" -> Canary.Place.CUSTOMER;
      default ->
          throw new UsageException(
              "--visibility: '" + visibility + "' is none of internal, customer");
    };
  }

  private static void print(PrintWriter stdout, List<Canary> canaries, Canary.Place place) {
    if (place == Canary.Place.PROMPT) {
      stdout.println("# Paste each line into a system prompt:");
      canaries.forEach(canary -> stdout.println(canary.text()));
    } else {
      stdout.println("# Lines of groundTruth.documentsFile; put each text into the index:");
      stdout.print(CanaryFiles.documents(canaries));
    }
    stdout.println();
    stdout.println("# Lines of groundTruth.factsFile:");
    stdout.print(CanaryFiles.facts(canaries));
    stdout.flush();
  }
}
