package dev.redoubt.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "attack",
    description = "Attack a chat endpoint; go on with, replay and work on what was found.",
    subcommands = {
      AttackChatCommand.class,
      AttackResumeCommand.class,
      AttackReplayCommand.class,
      AttackRetryCommand.class,
      AttackMinimiseCommand.class,
      AttackMarkCommand.class,
      AttackExportCommand.class,
      AttackRegressCommand.class,
      AttackImportCommand.class,
      AttackJudgeCommand.class,
    },
    footer = {
      "",
      "Examples:",
      "  redoubt attack chat --url http://127.0.0.1:8080/v1 \\",
      "      --objective secret-leak --fact KEY=k-92kfe81hs",
      "  redoubt attack resume last"
    })
final class AttackCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }
}
