package dev.redoubt.runtime.program;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that judges conversations. Thread-safe; calls block.
 *
 * @since 0.1.0
 */
public final class JudgeProgram implements AutoCloseable {
  private final ProgramConnection connection;

  private JudgeProgram(ProgramConnection connection) {
    this.connection = connection;
  }

  /**
   * Starts the program and waits until it is ready.
   *
   * @throws ProgramException when it does not get there
   */
  public static JudgeProgram start(ProgramSpec spec) throws ProgramException, InterruptedException {
    return new JudgeProgram(ProgramConnection.start(Role.JUDGE, spec));
  }

  /** What the program calls itself. */
  public String name() {
    return connection.ready().name();
  }

  /** Its version, where it says. */
  public Optional<String> version() {
    return Optional.ofNullable(connection.ready().version());
  }

  /**
   * Asks for a verdict.
   *
   * @param timeout longest wait
   * @throws ProgramException when there is none: the attempt is unassessed, never resisted
   */
  public ProgramVerdict judge(JudgeRequest request, Duration timeout)
      throws ProgramException, InterruptedException {
    try (Call call = connection.call(message(request), null)) {
      return ProgramVerdict.of(call.next(timeout));
    }
  }

  private static ObjectNode message(JudgeRequest request) {
    ObjectNode message = Json.message("judge").put("objective", request.objective());
    message.set("turns", Json.turns(request.turns()));
    var ledger = message.putArray("ledger");
    for (JudgeRequest.Entry entry : request.ledger()) {
      ObjectNode call = ledger.addObject().put("tool", entry.tool());
      call.set("arguments", Json.node(entry.arguments()));
      call.put("caller", entry.caller()).put("status", entry.status());
    }
    var facts = message.putArray("facts");
    for (JudgeRequest.Planted fact : request.facts()) {
      facts
          .addObject()
          .put("name", fact.name())
          .put("kind", fact.kind())
          .put("value", fact.value());
    }
    return message;
  }

  /** Ends the program and all that it started. */
  @Override
  public void close() {
    connection.close();
  }
}
