package dev.redoubt.app.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run was executed, and how to execute it again.
 *
 * @param command the command that repeats the run, seed included, without anything that names this
 *     machine
 * @param versions what took part, with its version or digest: {@code model}, {@code embedder},
 *     {@code jdk}; sorted by name
 * @param errors what went wrong with the run itself, one line each; empty when it went to its end.
 *     A crash, a scanner that could not run and an interrupted run belong here, a finding does not
 */
public record Execution(String command, Map<String, String> versions, List<String> errors) {
  public Execution {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
    errors = List.copyOf(errors);
  }

  /** A run that went to its end. */
  public static Execution of(String command) {
    return new Execution(command, Map.of(), List.of());
  }

  /** Says whether the run went to its end. */
  public boolean successful() {
    return errors.isEmpty();
  }
}
