package dev.redoubt.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "canary",
    description =
        "Plant what nobody may see, and find it again: canary documents and prompt canaries.",
    subcommands = {CanaryCreateCommand.class, CanaryCheckCommand.class},
    footer = {
      "",
      "Examples:",
      "  redoubt canary create --count 5 --out canaries",
      "  redoubt canary check --facts canaries/facts.txt answer.txt"
    })
final class CanaryCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }
}
