package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Aids;
import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.attack.chat.ModelJudge;
import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.ProgramChoice;
import dev.redoubt.core.Extension;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Programs of the user's that say what to ask, or judge. */
final class ExtensionOptions {
  @Option(
      names = "--probe",
      paramLabel = "COMMAND",
      description =
          "Program whose probes are tried beside the techniques, such as 'python3 probe.py'; may be repeated.")
  List<String> probes = List.of();

  @Option(
      names = "--judge",
      paramLabel = "COMMAND",
      description = {
        "Program that gives verdicts where the ground truth is missing, labelled as its own.",
        "Planted facts that come out decide before it is asked."
      })
  @Nullable String judge;

  @Option(
      names = "--model-judge",
      paramLabel = "FILE",
      description = {
        "Model that decides what --judge-for names: judge.json of redoubt attack judge calibrate.",
        "Labelled, and its rate corrected for the model's measured errors."
      })
  @Nullable Path modelJudge;

  @Option(
      names = "--judge-for",
      paramLabel = "O",
      description = "The judge decides this objective; may be repeated.")
  List<String> judgeFor = List.of();

  /** What options and a description choose together. */
  Aids aids(@Nullable ModelChoice attacker, @Nullable Path description) {
    judgeFor.forEach(Probes.shipped()::objective);
    if (judge == null && modelJudge == null && !judgeFor.isEmpty()) {
      throw new UsageException("--judge-for goes with --judge or --model-judge; give one of them");
    }
    if (judge != null && modelJudge != null) {
      throw new UsageException("--judge and --model-judge exclude each other; leave out one");
    }
    if (modelJudge != null && judgeFor.isEmpty()) {
      throw new UsageException(
          "--model-judge answers one question: say with --judge-for which objective it decides");
    }
    List<ProgramChoice> judges = new ArrayList<>();
    List<ProgramChoice> probers = new ArrayList<>();
    Path here = Workspace.here().base();
    if (judge != null) {
      judges.add(new ProgramChoice(CommandWords.of("--judge", judge), here, judgeFor));
    }
    probes.forEach(
        p -> probers.add(new ProgramChoice(CommandWords.of("--probe", p), here, List.of())));
    if (description != null) {
      Path folder = Workspace.of(description).base();
      for (Extension extension : RedoubtYaml.extensions(description)) {
        extension.objectives().forEach(Probes.shipped()::objective);
        ProgramChoice program =
            new ProgramChoice(extension.command(), folder, extension.objectives());
        switch (extension.role()) {
          case PROBE -> probers.add(program);
          case JUDGE -> judges.add(program);
          case ASSESSOR -> {
            // AssessorOptions has those.
          }
        }
      }
    }
    return Aids.of(
        attacker,
        judges,
        probers,
        modelJudge == null ? null : ModelJudge.read(modelJudge).deciding(judgeFor));
  }

  /** The options as they were given. */
  String repeated() {
    StringBuilder command = new StringBuilder();
    probes.forEach(p -> command.append(" --probe '").append(p).append('\''));
    if (judge != null) {
      command.append(" --judge '").append(judge).append('\'');
    }
    if (modelJudge != null) {
      command.append(" --model-judge ").append(modelJudge);
    }
    judgeFor.forEach(o -> command.append(" --judge-for ").append(o));
    return command.toString();
  }
}
