package dev.redoubt.attack.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The DevTools protocol of a browser over its socket, as <a
 * href="https://chromedevtools.github.io/devtools-protocol/">its maker describes it</a>: commands
 * out, replies and events in one queue. For one thread.
 */
final class DevTools implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A page may log as much as it likes; nobody waits for all of it. */
  private static final int MOST_WAITING = 4096;

  private static final int LONGEST = 4 << 20;

  private final HttpClient http;
  private final WebSocket socket;
  private final BlockingQueue<JsonNode> messages;
  private final AtomicLong lost;
  private int number;

  private DevTools(
      HttpClient http, WebSocket socket, BlockingQueue<JsonNode> messages, AtomicLong lost) {
    this.http = http;
    this.socket = socket;
    this.messages = messages;
    this.lost = lost;
  }

  static DevTools connect(URI address) throws IOException {
    var messages = new ArrayBlockingQueue<JsonNode>(MOST_WAITING);
    var lost = new AtomicLong();
    HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      WebSocket socket =
          http.newWebSocketBuilder()
              .connectTimeout(PATIENCE)
              .buildAsync(address, new Listener(messages, lost))
              .join();
      return new DevTools(http, socket, messages, lost);
    } catch (CompletionException e) {
      http.close();
      throw new IOException("the browser does not listen at its own address", e);
    }
  }

  /** Sends a command to a session; to the browser itself where it is null. Returns its number. */
  int send(@Nullable String session, String method, ObjectNode parameters) throws IOException {
    ObjectNode command =
        JsonMapper.shared().createObjectNode().put("id", ++number).put("method", method);
    command.set("params", parameters);
    if (session != null) {
      command.put("sessionId", session);
    }
    try {
      socket.sendText(command.toString(), true).join();
    } catch (CompletionException e) {
      throw new IOException("the browser went away", e);
    }
    return number;
  }

  /** Sends a command to the browser itself and waits for what it gives. */
  JsonNode ask(String method, ObjectNode parameters) throws IOException, InterruptedException {
    return ask(null, method, parameters);
  }

  /** Sends a command and waits for what it gives; events that come before are passed over. */
  JsonNode ask(@Nullable String session, String method, ObjectNode parameters)
      throws IOException, InterruptedException {
    int asked = send(session, method, parameters);
    while (true) {
      JsonNode message =
          next(PATIENCE).orElseThrow(() -> new IOException("the browser does not answer"));
      if (message.path("id").asInt(0) == asked) {
        return message.path("result");
      }
    }
  }

  /** The next reply or event; empty when none comes in time. */
  Optional<JsonNode> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(
        messages.poll(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS));
  }

  /** How many messages were dropped, since they were too many or too long. */
  long lost() {
    return lost.get();
  }

  static ObjectNode parameters() {
    return JsonMapper.shared().createObjectNode();
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
    http.close();
  }

  private static final class Listener implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> messages;
    private final AtomicLong lost;
    private final StringBuilder text = new StringBuilder();

    Listener(BlockingQueue<JsonNode> messages, AtomicLong lost) {
      this.messages = messages;
      this.lost = lost;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      if (text.length() + data.length() <= LONGEST) {
        text.append(data);
      }
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String message) {
      try {
        // A full queue is a page that floods: what is over is dropped, and the time limit ends it.
        if (!messages.offer(JsonMapper.shared().readTree(message))) {
          lost.incrementAndGet();
        }
      } catch (JacksonException cutOff) {
        lost.incrementAndGet();
      }
    }
  }
}
