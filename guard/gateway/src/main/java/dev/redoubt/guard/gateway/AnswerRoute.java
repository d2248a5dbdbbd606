package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.Rule;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks what the upstream answers to one chat completion request. */
final class AnswerRoute {
  private final Guard guard;
  private final GatewayLimits limits;
  private final Exchange exchange;
  private final @Nullable ModelView view;
  private final Events.Collected seen;
  private final ChatRequestBody request;

  /**
   * @param view what the model saw; absent before the assistant, where nothing is hidden
   */
  AnswerRoute(
      Guard guard,
      GatewayLimits limits,
      Exchange exchange,
      @Nullable ModelView view,
      Events.Collected seen,
      ChatRequestBody request) {
    this.guard = guard;
    this.limits = limits;
    this.exchange = exchange;
    this.view = view;
    this.seen = seen;
    this.request = request;
  }

  void handle(Upstream.Reply answer, ClientReply reply) throws IOException {
    try {
      if (nothingToCheck()) {
        seen.emit();
        PassRoute.pass(answer, reply);
      } else if (compressed(answer)) {
        unreadable(reply, "the upstream compressed its reply, unasked");
      } else if (answer.status() >= 300) {
        failed(answer, reply);
      } else if (isEventStream(answer)) {
        new StreamCheck(guard, limits, exchange, view, seen, request.choices()).run(answer, reply);
      } else {
        whole(answer, reply);
      }
    } catch (UpstreamException cut) {
      seen.unscanned(String.valueOf(cut.getMessage()), true);
      throw cut;
    } finally {
      // Also where the upstream broke off.
      seen.emit();
    }
  }

  /** Without a rule for answers or calls there is nothing to read, and nothing to hold back. */
  private boolean nothingToCheck() {
    return !seen.logsCalls()
        && guard.rules().stream().noneMatch(AnswerRoute::looksBack)
        && (view == null || view.hidden() == 0);
  }

  private static boolean looksBack(Rule rule) {
    return rule.check().stages().contains(Stage.ANSWER)
        || rule.check().stages().contains(Stage.TOOL_CALL);
  }

  private static boolean compressed(Upstream.Reply answer) {
    var encoding = answer.headers().first("content-encoding");
    return encoding != null && !encoding.equalsIgnoreCase("identity");
  }

  private static boolean isEventStream(Upstream.Reply answer) {
    var type = answer.headers().first("content-type");
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream");
  }

  /** An error passes with its status; its text is an answer like any other. */
  private void failed(Upstream.Reply answer, ClientReply reply) throws IOException {
    byte[] body = answer.readAll(limits.replyBytes());
    var json = Json.object(body);
    var text =
        json == null
            ? new String(body, StandardCharsets.UTF_8)
            : String.join("\n", Json.strings(json));
    var verdict = seen.add(guard.checkAnswer(exchange, text));
    seen.emit();
    if (verdict instanceof Verdict.Allow) {
      reply.send(answer.status(), answer.headers(), body);
    } else {
      Routes.error(reply, answer.status(), "the upstream failed; its message was held back");
    }
  }

  private void whole(Upstream.Reply answer, ClientReply reply) throws IOException {
    byte[] body = answer.readAll(limits.replyBytes());
    var json = Json.object(body);
    if (json == null || !(json.get("choices") instanceof ArrayNode choices)) {
      unreadable(reply, "the upstream's reply is no chat completion");
      return;
    }
    Envelope.check(json, guard, exchange, seen);
    Refusal refusal = null;
    try {
      for (var choice : choices) {
        if (!(choice instanceof ObjectNode object)) {
          throw new UnreadableException("a choice is no object");
        }
        var refused = new ChoiceCheck(guard, exchange, view, seen).check(object);
        refusal = refused == null ? refusal : refused;
      }
    } catch (UnreadableException odd) {
      unreadable(reply, "the upstream's reply can't be checked: " + odd.getMessage());
      return;
    }
    if (refusal != null) {
      answer.headers().set(Refusal.HEADER, refusal.header());
    }
    seen.emit();
    reply.send(answer.status(), answer.headers(), Json.bytes(json));
  }

  private void unreadable(ClientReply reply, String message) {
    seen.unscanned(message, true);
    seen.emit();
    var headers = new HeaderList();
    headers.set("content-type", "application/json");
    headers.set(Refusal.HEADER, Refusal.unscanned().header());
    reply.send(502, headers, ErrorBody.of(502, message));
  }
}
