package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import dev.redoubt.detect.InjectionChannel;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.InjectionVerdict;
import dev.redoubt.detect.PromptRows;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "eval",
    description =
        "Measure the injection classifier on labelled texts: what it finds, what it cries wolf at.",
    footer = {
      "",
      "A row is {\"text\", \"label\": 0|1, \"kind\", \"source\", \"lang\"?, \"role\"?,"
          + " \"system\"?}, one a line; other keys",
      "are ignored. role is user, document, tool or answer; without it the classifier infers it.",
      "",
      "Examples:",
      "  redoubt guard eval mine.jsonl",
      "  redoubt guard eval mine.jsonl --json --scores scores.jsonl",
      "",
      "Exit codes: 0 every row was scored; 2 wrong usage; 3 a row or the file could not be read or"
          + " scored."
    })
final class GuardEvalCommand implements Callable<Integer> {
  private static final int SHOWN = 5;

  @Spec CommandSpec spec;

  @Mixin InjectionOptions model = new InjectionOptions();

  @Option(names = "--json", description = "Print the figures as JSON.")
  boolean json;

  @Option(
      names = "--scores",
      paramLabel = "OUT.jsonl",
      description = "Write {\"text\",\"score\",\"flagged\"} for each row, in order.")
  @Nullable Path scores;

  @Parameters(paramLabel = "DATA.jsonl", description = "The rows.")
  Path data = Path.of("data.jsonl");

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    if (scores != null && Files.exists(scores) && Files.isSameFile(scores, data)) {
      throw new UsageException("--scores: would overwrite " + data + "; name another file");
    }
    InjectionDetector detector = model.detector();
    InjectionEval eval = new InjectionEval(detector.models());
    int damaged = 0;
    int bad = 0;
    try (PromptRows rows = new PromptRows(Files.newInputStream(data));
        BufferedWriter out = scores == null ? null : Files.newBufferedWriter(scores);
        Progress progress = new Progress(err, "rows")) {
      for (PromptRows.Line line = rows.next(); line != null; line = rows.next()) {
        String wrong = null;
        switch (line) {
          case PromptRows.Unreadable unreadable -> {
            wrong = unreadable.why();
            write(out, ScoreLine.none(null, wrong));
          }
          case PromptRows.Row row -> {
            damaged += row.damaged() ? 1 : 0;
            wrong = score(detector, row, eval, out);
          }
        }
        if (wrong != null) {
          eval.unscored();
          if (++bad <= SHOWN) {
            err.println("redoubt: " + data + ":" + line.number() + ": not scored: " + wrong);
          }
        }
        progress.step(line.number(), 0, "");
      }
    }
    warn(err, damaged, bad);
    if (eval.isEmpty() && bad == 0) {
      throw new UsageException(data + ": holds no row; write one JSON object a line");
    }
    PrintWriter to = spec.commandLine().getOut();
    if (json) {
      to.println(Json.pretty(eval.asMap()));
    } else {
      eval.print(to);
    }
    return bad == 0 ? ExitCode.OK : ExitCode.UNREACHABLE;
  }

  private void warn(PrintWriter err, int damaged, int bad) {
    if (damaged > 0) {
      err.println(
          "redoubt: "
              + data
              + ": "
              + damaged
              + " rows hold bytes that are no UTF-8; they were read as U+FFFD");
    }
    if (bad > SHOWN) {
      err.println("redoubt: " + data + ": " + (bad - SHOWN) + " more rows were not scored");
    }
  }

  private static @Nullable String score(
      InjectionDetector detector,
      PromptRows.Row row,
      InjectionEval eval,
      @Nullable BufferedWriter out)
      throws IOException {
    String role = row.word("role");
    InjectionChannel channel = channel(role);
    if (channel == null && !role.isEmpty()) {
      String why = "role '" + Words.safe(role, 40) + "' is none of user, document, tool, answer";
      write(out, ScoreLine.none(row.text(), why));
      return why;
    }
    InjectionVerdict verdict;
    long started = System.nanoTime();
    try {
      verdict = detector.detect(row.text(), channel, row.word("system"));
    } catch (RuntimeException e) {
      // The message may quote what was scanned; the kind of failure is enough.
      String why = "failed with " + e.getClass().getSimpleName();
      write(out, ScoreLine.none(row.text(), why));
      return why;
    }
    eval.add(row, verdict, System.nanoTime() - started);
    write(out, ScoreLine.of(row.text(), verdict));
    return null;
  }

  private static @Nullable InjectionChannel channel(String role) {
    return switch (role) {
      case "user" -> InjectionChannel.USER;
      case "document", "tool", "answer" -> InjectionChannel.DOCUMENT;
      default -> null;
    };
  }

  private static void write(@Nullable BufferedWriter out, String line) throws IOException {
    if (out != null) {
      out.write(line);
      out.write('\n');
    }
  }
}
