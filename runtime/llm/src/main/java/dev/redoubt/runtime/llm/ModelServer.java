package dev.redoubt.runtime.llm;

import dev.redoubt.core.UsageException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link ChatModel} as an OpenAI-compatible endpoint, streamed and not: {@code
 * /v1/chat/completions} and {@code /v1/models}. Listens on the loopback interface unless told
 * otherwise; there are no keys.
 *
 * <p>A client that goes away while it is streamed to ends its call.
 */
public final class ModelServer implements AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_REQUEST_BYTES = 4 * 1024 * 1024;
  private static final long SIGN_OF_LIFE_NANOS = 1_000_000_000L;
  private static final Header JSON =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
  private static final Header EVENTS =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");

  private final ChatModel model;
  private final String name;
  private final String host;
  private final InstantSource clock;
  private final AtomicLong replies = new AtomicLong();
  private final WebServer server;

  private ModelServer(ChatModel model, String name, String host, int port, InstantSource clock) {
    this.model = model;
    this.name = name;
    this.host = host;
    this.clock = clock;
    this.server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .maxPayloadSize(MOST_REQUEST_BYTES)
            .connectionOptions(socket -> socket.tcpNoDelay(true))
            .routing(this::route)
            .build();
  }

  /**
   * Starts to serve on the loopback interface.
   *
   * @param model the model; stays the caller's to close
   * @param port the port, 0 for a free one
   * @throws UsageException where the port is taken
   */
  public static ModelServer start(ChatModel model, int port) {
    var name = model instanceof LocalModel local ? local.name() : "local";
    return start(model, name, LOOPBACK, port);
  }

  /**
   * Starts to serve.
   *
   * @param model the model; stays the caller's to close
   * @param name what the model is called in the list of models
   * @param host the interface to listen on; whoever reaches it may use the model
   * @param port the port, 0 for a free one
   * @throws UsageException where the port is taken
   */
  public static ModelServer start(ChatModel model, String name, String host, int port) {
    // The server would write a stack trace and come back as if it ran.
    try (var probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw cannotListen(host, port, e);
    }
    var server = new ModelServer(model, name, host, port, InstantSource.system());
    server.server.start();
    if (!server.server.isRunning()) {
      throw cannotListen(host, port, null);
    }
    return server;
  }

  private static UsageException cannotListen(String host, int port, @Nullable IOException cause) {
    var reason = cause instanceof BindException ? "is taken" : "can't be opened";
    var message = "port %d on %s %s: choose another".formatted(port, host, reason);
    return cause == null ? new UsageException(message) : new UsageException(message, cause);
  }

  /** The address that OpenAI clients take, {@code http://127.0.0.1:PORT/v1}. */
  public URI baseUrl() {
    return URI.create("http://" + host + ":" + server.port() + "/v1");
  }

  @Override
  public void close() {
    server.stop();
  }

  private void route(HttpRouting.Builder routing) {
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
        .put("id", name)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", "local");
    response.header(JSON).send(OpenAiJson.mapper().writeValueAsBytes(root));
  }

  private void complete(ServerRequest request, ServerResponse response) {
    OpenAiJson.Incoming incoming;
    try {
      incoming = OpenAiJson.readRequest(request.content().as(byte[].class));
    } catch (ChatException e) {
      refuse(response, e);
      return;
    }
    var head =
        new ReplyHead(
            "chatcmpl-" + replies.incrementAndGet(), clock.instant().getEpochSecond(), name);
    try {
      if (incoming.stream()) {
        stream(incoming, head, response);
      } else {
        response.header(JSON).send(OpenAiJson.writeReply(head, model.chat(incoming.request())));
      }
    } catch (ChatException e) {
      refuse(response, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      refuse(response, Status.SERVICE_UNAVAILABLE_503, "the server is being stopped");
    }
  }

  /** A client that went away: what is written to it fails, and that ends the call. */
  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(IOException cause) {
      super(cause);
    }
  }

  private void stream(OpenAiJson.Incoming incoming, ReplyHead head, ServerResponse response)
      throws InterruptedException {
    var events = new EventWriter(head, response);
    try {
      ChatReply reply;
      try {
        reply = model.stream(incoming.request(), events::text);
      } catch (ChatException e) {
        if (!events.begun()) {
          throw e;
        }
        events.data(
            new String(
                OpenAiJson.writeError(e.getMessage(), "server_error"), StandardCharsets.UTF_8));
        events.close();
        return;
      }
      events.end(reply, incoming.includeUsage());
    } catch (Gone | UncheckedIOException e) {
      // Nobody is there to be told.
      throw new CloseConnectionException("the client is gone", e);
    }
  }

  /**
   * Writes the events of one stream; starts with the first text, so that errors before it get a
   * status.
   */
  private static final class EventWriter {
    private final ReplyHead head;
    private final ServerResponse response;
    private @Nullable OutputStream out;
    private boolean started;
    private long lastWrite = System.nanoTime();

    EventWriter(ReplyHead head, ServerResponse response) {
      this.head = head;
      this.response = response;
    }

    boolean begun() {
      return out != null;
    }

    void text(String text) {
      if (!text.isEmpty()) {
        start();
        delta(ChatDelta.ofText(text));
      } else if (System.nanoTime() - lastWrite > SIGN_OF_LIFE_NANOS) {
        // A comment, which clients skip: it fails when the client is gone.
        write(": waiting\n\n");
      }
    }

    void end(ChatReply reply, boolean usage) {
      start();
      if (!reply.message().toolCalls().isEmpty()) {
        delta(ChatDelta.ofToolCalls(reply.message().toolCalls()));
      }
      delta(ChatDelta.finish(reply.finishReason()));
      if (usage) {
        delta(ChatDelta.ofUsage(reply.usage()));
      }
      data(OpenAiJson.DONE);
      close();
    }

    private void start() {
      if (!started) {
        started = true;
        delta(ChatDelta.start());
      }
    }

    private void delta(ChatDelta delta) {
      data(OpenAiJson.writeChunk(head, delta));
    }

    void data(String data) {
      write("data: " + data + "\n\n");
    }

    private void write(String text) {
      try {
        OutputStream stream = out;
        if (stream == null) {
          stream = response.status(Status.OK_200).header(EVENTS).outputStream();
          out = stream;
        }
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        stream.flush();
        lastWrite = System.nanoTime();
      } catch (IOException e) {
        throw new Gone(e);
      }
    }

    void close() {
      try {
        if (out != null) {
          out.close();
        }
      } catch (IOException e) {
        throw new Gone(e);
      }
    }
  }

  private static void refuse(ServerResponse response, ChatException e) {
    var status =
        switch (e.kind()) {
          case BAD_REQUEST -> Status.BAD_REQUEST_400;
          case TOO_LARGE -> Status.REQUEST_ENTITY_TOO_LARGE_413;
          case RATE_LIMITED -> Status.TOO_MANY_REQUESTS_429;
          case CLOSED -> Status.SERVICE_UNAVAILABLE_503;
          case TIMEOUT -> Status.GATEWAY_TIMEOUT_504;
          case UNREACHABLE, STATUS, NOT_JSON, BAD_REPLY, RESET -> Status.BAD_GATEWAY_502;
        };
    refuse(response, status, e.getMessage());
  }

  private static void refuse(ServerResponse response, Status status, String message) {
    response
        .status(status)
        .header(JSON)
        .send(
            OpenAiJson.writeError(
                message, status.code() < 500 ? "invalid_request_error" : "server_error"));
  }
}
