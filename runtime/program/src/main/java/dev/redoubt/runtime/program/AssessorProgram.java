package dev.redoubt.runtime.program;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Assessor;
import dev.redoubt.core.Component;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.TargetUnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program as an assessor. What it found before it failed is kept; that it failed is a gap of the
 * coverage and one of {@link #failures}, so that a crash never looks like a clean system.
 * Thread-safe; calls block.
 *
 * @since 0.1.0
 */
public final class AssessorProgram implements Assessor, AutoCloseable {
  /** Longest silence of a program that is told nothing else. */
  public static final Duration SILENCE = Duration.ofMinutes(5);

  private final ProgramConnection connection;
  private final Duration silence;
  private final List<String> failures = new CopyOnWriteArrayList<>();

  private AssessorProgram(ProgramConnection connection, Duration silence) {
    this.connection = connection;
    this.silence = silence;
  }

  /**
   * Starts the program and waits until it is ready.
   *
   * @param silence longest time without a message while it works; then it is killed
   * @throws ProgramException when it does not get there
   */
  public static AssessorProgram start(ProgramSpec spec, Duration silence)
      throws ProgramException, InterruptedException {
    return new AssessorProgram(ProgramConnection.start(Role.ASSESSOR, spec), silence);
  }

  /** {@code program.} and what the program calls itself. */
  @Override
  public String id() {
    return "program." + connection.ready().name();
  }

  /** Its version, where it says. */
  public Optional<String> version() {
    return Optional.ofNullable(connection.ready().version());
  }

  /** Says whether the program named this type of component when it got ready. */
  @Override
  public boolean supports(Component component) {
    return connection.ready().components().contains(component.type());
  }

  /** What went wrong so far, one line each: to be shown, and not to be taken for a clean result. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  /**
   * Lets the program assess a component.
   *
   * @throws TargetUnreachableException when it failed and neither found nor tested anything
   */
  @Override
  public Coverage assess(AiSystem system, Component component, AssessmentContext context) {
    var run = new AssessorRun(id(), component, context, silence);
    try (Call call = connection.call(message(system, component, context), null)) {
      run.follow(call);
    } catch (ProgramException e) {
      run.failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      run.failed("interrupted");
    }
    if (run.cameToNothing()) {
      throw new TargetUnreachableException(String.join("; ", run.failures()));
    }
    failures.addAll(run.failures());
    return run.coverage();
  }

  private static ObjectNode message(
      AiSystem system, Component component, AssessmentContext context) {
    ObjectNode message = Json.message("assess");
    message.set("system", SystemJson.of(system));
    message.put("component", component.name()).put("seed", context.seed());
    int most = context.limits().calls();
    if (most < Integer.MAX_VALUE) {
      message.put("maxCalls", most);
    }
    return message;
  }

  /** Ends the program and all that it started. */
  @Override
  public void close() {
    connection.close();
  }
}
