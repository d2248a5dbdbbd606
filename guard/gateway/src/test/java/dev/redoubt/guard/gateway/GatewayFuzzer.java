package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Fuzz target in the form that Jazzer calls, for all that reads foreign bytes here: paths, request
 * bodies, replies and event streams of upstreams. Whatever comes in is read or refused with the
 * exception that its reader promises. Runs under Jazzer's standalone driver; {@link
 * GatewayFuzzerTest} drives it in every build.
 */
public final class GatewayFuzzer {
  private static final int LONGEST = 4_096;
  private static final Targets TARGETS = new Targets(URI.create("http://x.example/v1"));
  private static final InFlight IN_FLIGHT = new InFlight(Duration.ofMinutes(1));

  private GatewayFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    path(new String(data, StandardCharsets.UTF_8));
    request(data);
    events(data);
    reply(data);
  }

  /** What this gateway takes for harmless must not be a chat completion to a lenient server. */
  static void path(String path) {
    var kind = TARGETS.kind(path, false);
    boolean plain = kind == Targets.Kind.API || kind == Targets.Kind.OUTSIDE;
    if (plain && (path.contains("%") || path.contains("/.") || path.contains("//"))) {
      throw new IllegalStateException("taken for plain: " + path);
    }
    TARGETS.at(path, null);
  }

  static void request(byte[] data) {
    var body = Json.object(data);
    if (body == null) {
      return;
    }
    try {
      var chat = ChatRequestBody.read(body, Place.BACK);
      var again = Json.object(Json.bytes(chat.body()));
      if (again == null || !again.equals(body)) {
        throw new IllegalStateException("what goes on is not what was checked");
      }
    } catch (UnreadableException refused) {
      said(refused.getMessage());
    }
  }

  static void events(byte[] data) {
    try {
      var events = new SseReader(new ByteArrayInputStream(data), LONGEST);
      for (var event = events.next(); event != null; event = events.next()) {
        if (event.length() > LONGEST) {
          throw new IllegalStateException("an event of " + event.length() + " characters");
        }
        Json.object(event);
      }
    } catch (IOException refused) {
      said(refused.getMessage());
    }
  }

  static void reply(byte[] data) {
    try (var watch = IN_FLIGHT.begin(() -> true)) {
      var input = new HttpInput(new ByteArrayInputStream(data));
      var head = input.head(watch);
      var read = input.body(head, false).readNBytes(LONGEST);
      if (read.length > data.length) {
        throw new IllegalStateException("more came out than in");
      }
    } catch (IOException refused) {
      said(refused.getMessage());
    }
  }

  private static void said(String why) {
    if (why == null || why.isBlank()) {
      throw new IllegalStateException("a refusal without its reason");
    }
  }
}
