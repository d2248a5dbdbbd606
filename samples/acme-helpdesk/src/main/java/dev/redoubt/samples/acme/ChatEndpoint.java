package dev.redoubt.samples.acme;

import dev.redoubt.runtime.llm.ChatDelta;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.OpenAiJson;
import dev.redoubt.runtime.llm.ReplyHead;
import dev.redoubt.samples.acme.Assistant.Visitor;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The assistant on the wire: what OpenAI clients speak. */
final class ChatEndpoint {
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

  private final Assistant assistant;
  private final Doors doors;
  private final InstantSource clock;
  private final AtomicLong replies = new AtomicLong();

  ChatEndpoint(Assistant assistant, Doors doors, InstantSource clock) {
    this.assistant = assistant;
    this.doors = doors;
    this.clock = clock;
  }

  void route(HttpRouting.Builder routing) {
    routing
        .post("/v1/chat/completions", this::complete)
        .get("/v1/models", this::models)
        .any((request, response) ->
            refuse(response, Status.NOT_FOUND_404, "there is no " + request.path().path()));
  }

  private void models(ServerRequest request, ServerResponse response) {
    var root = OpenAiJson.mapper().createObjectNode().put("object", "list");
    root.putArray("data")
        .addObject()
        .put("id", AcmeHelpDesk.MODEL_NAME)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "acme");
    response.header(JSON).send(OpenAiJson.mapper().writeValueAsBytes(root));
  }

  private void complete(ServerRequest request, ServerResponse response) {
    var visitor = doors.visitor(request);
    if (visitor.isEmpty()) {
      refuse(response, Status.UNAUTHORIZED_401, "the token is not valid: log in again");
      return;
    }
    try {
      var incoming = OpenAiJson.readRequest(request.content().as(byte[].class));
      if (incoming.stream()) {
        stream(visitor.get(), incoming, response);
      } else {
        var reply = assistant.answer(visitor.get(), incoming.request(), _ -> {});
        response.header(JSON).send(OpenAiJson.writeReply(head(), reply));
      }
    } catch (ChatException e) {
      refuse(response, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(response, Status.SERVICE_UNAVAILABLE_503, "the server is being stopped");
    }
  }

  private void stream(Visitor visitor, OpenAiJson.Incoming incoming, ServerResponse response)
      throws InterruptedException {
    try (var events = new EventStream(head(), response)) {
      try {
        var reply = assistant.answer(visitor, incoming.request(), events::text);
        events.delta(ChatDelta.finish(reply.finishReason()));
        if (incoming.includeUsage()) {
          events.delta(ChatDelta.ofUsage(reply.usage()));
        }
        events.data(OpenAiJson.DONE);
      } catch (ChatException e) {
        if (!events.begun()) {
          throw e;
        }
        // The status is sent: the error comes as an event, and no end of the stream after it.
        events.error(e.getMessage());
      }
    } catch (UncheckedIOException e) {
      throw new io.helidon.webserver.CloseConnectionException("the client is gone", e);
    }
  }

  private ReplyHead head() {
    return new ReplyHead(
        "chatcmpl-" + replies.incrementAndGet(),
        clock.instant().getEpochSecond(),
        AcmeHelpDesk.MODEL_NAME);
  }

  private static void refuse(ServerResponse response, ChatException e) {
    e.retryAfter()
        .ifPresent(wait -> response.header("Retry-After", String.valueOf(wait.toSeconds())));
    var status =
        switch (e.kind()) {
          case BAD_REQUEST -> Status.BAD_REQUEST_400;
          case RATE_LIMITED -> Status.TOO_MANY_REQUESTS_429;
          case CLOSED -> Status.SERVICE_UNAVAILABLE_503;
          case TIMEOUT -> Status.GATEWAY_TIMEOUT_504;
          case UNREACHABLE, STATUS, NOT_JSON, BAD_REPLY, TOO_LARGE, RESET -> Status.BAD_GATEWAY_502;
        };
    refuse(response, status, e.getMessage());
  }

  private static void refuse(ServerResponse response, Status status, String message) {
    var type = status.code() < 500 ? "invalid_request_error" : "server_error";
    response.status(status).header(JSON).send(OpenAiJson.writeError(message, type));
  }
}
