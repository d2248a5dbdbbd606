package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.CallerSource;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Place;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides by its path what becomes of a request, and turns failures into replies. */
final class Routes {
  /** TRACE would show a page the headers that it must not see. */
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");

  private final boolean before;
  private final boolean refuseUnchecked;
  private final Targets targets;
  private final ChatRoute chat;
  private final PassRoute pass;
  private final Events events;
  private final CallerSource caller;
  private final @Nullable ConfirmRoute confirm;

  Routes(GatewayConfig config, Upstream upstream, InFlight inFlight, Confirmations confirmations) {
    this.caller = config.guard().policy().caller();
    this.confirm =
        config.guard().policy().asking().most() == 0
            ? null
            : new ConfirmRoute(confirmations, config.operatorToken());
    var guard = config.guard().at(config.place());
    this.before = config.place() == Place.FRONT;
    this.refuseUnchecked = !guard.rules().isEmpty() && guard.policy().blockOnNotRun();
    this.targets = new Targets(config.upstream());
    this.events = new Events(config.place(), config.listener(), config.toolLog(), confirmations);
    this.pass = new PassRoute(upstream, inFlight);
    this.chat = new ChatRoute(guard, config.limits(), upstream, inFlight, events);
  }

  /**
   * Answers a request.
   *
   * @throws IOException when the reply broke off after its start: the connection must be closed, so
   *     that the client does not take it for whole
   */
  void handle(ClientRequest request, ClientReply reply) throws IOException {
    try {
      route(request, reply);
    } catch (IOException failed) {
      if (reply.started() || failed instanceof ClientGoneException) {
        throw failed;
      }
      int status = failed instanceof UpstreamException upstream ? upstream.status() : 502;
      error(reply, status, String.valueOf(failed.getMessage()));
    }
  }

  private void route(ClientRequest request, ClientReply reply) throws IOException {
    if (!METHODS.contains(request.method())) {
      error(reply, 405, "this gateway passes " + String.join(", ", METHODS) + " only");
      return;
    }
    if (confirm != null && ConfirmRoute.covers(request.path())) {
      confirm.handle(request, CallerName.of(caller, request.headers()), reply);
      return;
    }
    var target = targets.at(request.path(), request.query());
    switch (targets.kind(request.path(), reading(request))) {
      case CHAT -> {
        if (request.method().equals("POST")) {
          chat.handle(request, target, reply);
        } else if (request.method().equals("OPTIONS")) {
          pass.handle(request, target, reply);
        } else {
          error(reply, 405, "chat completions are asked for with POST");
        }
      }
      case API -> pass.handle(request, target, reply);
      case UNCHECKED -> unchecked(request, target, reply);
      case FOREIGN -> {
        if (before) {
          unchecked(request, target, reply);
        } else {
          error(reply, 404, "this gateway serves /v1 only");
        }
      }
      case OUTSIDE -> {
        if (before || reading(request)) {
          pass.handle(request, target, reply);
        } else {
          error(reply, 404, "this gateway serves /v1 only");
        }
      }
      case AMBIGUOUS -> error(reply, 400, "the path has escapes, dots or empty segments");
    }
  }

  private void unchecked(ClientRequest request, String target, ClientReply reply)
      throws IOException {
    if (refuseUnchecked) {
      events.unchecked(request.path());
      refused(
          reply,
          403,
          "this guard can't check "
              + request.method()
              + " "
              + request.path()
              + "; use POST /v1/chat/completions");
    } else {
      pass.handle(request, target, reply);
    }
  }

  private static boolean reading(ClientRequest request) {
    return List.of("GET", "HEAD", "OPTIONS").contains(request.method());
  }

  static void error(ClientReply reply, int status, String message) {
    var headers = new HeaderList();
    headers.set("content-type", "application/json");
    reply.send(status, headers, ErrorBody.of(status, message));
  }

  private static void refused(ClientReply reply, int status, String message) {
    var headers = new HeaderList();
    headers.set("content-type", "application/json");
    headers.set(Refusal.HEADER, "blocked; rule=unchecked-endpoint");
    reply.send(status, headers, ErrorBody.of(status, message));
  }
}
