package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What stands around the choices of a reply. */
final class Envelope {
  private static final Set<String> KNOWN =
      Set.of(
          "id",
          "object",
          "created",
          "model",
          "system_fingerprint",
          "service_tier",
          "usage",
          "choices");

  private Envelope() {}

  /**
   * Takes out what an assistant adds to the protocol (citations, sources) and the guard does not
   * let pass: that is where retrieved documents lie in full.
   */
  static void check(ObjectNode reply, Guard guard, Exchange exchange, Events.Collected seen) {
    for (var name : List.copyOf(reply.propertyNames())) {
      if (KNOWN.contains(name)) {
        continue;
      }
      var text = String.join("\n", Json.strings(reply.get(name)));
      if (!text.isEmpty()
          && !(seen.add(guard.checkAnswer(exchange, text)) instanceof Verdict.Allow)) {
        reply.remove(name);
      }
    }
  }
}
