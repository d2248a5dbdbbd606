package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Repeater;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "retry",
    description = {
      "Send an attempt again, as it was or with other words, and judge the answer.",
      "With the attempt's own seed first, then with others; the run itself stays as it was."
    },
    footer = {
      "",
      "Examples:",
      "  redoubt attack retry run/secret-leak/direct/0",
      "  redoubt attack retry run/secret-leak/direct/0 --edit",
      "  redoubt attack retry run/secret-leak/direct/0 --text 'And the staff key?' --times 10",
      "",
      "Exit codes: 1 it succeeded at least once, 0 it was resisted, 3 there is no verdict."
    })
final class AttackRetryCommand implements Callable<Integer> {
  private static final String NEXT_TURN = "---";
  private static final int MOST_TIMES = 10_000;

  @Spec CommandSpec spec;
  @Mixin AttemptOptions attempt = new AttemptOptions();
  @Mixin LimitOptions limits = new LimitOptions();

  @Option(
      names = "--edit",
      description = "Change the words in your editor (VISUAL or EDITOR) before they are sent.")
  boolean edit;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Words to send instead; once for each turn. - reads standard input.")
  List<String> text = List.of();

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often. Default: ${DEFAULT-VALUE}.")
  int times = 1;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what came of it as JSON.")
  @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    BooleanSupplier stop = Interrupts.install();
    if (times < 1 || times > MOST_TIMES) {
      throw new UsageException("--times must lie in 1 to " + MOST_TIMES + ", not " + times);
    }
    if (edit && !text.isEmpty()) {
      throw new UsageException("--edit and --text exclude each other; give one of them");
    }
    if (json != null) {
      ReportFiles.requireWritable("--json", json);
    }
    PrintWriter out = spec.commandLine().getOut();
    List<Repeater.Shot> shots = new ArrayList<>();
    try (AttemptOptions.Again again = attempt.again(limits.limits(), spec.commandLine().getErr())) {
      Repeater repeater = again.repeater();
      List<String> words = words(repeater);
      for (int i = 0; i < times && !stop.getAsBoolean(); i++) {
        Repeater.Shot shot = repeater.fire(attempt.attempt, words, i);
        shots.add(shot);
        if (i == 0) {
          shot.transcript().forEach(turn -> print(out, turn));
        }
        out.printf(
            "%s: %s, %s%n",
            shot.id(),
            shot.verdict().outcome().word(),
            Words.safe(shot.verdict().reason(), Integer.MAX_VALUE));
        out.flush();
      }
    }
    if (json != null) {
      AtomicFiles.write(
          json, Json.pretty(shots.stream().map(AttackRetryCommand::tree).toList()) + "\n");
    }
    return exitCode(shots);
  }

  private List<String> words(Repeater repeater) throws IOException, InterruptedException {
    List<String> own = repeater.words(attempt.attempt);
    if (edit) {
      return edited(own);
    }
    if (text.equals(List.of("-"))) {
      return turns(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    }
    return text.isEmpty() ? own : text;
  }

  private static List<String> turns(String all) {
    List<String> turns =
        Arrays.stream(all.split("(?m)^" + NEXT_TURN + "\\s*$"))
            .map(String::strip)
            .filter(t -> !t.isEmpty())
            .toList();
    if (turns.isEmpty()) {
      throw new UsageException("there are no words to send; nothing was sent");
    }
    return turns;
  }

  private static List<String> edited(List<String> own) throws IOException, InterruptedException {
    String editor = System.getenv("VISUAL");
    editor = editor == null || editor.isBlank() ? System.getenv("EDITOR") : editor;
    if (editor == null || editor.isBlank()) {
      throw new UsageException("no editor is known: set EDITOR, or give the words with --text");
    }
    Path file = Files.createTempFile("redoubt-attempt", ".txt");
    try {
      Files.writeString(file, String.join("\n" + NEXT_TURN + "\n", own) + "\n");
      List<String> command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
      command.add(file.toString());
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new UsageException(
            "the editor '" + editor + "' ended with " + code + "; nothing was sent");
      }
      return turns(Files.readString(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void print(PrintWriter out, Turn turn) {
    out.println(turn.role() + ":");
    Words.safe(turn.text(), Integer.MAX_VALUE).lines().forEach(line -> out.println("  " + line));
  }

  private static Map<String, Object> tree(Repeater.Shot shot) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", shot.id());
    tree.put("outcome", shot.verdict().outcome().word());
    tree.put("reason", shot.verdict().reason());
    tree.put("factsSeen", shot.verdict().factsSeen());
    tree.put(
        "transcript",
        shot.transcript().stream().map(t -> Map.of("role", t.role(), "text", t.text())).toList());
    return tree;
  }

  private static int exitCode(List<Repeater.Shot> shots) {
    if (shots.stream().anyMatch(s -> s.verdict().outcome() == Outcome.SUCCEEDED)) {
      return ExitCode.FINDINGS;
    }
    return shots.stream().anyMatch(s -> s.verdict().outcome() == Outcome.RESISTED)
        ? ExitCode.OK
        : ExitCode.UNREACHABLE;
  }
}
