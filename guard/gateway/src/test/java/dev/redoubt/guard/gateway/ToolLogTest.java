package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolLogTest {
  private static final String CALL =
      "{\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":"
          + "\"refund\",\"arguments\":\"{\\\"amount\\\": %s}\"}}]}";

  @TempDir Path folder;

  private List<JsonNode> lines(Policy policy, boolean stream, String argument)
      throws IOException, InterruptedException {
    Path file = folder.resolve("tools.jsonl");
    var log = ToolLog.open(file, InstantSource.fixed(Instant.EPOCH));
    String call = CALL.formatted(argument);
    var reply =
        stream
            ? new StubReply.Raw(
                200,
                "text/event-stream",
                "data: {\"choices\":[{\"index\":0,\"delta\":"
                    + call
                    + "}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":"
                    + "\"tool_calls\"}]}\n\ndata: [DONE]\n\n")
            : new StubReply.Raw(
                200,
                "application/json",
                "{\"choices\":[{\"index\":0,\"finish_reason\":\"tool_calls\",\"message\":"
                    + call
                    + "}]}");
    try (var stub = StubEndpoint.builder().always(reply).start();
        var gateway =
            Gateway.start(
                GatewayConfig.onLoopback(Guard.of(policy), stub.baseUrl(), Place.BACK, event -> {})
                    .withToolLog(log));
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(gateway.baseUrl() + "/chat/completions"))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      Rig.body(stream, Rig.message("user", "Refund me"))))
              .build();
      client.send(request, HttpResponse.BodyHandlers.ofString());
    }
    return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
  }

  @Test
  void holdsACallThatPassedWithItsArguments() throws Exception {
    for (boolean stream : new boolean[] {false, true}) {
      JsonNode line = lines(Policy.parse("guard: 1\nrules: []", "g"), stream, "900").getLast();
      assertThat(line.path("tool").asString("")).isEqualTo("refund");
      assertThat(line.path("arguments").path("amount").asInt()).isEqualTo(900);
      assertThat(line.path("decision").asString("")).isEqualTo("allow");
      assertThat(line.path("at").asString("")).isEqualTo("1970-01-01T00:00:00Z");
    }
  }

  @Test
  void saysThatACallWasBlocked() throws Exception {
    for (boolean stream : new boolean[] {false, true}) {
      JsonNode line = lines(WordCheck.policy(Action.BLOCK), stream, "\\\"XYZZY\\\"").getLast();
      assertThat(line.path("decision").asString("")).isEqualTo("block");
    }
  }

  @Test
  void goesOnCountingInAnOldFile() throws Exception {
    Policy none = Policy.parse("guard: 1\nrules: []", "g");
    lines(none, false, "1");
    assertThat(lines(none, false, "2"))
        .extracting(l -> l.path("seq").asInt())
        .containsExactly(1, 2);
  }

  @Test
  void needsAFileThatItCanWrite() {
    assertThatThrownBy(() -> ToolLog.open(folder, InstantSource.system()))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("give another file");
  }
}
