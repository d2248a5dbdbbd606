package dev.redoubt.runtime.program;

import dev.redoubt.core.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that makes probes. It needs no memory: what an adaptive probe says next depends on the
 * conversation that it is shown. Thread-safe; calls block.
 *
 * @since 0.1.0
 */
public final class ProbeProgram implements AutoCloseable {
  private final ProgramConnection connection;

  private ProbeProgram(ProgramConnection connection) {
    this.connection = connection;
  }

  /**
   * Starts the program and waits until it is ready.
   *
   * @throws ProgramException when it does not get there
   */
  public static ProbeProgram start(ProgramSpec spec) throws ProgramException, InterruptedException {
    return new ProbeProgram(ProgramConnection.start(Role.PROBE, spec));
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
   * Asks for the probes of some objectives.
   *
   * @param timeout longest wait for the next probe
   * @throws ProgramException when it does not give them all, or a wrong one
   */
  public List<ProgramProbe> probes(ProbeRequest request, Duration timeout)
      throws ProgramException, InterruptedException {
    List<ProgramProbe> probes = new ArrayList<>();
    Set<List<String>> names = new HashSet<>();
    try (Call call = connection.call(message(request), null)) {
      for (Message m = call.next(timeout); isProbe(m); m = call.next(timeout)) {
        ProgramProbe probe = ProgramProbe.of(m, request.objectives());
        if (!names.add(List.of(probe.objective(), probe.name()))) {
          throw m.bad("there are two '" + probe.name() + "' for " + probe.objective());
        }
        probes.add(probe);
      }
    }
    return List.copyOf(probes);
  }

  private static boolean isProbe(Message message) throws ProgramException {
    if (message.type().equals("probe")) {
      return true;
    }
    if (!message.type().equals("done")) {
      throw message.bad("'probes' is answered by any number of 'probe' and one 'done'");
    }
    message.end();
    return false;
  }

  private static ObjectNode message(ProbeRequest request) {
    ObjectNode message = Json.message("probes");
    ObjectNode system = message.putObject("system");
    system.put("name", request.system()).put("purpose", request.purpose());
    ObjectNode context = system.putObject("context");
    request.context().forEach(context::put);
    var objectives = message.putArray("objectives");
    request.objectives().forEach(objectives::add);
    return message.put("seed", request.seed());
  }

  /**
   * Asks an adaptive probe what to say next.
   *
   * @param turns the conversation so far; the last turn is the target's, or there is none
   * @param seed seed of the attempt
   * @param timeout longest wait
   * @return what to say; empty when the probe has nothing more to say
   */
  public Optional<String> next(
      ProgramProbe probe, List<Evidence.Turn> turns, long seed, Duration timeout)
      throws ProgramException, InterruptedException {
    ObjectNode message =
        Json.message("next").put("objective", probe.objective()).put("probe", probe.name());
    message.set("turns", Json.turns(turns));
    try (Call call = connection.call(message.put("seed", seed), null)) {
      Message answer = call.next(timeout);
      if (answer.type().equals("probe")) {
        throw answer.bad("'next' is answered by one 'turn' or one 'done'");
      }
      boolean more = answer.type().equals("turn");
      Optional<String> text = more ? Optional.of(answer.text("text")) : Optional.empty();
      answer.end();
      return text;
    }
  }

  /** Ends the program and all that it started. */
  @Override
  public void close() {
    connection.close();
  }
}
