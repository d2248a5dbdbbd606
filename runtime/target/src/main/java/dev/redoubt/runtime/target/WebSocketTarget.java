package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A target behind a WebSocket: one for each conversation. */
final class WebSocketTarget implements TargetClient {
  private final Endpoint endpoint;
  private final Access.WebSocket access;
  private final TargetSettings settings;
  private final URI address;
  private final Pieces pieces;
  private final Template open;
  private final Template message;
  private final HttpClient http;

  WebSocketTarget(Endpoint endpoint, Access.WebSocket access, TargetSettings settings) {
    this.endpoint = endpoint;
    this.access = access;
    this.settings = settings;
    this.address = HttpLink.address(endpoint, Set.of("ws", "wss", "WS", "WSS"), "ws://host/chat");
    var what = endpoint.location() + ": " + endpoint.name() + ": websocket.";
    this.pieces =
        new Pieces(
            Selector.of(access.reply(), what + "reply"),
            Selector.of(access.toolCalls(), what + "toolCalls"),
            Selector.of(access.done(), what + "done"),
            Selector.of(access.error(), what + "error"));
    this.open = Template.of(access.open());
    this.message = Template.of(access.message());
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  @Override
  public Conversation begin(List<Turn> history) {
    if (!history.isEmpty()) {
      throw new IllegalArgumentException(
          endpoint.name() + " remembers its conversations itself: none can be gone on with");
    }
    return new Talk();
  }

  @Override
  public boolean canContinue() {
    return false;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private final class Talk implements Conversation {
    private final String id = UUID.randomUUID().toString();
    private final List<Turn> turns = new ArrayList<>();
    private @Nullable Socket socket;
    private boolean broken;

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      if (broken) {
        throw failure(
            Kind.CLOSED, "the socket of this conversation broke off, and the target forgot it");
      }
      long deadline = System.nanoTime() + settings.timeout().toNanos();
      boolean whole = false;
      try {
        var told = new ArrayList<>(turns);
        told.add(Turn.user(say.text()));
        var reply = exchange(new Words(say, told, id, endpoint.model()), deadline);
        turns.add(told.getLast());
        turns.add(Turn.assistant(reply.text()));
        whole = true;
        return reply;
      } finally {
        if (!whole) {
          // What still comes on this socket would be taken for the answer to the next words.
          hangUp();
          broken = !turns.isEmpty();
        }
      }
    }

    private TargetReply exchange(Words words, long deadline) throws InterruptedException {
      var there = socket;
      if (there == null) {
        there = connect(words.say(), deadline);
        socket = there;
        if (!access.open().isEmpty()) {
          there.send(open.fill(words), deadline);
        }
        for (int i = 0; i < access.greetings(); i++) {
          there.next(deadline);
        }
      }
      there.forget();
      there.send(message.fill(words), deadline);
      var answer = new Answer();
      while (true) {
        var text = there.next(deadline);
        boolean spoke;
        try {
          spoke = pieces.take(pieces.plain() ? stringNode(text) : Json.read(text), answer);
        } catch (ChatException e) {
          throw failure(e.kind(), String.valueOf(e.getMessage()));
        }
        if (answer.isDone() || (spoke && access.done() == null)) {
          return answer.reply(endpoint.model(), endpoint.price());
        }
      }
    }

    private JsonNode stringNode(String text) {
      return JsonNodeFactory.instance.stringNode(text);
    }

    private Socket connect(Say say, long deadline) throws InterruptedException {
      var there = new Socket(address, settings.maxReplyBytes());
      var builder = http.newWebSocketBuilder().connectTimeout(left(deadline));
      Map<String, String> headers = new LinkedHashMap<>(endpoint.headers());
      headers.putAll(say.headers());
      headers.forEach((name, value) -> {
        try {
          builder.header(name, value);
        } catch (IllegalArgumentException e) {
          throw new UsageException("header " + name + ": this name or value can't be sent", e);
        }
      });
      var opening = builder.buildAsync(address, there);
      try {
        opening.get(left(deadline).toNanos(), TimeUnit.NANOSECONDS);
        return there;
      } catch (TimeoutException e) {
        opening.cancel(true);
        throw failure(Kind.TIMEOUT, "no socket in time (time-out)");
      } catch (InterruptedException e) {
        opening.cancel(true);
        throw e;
      } catch (ExecutionException e) {
        throw refused(e.getCause() == null ? e : e.getCause());
      }
    }

    private ChatException refused(Throwable cause) {
      if (cause instanceof WebSocketHandshakeException handshake) {
        int status = handshake.getResponse().statusCode();
        return new ChatException(
            status == 429 ? Kind.RATE_LIMITED : Kind.STATUS,
            status,
            null,
            BoundedHttp.place(address) + ": HTTP " + status + " instead of a socket",
            handshake);
      }
      return BoundedHttp.failure(address, cause, settings.connectTimeout());
    }

    private Duration left(long deadline) {
      return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    private ChatException failure(Kind kind, String what) {
      return new ChatException(kind, BoundedHttp.place(address) + ": " + what);
    }

    private void hangUp() {
      if (socket != null) {
        socket.abort();
        socket = null;
      }
    }

    @Override
    public void close() {
      if (socket != null) {
        socket.farewell();
        socket = null;
      }
      broken = true;
    }
  }
}
