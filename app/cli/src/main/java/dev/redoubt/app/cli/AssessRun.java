package dev.redoubt.app.cli;

import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Assessor;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Has every assessor look at the components that it knows. */
final class AssessRun {
  private final AiSystem system;
  private final RunContext context;
  private final List<Assessor> assessors = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private Coverage coverage = new Coverage(List.of(), List.of());

  /**
   * @param more assessors beside those of the class path: programs of the user's
   */
  AssessRun(AiSystem system, RunContext context, List<? extends Assessor> more) {
    this.system = system;
    this.context = context;
    ServiceLoader.load(Assessor.class).forEach(assessors::add);
    assessors.addAll(more);
  }

  /** Tells what is wrong with any component before the first one is attacked. */
  void check() {
    Set<String> problems = new LinkedHashSet<>();
    for (Component component : system.components()) {
      for (Assessor assessor : assessors) {
        if (assessor.supports(component)) {
          try {
            assessor.check(system, component, context);
          } catch (UsageException e) {
            problems.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("\n", problems));
    }
  }

  /** Looks at every component; what can't be reached is an error and a gap. */
  void assess() {
    for (Component component : system.components()) {
      boolean looked = false;
      for (Assessor assessor : assessors) {
        if (!assessor.supports(component)) {
          continue;
        }
        looked = true;
        try {
          coverage = coverage.plus(assessor.assess(system, component, context));
        } catch (TargetUnreachableException e) {
          String why = String.valueOf(e.getMessage());
          errors.add(why);
          coverage = coverage.plus(gap(component, assessor.id(), why));
        }
      }
      if (!looked) {
        coverage =
            coverage.plus(gap(component, component.type(), "this version has no assessor for it"));
      }
    }
  }

  private static Coverage gap(Component component, String what, String reason) {
    return new Coverage(List.of(), List.of(new Coverage.Gap(component.name(), what, reason)));
  }

  /** Adds something that went wrong with the run itself. */
  void error(String line) {
    errors.add(line);
  }

  List<String> errors() {
    return List.copyOf(errors);
  }

  /** What was found, as the report of a run. */
  Report report(RunFile run) {
    return new Report(
        new Assessment(
            system.withoutSecrets(),
            new Assessment.Run(
                context.runId(), Version.number(), run.seed(), run.started(), run.duration()),
            context.findings(),
            context.facts(),
            coverage),
        context.attempts(),
        context.twins(),
        null,
        new Execution(run.command(), Map.of("redoubt", Version.number()), errors));
  }
}
