package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.StubEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {

  @Test
  void aConnectionIsKeptAfterASlowAnswer() throws Exception {
    // Slower than the server's own read time-out, which must not end the watch over the client.
    try (var stub = StubEndpoint.builder().reply("Hello.").delay(Duration.ofMillis(1500)).start();
        var gateway =
            Gateway.start(
                GatewayConfig.onLoopback(
                    Guard.of(Policy.EMPTY), stub.baseUrl(), Place.FRONT, event -> {}));
        var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (int i = 0; i < 3; i++) {
        var request =
            HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .build();
        var reply = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).contains("Hello.");
      }
    }
  }
}
