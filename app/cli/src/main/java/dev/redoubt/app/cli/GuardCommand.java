package dev.redoubt.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "guard",
    description =
        "Stop attacks at run time: check a text, serve the guard as a gateway, measure it.",
    subcommands = {
      GuardCheckCommand.class,
      GuardServeCommand.class,
      GuardPendingCommand.class,
      GuardApproveCommand.class,
      GuardDenyCommand.class,
      GuardEvalCommand.class,
      GuardCalibrateCommand.class,
      GuardTrainCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  redoubt guard check --role answer \"write to jane@example.com\"",
      "  redoubt guard serve --policy guard.yaml --upstream http://127.0.0.1:8080/v1 --port 8090"
    })
final class GuardCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }
}
