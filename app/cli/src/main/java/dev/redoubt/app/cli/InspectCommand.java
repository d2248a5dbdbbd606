package dev.redoubt.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "inspect",
    description = "Find out what a system is made of: model files and what they do when loaded.",
    subcommands = {InspectArtifactCommand.class},
    footer = {"", "Example: redoubt inspect artifact models/"})
final class InspectCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }
}
