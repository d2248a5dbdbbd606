package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Marks;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.UsageException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "mark",
    description = {
      "Say that a success is none, and why; later runs here heed it.",
      "It holds for the same wording of the same objective and technique that succeeds for the same reason:",
      "such attempts are unassessed then. redoubt attack replay judges the run itself anew."
    },
    footer = {
      "",
      "Example:",
      "  redoubt attack mark run/internal-documents/direct/1 --false-positive \\",
      "      --reason 'the memo was published in May'"
    })
final class AttackMarkCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin AttemptOptions attempt = new AttemptOptions();

  @Option(names = "--false-positive", required = true, description = "The success is none.")
  boolean falsePositive;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for those who come later.")
  String reason = "";

  @Override
  public Integer call() {
    if (!falsePositive) {
      throw new UsageException("say what the attempt is: --false-positive");
    }
    Attempt marked = Marks.falsePositive(attempt.folder(), attempt.attempt, reason, Instant.now());
    spec.commandLine()
        .getOut()
        .println(
            "marked: "
                + marked.objective()
                + " by "
                + marked.technique()
                + ", "
                + Words.safe(marked.reason(), Integer.MAX_VALUE));
    return ExitCode.OK;
  }
}
