package dev.redoubt.app.cli;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.runtime.embed.Embedder;
import dev.redoubt.samples.acme.AcmeConfig;
import dev.redoubt.samples.acme.AcmeHelpDesk;
import dev.redoubt.samples.acme.Customer;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** The help desk with a scripted model, bare and behind a guard, for other people's clients. */
final class HelpDeskRig implements AutoCloseable {
  private static final String POLICY =
      """
      guard: 1
      caller: {jwtClaim: email, verify: upstream}
      rules:
        - {id: no-secrets, scanner: secret-leak, place: front, action: rewrite}
        - {id: own-data-only, scanner: personal-data, place: front, action: rewrite}
        - {id: own-links-only, scanner: exfiltration-url, place: front, action: rewrite, with: {allow: [acme.example]}}
      """;
  private static final long SEED = 11;

  private final Queue<GuardEvent> events = new ConcurrentLinkedQueue<>();
  private final StubEndpoint model;
  private final Embedder embedder;
  private final AcmeHelpDesk desk;
  private final Gateway gateway;

  private HelpDeskRig(
      StubEndpoint model,
      Embedder embedder,
      AcmeHelpDesk desk,
      Function<Queue<GuardEvent>, Gateway> front) {
    this.model = model;
    this.embedder = embedder;
    this.desk = desk;
    this.gateway = front.apply(events);
  }

  /** Starts it; the script plays the model. */
  static HelpDeskRig start(Path folder, Function<StubRequest, StubReply> script) {
    StubEndpoint model = StubEndpoint.builder().script(script).start();
    Embedder embedder = Embedder.miniLm();
    AcmeHelpDesk desk =
        AcmeHelpDesk.start(AcmeConfig.of(model.baseUrl(), folder, SEED).withEmbedder(embedder));
    Guard guard = Guard.of(Policy.parse(POLICY, "guard.yaml"));
    return new HelpDeskRig(
        model,
        embedder,
        desk,
        events ->
            Gateway.start(
                GatewayConfig.onLoopback(guard, desk.baseUrl(), Place.FRONT, events::add)));
  }

  AcmeHelpDesk desk() {
    return desk;
  }

  /** Base URL of the assistant, or of the guard before it. */
  URI base(boolean guarded) {
    return guarded ? gateway.baseUrl() : desk.baseUrl();
  }

  /** Where people open the chat page, at the assistant or at the guard before it. */
  URI page(boolean guarded) {
    return base(guarded).resolve("/");
  }

  /** What the guard said it did. */
  List<GuardEvent> events() {
    return List.copyOf(events);
  }

  /** Logs a customer in, at the assistant or through the guard. */
  String token(boolean guarded, Customer user) throws IOException, InterruptedException {
    String body =
        JsonMapper.shared()
            .createObjectNode()
            .put("user", user.mail())
            .put("password", user.password())
            .toString();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(page(guarded).resolve("/login"))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      String reply = http.send(request, BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(reply).path("token").asString();
    }
  }

  @Override
  public void close() {
    gateway.close();
    desk.close();
    embedder.close();
    model.close();
  }
}
