package dev.redoubt.runtime.program;

import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One component under the eyes of an assessor program. For one thread. */
final class AssessorRun {
  /** How often the user's wish to stop is looked at. */
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Time to come to an end once the user asked to stop. */
  private static final Duration STOP = Duration.ofSeconds(5);

  private static final int SHOWN = 300;

  private final String assessor;
  private final Component component;
  private final AssessmentContext context;
  private final Duration silence;
  private final List<Coverage.Item> tested = new ArrayList<>();
  private final List<Coverage.Gap> notTested = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int findings;

  AssessorRun(String assessor, Component component, AssessmentContext context, Duration silence) {
    this.assessor = assessor;
    this.component = component;
    this.context = context;
    this.silence = silence;
  }

  /** Takes what the program sends until it is done or the user asks to stop. */
  void follow(Call call) throws ProgramException, InterruptedException {
    var reader = new FindingReader(assessor, component, context.seed());
    for (Message m = next(call); m != null; m = next(call)) {
      try {
        if (m.type().equals("done")) {
          m.end();
          if (context.cancelled()) {
            gap("stopped by the user");
          }
          return;
        }
        take(m, reader);
      } catch (ProgramException e) {
        // The rest may well be right; what could not be read must not vanish.
        failed(String.valueOf(e.getMessage()));
      }
    }
    gap("stopped by the user");
  }

  /** The next message; absent when the program did not end after the user asked to stop. */
  private @Nullable Message next(Call call) throws ProgramException, InterruptedException {
    long quietUntil = System.nanoTime() + silence.toNanos();
    while (!context.cancelled()) {
      Duration left = Duration.ofNanos(quietUntil - System.nanoTime());
      if (!left.isPositive()) {
        throw call.timedOut(silence);
      }
      Message message = call.poll(left.compareTo(LOOK) < 0 ? left : LOOK);
      if (message != null) {
        return message;
      }
    }
    return call.lastWords(STOP);
  }

  private void take(Message m, FindingReader reader) throws ProgramException {
    switch (m.type()) {
      case "progress" -> {
        context.progress(Text.oneLine(m.words("what"), SHOWN), m.count("done"), m.count("total"));
        m.end();
      }
      case "finding" -> {
        context.finding(reader.read(m));
        findings++;
      }
      case "tested" -> {
        tested.add(new Coverage.Item(component.name(), line(m, "what"), line(m, "detail")));
        m.end();
      }
      default -> {
        notTested.add(new Coverage.Gap(component.name(), line(m, "what"), line(m, "reason")));
        m.end();
      }
    }
  }

  private static String line(Message m, String field) throws ProgramException {
    return Text.oneLine(m.words(field), SHOWN);
  }

  void failed(String why) {
    failures.add(why);
    gap(why);
  }

  private void gap(String why) {
    notTested.add(new Coverage.Gap(component.name(), assessor, why));
  }

  /** Says whether it failed and there is nothing that must be kept. */
  boolean cameToNothing() {
    return !failures.isEmpty() && findings == 0 && tested.isEmpty();
  }

  List<String> failures() {
    return failures;
  }

  Coverage coverage() {
    return new Coverage(tested, notTested);
  }
}
