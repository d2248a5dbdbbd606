package dev.redoubt.guard.gateway;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Asking;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Confirmations.Pending;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Tells people of questions: by an event, and by the policy's webhook where it has one. */
final class Questions implements AutoCloseable {
  private static final int LONGEST_ANSWER = 64 << 10;

  private final Asking asking;
  private final Consumer<GuardEvent> listener;
  private final @Nullable HttpClient client;
  private final Confirmations confirmations;

  Questions(Asking asking, Consumer<GuardEvent> listener) {
    this.asking = asking;
    this.listener = listener;
    this.client =
        asking.webhook() == null
            ? null
            : HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    this.confirmations =
        asking.most() == 0
            ? Confirmations.NOBODY
            : new Confirmations(
                asking.patience(), asking.most(), InstantSource.system(), this::tell);
  }

  Confirmations confirmations() {
    return confirmations;
  }

  /** A question as the webhook and the list show it; it holds content. */
  static ObjectNode json(Pending pending) {
    return Json.object()
        .put("id", pending.id())
        .put("conversation", pending.conversation())
        .put("caller", pending.caller().id())
        .put("rule", pending.rule())
        .put("what", pending.what())
        .put("content", pending.content())
        .put("question", pending.question())
        .put("expires", pending.expires().toString());
  }

  private void tell(Pending pending) {
    listener.accept(asked(pending, List.of()));
    URI hook = asking.webhook();
    HttpClient http = client;
    if (hook != null && http != null) {
      Thread.ofVirtual().name("guard-webhook").start(() -> post(http, hook, pending));
    }
  }

  private static GuardEvent asked(Pending pending, List<String> notRun) {
    return new GuardEvent(
        pending.id(),
        Instant.now(),
        "confirmation",
        "ask",
        pending.rule(),
        List.of(),
        notRun,
        pending.caller().isAnonymous() ? null : pending.caller().id());
  }

  /** A webhook that decides answers at once; one that does not leaves the question open. */
  private void post(HttpClient http, URI hook, Pending pending) {
    var request =
        HttpRequest.newBuilder(hook)
            .timeout(asking.patience())
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(json(pending))))
            .build();
    try (InputStream body = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
      var answer = Json.object(body.readNBytes(LONGEST_ANSWER));
      switch (answer == null ? "" : answer.path("decision").asString("")) {
        case "approve" -> confirmations.decide(pending.id(), true);
        case "deny" -> confirmations.decide(pending.id(), false);
        default -> {
          // It only took note; somebody decides later, or nobody in time.
        }
      }
    } catch (IOException unreachable) {
      listener.accept(asked(pending, List.of("webhook: " + hook.getHost() + " can't be reached")));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdownNow();
    }
  }
}
