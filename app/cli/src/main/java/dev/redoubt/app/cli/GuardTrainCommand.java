package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.InjectionModel;
import dev.redoubt.detect.InjectionSecondStage;
import dev.redoubt.detect.InjectionTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = "Train the injection classifier again.",
    footer = {
      "",
      "The folder holds train.jsonl and dev.jsonl, rows as guard eval reads them; spans of attacks"
          + " in",
      "documents, [[\"INJECTION\", start, end]], are used. Training that is broken off goes on when"
          + " the",
      "command is run again. The same data give the same bytes.",
      "",
      "Examples:",
      "  REDOUBT_HEAP=4g redoubt guard train --data prompts --out model",
      "  redoubt guard train --data prompts --out model --second-stage --python venv/bin/python",
      "  redoubt guard eval prompts/dev.jsonl --first-stage model/injection-first-stage.bin",
      "",
      "Exit codes: 0 trained; 2 wrong usage; 3 the data could not be read or the model not written."
    })
final class GuardTrainCommand implements Callable<Integer> {
  static final String FILE = "injection-first-stage.bin";
  private static final long FIXED_BYTES = 220L << 20;
  private static final long BYTES_PER_BYTE = 80;

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder with train.jsonl and dev.jsonl.")
  Path data = Path.of("data");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "injection-model",
      description = "Folder for the model and its checkpoints. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("injection-model");

  @Option(
      names = "--first-only",
      description = "Do not weigh the first stage against the installed second one.")
  boolean firstOnly;

  @Option(
      names = "--second-stage",
      description =
          "Train the second stage as well, by the Python scripts of training/injection; hours on a"
              + " CPU.")
  boolean secondStage;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "python3",
      description =
          "Python with the packages of training/injection/requirements.txt. Default:"
              + " ${DEFAULT-VALUE}.")
  String python = "python3";

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long to train the second stage. Default: ${DEFAULT-VALUE}.")
  int minutes = 60;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (String name : new String[] {"train.jsonl", "dev.jsonl"}) {
      if (!Files.isRegularFile(data.resolve(name))) {
        throw new UsageException("--data: " + data + " holds no " + name);
      }
    }
    enoughMemory();
    PrintWriter err = spec.commandLine().getErr();
    if (secondStage) {
      new SecondStageTraining(python, data, out, minutes, this::say).run();
    }
    long started = System.nanoTime();
    InjectionModel model = InjectionTraining.firstStage(data, out, this::say);
    InjectionSecondStage second = InjectionDetector.shipped().secondStage();
    if (second != null && !firstOnly) {
      err.println("  weighing it against " + second.name());
      model = InjectionTraining.combine(model, second, data, this::say);
    }
    byte[] bytes = model.write();
    Path file = out.resolve(FILE);
    Files.write(file, bytes);
    spec.commandLine()
        .getOut()
        .printf(
            "first stage %s: %s, %d bytes, %d s%n",
            model.digest(), file, bytes.length, (System.nanoTime() - started) / 1_000_000_000);
    return ExitCode.OK;
  }

  /** All features of all rows are kept at once; better said before than after minutes. */
  private void enoughMemory() throws IOException {
    long needed = FIXED_BYTES + BYTES_PER_BYTE * Files.size(data.resolve("train.jsonl"));
    if (Runtime.getRuntime().maxMemory() < needed) {
      long gigabytes = (needed >> 30) + 1;
      throw new UsageException(
          "guard train: needs a heap of "
              + gigabytes
              + " GB for these data: set REDOUBT_HEAP="
              + gigabytes
              + "g");
    }
  }

  private void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("  " + line);
    err.flush();
  }
}
