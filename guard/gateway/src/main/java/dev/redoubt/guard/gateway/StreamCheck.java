package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.Verdict;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks a streamed reply. Events are made anew: what goes out is the upstream's envelope and text
 * that was checked, nothing else. A stream that breaks off loses what was held back.
 */
final class StreamCheck {
  private final Guard guard;
  private final GatewayLimits limits;
  private final Exchange exchange;
  private final @Nullable ModelView view;
  private final Events.Collected seen;
  private final int wanted;
  private final Map<Integer, StreamChoice> choices = new TreeMap<>();
  private final Set<Refusal> announced = new HashSet<>();
  private ObjectNode envelope = Json.object();

  StreamCheck(
      Guard guard,
      GatewayLimits limits,
      Exchange exchange,
      @Nullable ModelView view,
      Events.Collected seen,
      int wanted) {
    this.guard = guard;
    this.limits = limits;
    this.exchange = exchange;
    this.view = view;
    this.seen = seen;
    this.wanted = wanted;
  }

  void run(Upstream.Reply answer, ClientReply reply) throws IOException {
    try (var out = new SseWriter(answer, reply)) {
      try {
        read(new SseReader(answer.body(), limits.replyBytes()), out);
      } catch (UnreadableException odd) {
        seen.unscanned(String.valueOf(odd.getMessage()), true);
        out.refused(Refusal.unscanned());
        broken(out, reply, "the upstream's stream can't be checked: " + odd.getMessage());
      } catch (UpstreamException cut) {
        // What was held back was never looked at, and does not pass.
        seen.unscanned(String.valueOf(cut.getMessage()), true);
        broken(out, reply, String.valueOf(cut.getMessage()));
      }
    }
  }

  private void read(SseReader events, SseWriter out) throws IOException, UnreadableException {
    boolean done = false;
    for (var data = events.next(); data != null && !done; data = events.next()) {
      done = data.equals("[DONE]");
      if (done) {
        break;
      }
      var json = Json.object(data);
      if (json == null) {
        throw new UnreadableException("an event is no JSON object");
      }
      if (json.has("error")) {
        error(json, out);
        return;
      }
      take(json, out);
      if (allRefused()) {
        // Leaving now closes the connection, and the model stops talking.
        end(out);
        return;
      }
    }
    for (var choice : choices.entrySet()) {
      if (!choice.getValue().ended()) {
        if (!done) {
          throw new UpstreamException(502, "the upstream's stream broke off");
        }
        choice.getValue().end(null, deltas(choice.getKey(), out));
        announce(choice.getValue(), out);
      }
    }
    end(out);
  }

  private void end(SseWriter out) throws IOException {
    seen.emit();
    out.done();
  }

  private void take(ObjectNode json, SseWriter out) throws IOException, UnreadableException {
    var usage = json.remove("usage");
    var list = json.remove("choices");
    Envelope.check(json, guard, exchange, seen);
    envelope = json;
    if (list instanceof ArrayNode entries) {
      for (var entry : entries) {
        choice(entry, out);
      }
    } else if (list != null && !list.isNull()) {
      throw new UnreadableException("choices is no list");
    }
    if (usage != null && !usage.isNull()) {
      var event = envelope.deepCopy();
      event.putArray("choices");
      event.set("usage", usage);
      out.event(event);
    }
  }

  private void choice(JsonNode entry, SseWriter out) throws IOException, UnreadableException {
    int index = entry.path("index").asInt(0);
    if (index < 0 || index >= wanted) {
      throw new UnreadableException("a choice that was not asked for");
    }
    var choice =
        choices.computeIfAbsent(
            index, i -> new StreamChoice(guard, exchange, view, seen, limits.replyBytes()));
    if (choice.ended()) {
      return;
    }
    var to = deltas(index, out);
    choice.take(entry.path("delta"), to);
    if (!choice.ended() && entry.path("finish_reason").isString()) {
      choice.end(entry.path("finish_reason").stringValue(), to);
    }
  }

  private StreamChoice.Out deltas(int index, SseWriter out) {
    return (Consumer<ObjectNode> fill, @Nullable String finishReason) -> {
      var choice = choices.get(index);
      if (choice != null) {
        announce(choice, out);
      }
      var event = envelope.deepCopy();
      var entry = event.putArray("choices").addObject().put("index", index);
      fill.accept(entry.putObject("delta"));
      entry.put("finish_reason", finishReason);
      out.event(event);
    };
  }

  private void announce(StreamChoice choice, SseWriter out) throws IOException {
    var refusal = choice.refusal();
    if (refusal != null && announced.add(refusal)) {
      out.refused(refusal);
    }
  }

  private boolean allRefused() {
    return choices.size() == wanted
        && choices.values().stream().allMatch(choice -> choice.refusal() != null);
  }

  /** An error that the upstream tells in the middle of a stream; its text is an answer, too. */
  private void error(ObjectNode json, SseWriter out) throws IOException {
    var text = String.join("\n", Json.strings(json));
    if (seen.add(guard.checkAnswer(exchange, text)) instanceof Verdict.Allow) {
      out.event(json);
    } else {
      out.event(errorEvent("the upstream failed; its message was held back"));
    }
  }

  private static void broken(SseWriter out, ClientReply reply, String message) throws IOException {
    if (!reply.started()) {
      throw new UpstreamException(502, message);
    }
    out.event(errorEvent(message));
  }

  private static ObjectNode errorEvent(String message) {
    var event = Json.object();
    event.putObject("error").put("message", message).put("type", "gateway_error").put("code", 502);
    return event;
  }
}
