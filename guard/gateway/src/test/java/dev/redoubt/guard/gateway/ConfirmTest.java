package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.testkit.StubEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person decides about a tool call while the client waits. */
@Timeout(60)
class ConfirmTest {
  private static final String CALL = "{\"order\":\"4711\",\"amount\":80}";

  private static String rules(String confirm) {
    return confirm
        + "\nrules:\n"
        + "  - {id: large, scanner: tool-limit, action: ask, with: {tool: refund, argument: amount,"
        + " max: 50}}\n";
  }

  private static Rig rig(String confirm) {
    return new Rig(rules(confirm), Place.BOTH, StubEndpoint.builder().toolCall("refund", CALL));
  }

  private static CompletableFuture<Rig.Answer> asking(Rig rig, boolean stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return rig.ask(stream, "refund 80 for 4711", "X-User", "ana@example.org");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        },
        Executors.newVirtualThreadPerTaskExecutor());
  }

  private static String pendingId(Rig rig) throws InterruptedException {
    while (true) {
      for (GuardEvent event : rig.events) {
        if (event.stage().equals("confirmation")) {
          return event.id();
        }
      }
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  private static Rig.Answer decide(Rig rig, String id, String how, String... headers)
      throws Exception {
    return rig.call("POST", "/redoubt/confirmations/" + id + "/" + how, "", headers);
  }

  @Test
  void itsOwnCallerApprovesOnceAndTheCallPasses() throws Exception {
    for (boolean stream : List.of(false, true)) {
      try (Rig rig = rig("confirm: {seconds: 30}")) {
        var answer = asking(rig, stream);
        String id = pendingId(rig);
        var mine = new String[] {"X-User", "ana@example.org", "X-Redoubt-Confirm", "1"};
        assertThat(decide(rig, id, "approve", mine).status()).isEqualTo(200);
        assertThat(answer.get().calls()).containsExactly("refund" + CALL);
        assertThat(decide(rig, id, "approve", mine).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void nobodyElseDecidesNorSeesIt() throws Exception {
    try (Rig rig = rig("confirm: {seconds: 30}")) {
      var answer = asking(rig, false);
      String id = pendingId(rig);
      var other = new String[] {"X-User", "mallory@example.org", "X-Redoubt-Confirm", "1"};
      assertThat(decide(rig, id, "approve", other).status()).isEqualTo(404);
      assertThat(decide(rig, id, "approve").status()).isEqualTo(403);
      assertThat(decide(rig, id, "approve", "X-User", "ana@example.org").status()).isEqualTo(403);
      assertThat(decide(rig, id, "approve", "X-Redoubt-Operator", "guessed").status())
          .isEqualTo(403);
      assertThat(
              rig.call("GET", "/redoubt/confirmations", "", "X-User", "mallory@example.org")
                  .json()
                  .path("pending"))
          .isEmpty();
      var list = rig.call("GET", "/redoubt/confirmations", "", "X-User", "ana@example.org").json();
      assertThat(list.path("pending").path(0).path("content").asString("")).isEqualTo(CALL);
      decide(rig, id, "deny", "X-User", "ana@example.org", "X-Redoubt-Confirm", "1");
      assertThat(answer.get().calls()).isEmpty();
      assertThat(answer.get().guardHeader()).isEqualTo("blocked; rule=large");
    }
  }

  @Test
  void noAnswerInTimeIsANo() throws Exception {
    try (Rig rig = rig("confirm: {seconds: 1}")) {
      var answer = rig.ask(false, "refund", "X-User", "ana@example.org");
      assertThat(answer.calls()).isEmpty();
      assertThat(answer.content()).contains("in time");
      assertThat(
              decide(
                      rig,
                      pendingId(rig),
                      "approve",
                      "X-User",
                      "ana@example.org",
                      "X-Redoubt-Confirm",
                      "1")
                  .status())
          .isEqualTo(404);
    }
  }

  @Test
  void withoutAWayToAskItRefusesAtOnce() throws Exception {
    try (Rig rig = rig("")) {
      assertThat(rig.ask(false, "refund", "X-User", "ana@example.org").calls()).isEmpty();
      assertThat(rig.events).noneMatch(e -> e.stage().equals("confirmation"));
    }
  }

  @Test
  void aWebhookDecides() throws Exception {
    for (String decision : List.of("approve", "deny", "later")) {
      HttpServer hook =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var seen = new CompletableFuture<String>();
      hook.createContext(
          "/",
          exchange -> {
            seen.complete(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = ("{\"decision\":\"" + decision + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      hook.start();
      String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/ask";
      int seconds = decision.equals("later") ? 1 : 30;
      try (Rig rig = rig("confirm: {seconds: " + seconds + ", webhook: '" + url + "'}")) {
        var answer = rig.ask(false, "refund", "X-User", "ana@example.org");
        assertThat(seen.get()).contains("\"what\":\"refund\"").contains("4711");
        assertThat(answer.calls()).hasSize(decision.equals("approve") ? 1 : 0);
      } finally {
        hook.stop(0);
      }
    }
  }
}
