package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Checks a chat completion on its way to the upstream and back. */
final class ChatRoute {
  private final Guard guard;
  private final GatewayLimits limits;
  private final Upstream upstream;
  private final InFlight inFlight;
  private final Events events;

  ChatRoute(
      Guard guard, GatewayLimits limits, Upstream upstream, InFlight inFlight, Events events) {
    this.guard = guard;
    this.limits = limits;
    this.upstream = upstream;
    this.inFlight = inFlight;
    this.events = events;
  }

  void handle(ClientRequest request, String target, ClientReply reply) throws IOException {
    var encoding = request.headers().first("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      Routes.error(reply, 415, "a compressed request can't be checked");
      return;
    }
    var json = Json.object(request.body());
    if (json == null) {
      Routes.error(reply, 400, "the request is no JSON object, or has a key twice");
      return;
    }
    var problem = CallerName.problem(guard.policy().caller(), request.headers());
    if (problem != null) {
      Routes.error(reply, 400, problem);
      return;
    }
    ChatRequestBody chat;
    try {
      chat = ChatRequestBody.read(json, guard.place());
    } catch (UnreadableException odd) {
      Routes.error(reply, 400, "the request can't be checked: " + odd.getMessage());
      return;
    }
    var caller = CallerName.of(guard.policy().caller(), request.headers());
    forward(request, target, chat, caller, reply);
  }

  private void forward(
      ClientRequest request, String target, ChatRequestBody chat, Caller caller, ClientReply reply)
      throws IOException {
    var id = events.newId();
    var exchange = guard.exchange(id, caller, chat.texts(), chat.calls());
    var seen = events.request(id, caller);
    var refusal = checkRequest(chat, exchange, seen);
    var view = guard.place() == Place.FRONT ? null : guard.prepareForModel(exchange);
    if (refusal == null && view != null) {
      refusal = Refusal.of(seen.add(view.verdict()));
    }
    seen.emit();
    if (refusal != null) {
      refusal.send(reply, id, chat.model(), chat.stream());
      return;
    }
    if (view != null) {
      mask(chat, view);
    }
    var headers = request.headers();
    // A compressed reply could not be checked.
    headers.set("accept-encoding", "identity");
    headers.set("content-type", "application/json");
    try (var watch = inFlight.begin(reply);
        var answer =
            upstream.send(request.method(), target, headers, Json.bytes(chat.body()), watch)) {
      new AnswerRoute(guard, limits, exchange, view, events.response(id, caller), chat)
          .handle(answer, reply);
    }
  }

  private @Nullable Refusal checkRequest(
      ChatRequestBody chat, Exchange exchange, Events.Collected seen) {
    boolean closed = guard.policy().blockOnNotRun();
    Refusal refusal = null;
    if (!guard.rules().isEmpty()) {
      for (var type : chat.unscanned()) {
        seen.unscanned("content of type " + type, closed);
        refusal = closed ? Refusal.unscanned() : null;
      }
    }
    for (var message : chat.messages()) {
      var verdict =
          seen.settle(
              "message", message.texts().content(), guard.checkInput(exchange, message.text()));
      if (verdict instanceof Verdict.Rewrite rewrite) {
        message.texts().content(rewrite.text());
      }
      refusal = refusal == null ? Refusal.of(verdict) : refusal;
      for (var other : message.texts().others()) {
        refusal = refusal == null ? strict(seen, exchange, message.text(other)) : refusal;
      }
    }
    if (refusal == null && !chat.rest().isEmpty()) {
      var role = guard.place() == Place.FRONT ? Role.USER : Role.SYSTEM;
      refusal = strict(seen, exchange, new Text(role, "request", true, chat.rest()));
    }
    return refusal;
  }

  /** Checks a text that can't be rewritten where it stands. */
  private @Nullable Refusal strict(Events.Collected seen, Exchange exchange, Text text) {
    var verdict = seen.settle("message", text.text(), guard.checkInput(exchange, text));
    return verdict instanceof Verdict.Rewrite ? Refusal.unscanned() : Refusal.of(verdict);
  }

  private static void mask(ChatRequestBody chat, ModelView view) {
    for (var message : chat.messages()) {
      var content = message.texts().content();
      var masked = view.mask(message.role(), content);
      if (!masked.equals(content)) {
        message.texts().content(masked);
      }
      for (var call : message.calls()) {
        call.arguments(view.mask(message.role(), call.view().argumentsJson()));
      }
    }
  }
}
