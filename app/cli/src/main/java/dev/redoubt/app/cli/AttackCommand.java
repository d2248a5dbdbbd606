package dev.redoubt.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "attack",
    description = "Attack a chat endpoint; resume an attack that was cut off.",
    subcommands = {AttackChatCommand.class, AttackResumeCommand.class})
final class AttackCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }
}
