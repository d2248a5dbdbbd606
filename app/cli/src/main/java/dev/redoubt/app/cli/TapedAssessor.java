package dev.redoubt.app.cli;

import dev.redoubt.app.store.KeptResult;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Assessor;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.program.AssessorProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An assessor program whose results are kept, or what an earlier run kept of one. */
final class TapedAssessor implements Assessor {
  private static final String PREFIX = "assessor-";

  private final @Nullable AssessorProgram program;
  private final String id;
  private final RunFolder folder;
  private final int number;
  private final Map<String, KeptResult> kept;
  private int looked;

  private TapedAssessor(
      @Nullable AssessorProgram program,
      String id,
      RunFolder folder,
      int number,
      Map<String, KeptResult> kept) {
    this.program = program;
    this.id = id;
    this.folder = folder;
    this.number = number;
    this.kept = kept;
  }

  /** Asks a program, and keeps what it finds. */
  static TapedAssessor recording(AssessorProgram program, RunFolder folder, int number) {
    return new TapedAssessor(program, program.id(), folder, number, Map.of());
  }

  /** What an earlier run kept, program by program. */
  static List<TapedAssessor> replayed(RunFolder folder) {
    Map<Integer, Map<String, KeptResult>> byNumber = new LinkedHashMap<>();
    for (Path file : files(folder)) {
      KeptResult result = KeptResult.read(file);
      String name = file.getFileName().toString();
      int number = Integer.parseInt(name.substring(PREFIX.length(), name.lastIndexOf('-')));
      byNumber.computeIfAbsent(number, n -> new LinkedHashMap<>()).put(result.component(), result);
    }
    List<TapedAssessor> all = new ArrayList<>();
    byNumber.forEach((number, results) ->
        all.add(
            new TapedAssessor(
                null, results.values().iterator().next().assessor(), folder, number, results)));
    return all;
  }

  /** What went wrong on the way in an earlier run. */
  static List<String> failures(RunFolder folder) {
    return files(folder).stream().flatMap(f -> KeptResult.read(f).failures().stream()).toList();
  }

  private static List<Path> files(RunFolder folder) {
    try (var files = Files.list(folder.path())) {
      return files
          .filter(f -> f.getFileName().toString().matches(PREFIX + "\\d{1,4}-\\d{1,5}\\.json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new TargetUnreachableException(folder.path() + ": can't be read", e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean supports(Component component) {
    return program == null ? kept.containsKey(component.name()) : program.supports(component);
  }

  @Override
  public Coverage assess(AiSystem system, Component component, AssessmentContext context) {
    AssessorProgram asked = program;
    if (asked == null) {
      return again(component, context);
    }
    List<Finding> findings = new ArrayList<>();
    RecordingContext recording = new RecordingContext(context, findings);
    int before = asked.failures().size();
    try {
      Coverage coverage = asked.assess(system, component, recording);
      List<String> failures = asked.failures();
      keep(component, findings, coverage, null, failures.subList(before, failures.size()));
      return coverage;
    } catch (TargetUnreachableException e) {
      keep(component, findings, null, String.valueOf(e.getMessage()), List.of());
      throw e;
    }
  }

  private void keep(
      Component component,
      List<Finding> findings,
      @Nullable Coverage coverage,
      @Nullable String unreachable,
      List<String> failures) {
    new KeptResult(id, component.name(), findings, coverage, unreachable, failures)
        .write(folder.path().resolve("%s%04d-%05d.json".formatted(PREFIX, number, looked++)));
  }

  private Coverage again(Component component, AssessmentContext context) {
    KeptResult result = kept.get(component.name());
    if (result == null) {
      throw new IllegalArgumentException("nothing is kept of " + component.name());
    }
    result.findings().forEach(context::finding);
    Coverage coverage = result.coverage();
    if (coverage == null) {
      throw new TargetUnreachableException(
          result.unreachable() == null ? "it came to nothing" : result.unreachable());
    }
    return coverage;
  }
}
