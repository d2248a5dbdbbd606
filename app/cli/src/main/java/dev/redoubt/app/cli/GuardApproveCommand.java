package dev.redoubt.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "approve",
    description =
        "Let what waits for a yes pass, at a running gateway. 'redoubt guard pending' lists it.",
    footer = {
      "",
      "Examples:",
      "  redoubt guard approve --operator-token operator.token 5f2c…",
      "",
      "Exit codes: 0 decided; 1 nothing of this id waits (any more); 2 wrong usage; 3 unreachable."
    })
final class GuardApproveCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin GuardDecide gateway = new GuardDecide();

  @Parameters(paramLabel = "ID", description = "Id of the question.")
  String id = "";

  @Override
  public Integer call() throws IOException {
    return GuardPendingCommand.said(spec, gateway.decide(id, true), "approved");
  }
}
