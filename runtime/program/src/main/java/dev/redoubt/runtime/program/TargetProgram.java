package dev.redoubt.runtime.program;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program as the target of attacks. Thread-safe; a call blocks, and waits for its turn when the
 * program takes no more at a time.
 *
 * @since 0.1.0
 */
public final class TargetProgram implements AutoCloseable {
  private final ProgramConnection connection;

  /** In which life of the program a conversation began. */
  private final Map<String, Life> conversations = new ConcurrentHashMap<>();

  private TargetProgram(ProgramConnection connection) {
    this.connection = connection;
  }

  /**
   * Starts the program and waits until it is ready.
   *
   * @throws ProgramException when it does not get there
   */
  public static TargetProgram start(ProgramSpec spec)
      throws ProgramException, InterruptedException {
    return new TargetProgram(ProgramConnection.start(Role.TARGET, spec));
  }

  /** What the program calls itself. */
  public String name() {
    return connection.ready().name();
  }

  /** Its version, where it says. */
  public Optional<String> version() {
    return Optional.ofNullable(connection.ready().version());
  }

  /** How many requests it takes at a time; more wait. */
  public int concurrency() {
    return connection.ready().concurrency();
  }

  /** Says whether it needs nothing but the history, so that a new start loses no conversation. */
  public boolean stateless() {
    return connection.ready().stateless();
  }

  /**
   * Says something and waits for the answer.
   *
   * @param timeout longest wait from when the program gets the request; the program is killed when
   *     it is over
   * @throws ProgramException when there is no answer; the next call starts the program again when
   *     it is dead, and those of conversations that died with it fail as {@code FORGOTTEN}
   */
  public ProgramReply say(ProgramTurn turn, Duration timeout)
      throws ProgramException, InterruptedException {
    Life same = null;
    if (turn.turn() > 0 && !stateless()) {
      same = conversations.get(turn.conversation());
      if (same == null) {
        throw connection.forgotten();
      }
    }
    try (Call call = connection.call(request(turn), same)) {
      if (turn.turn() == 0) {
        conversations.put(turn.conversation(), call.life());
      }
      return ProgramReply.of(call.next(timeout));
    }
  }

  private static ObjectNode request(ProgramTurn turn) {
    ObjectNode request =
        Json.message("say")
            .put("conversation", turn.conversation())
            .put("turn", turn.turn())
            .put("text", turn.text());
    request.set("history", Json.turns(turn.history()));
    return request
        .put("identity", turn.identity())
        .put("seed", turn.seed())
        .put("temperature", turn.temperature())
        .put("maxTokens", turn.maxTokens());
  }

  /** Tells the program that a conversation is over; to be called for each, also a failed one. */
  public void end(String conversation) {
    Life life = conversations.remove(conversation);
    if (life != null) {
      life.send(Json.message("end").put("conversation", conversation));
    }
  }

  /** Ends the program and all that it started. */
  @Override
  public void close() {
    connection.close();
  }
}
