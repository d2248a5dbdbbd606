package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModelServerTest {
  private static final ToolSpec REFUND = new ToolSpec("refund", "Pay back", "{}");
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (var each : open.reversed()) {
      each.close();
    }
  }

  private record Running(FakeEngine engine, ModelServer server, OpenAiClient client) {}

  private Running run(Function<String, String> script) {
    var engine = new FakeEngine(script);
    var model = LocalModel.of(engine, LocalModelOptions.DEFAULT);
    var server = ModelServer.start(model, 0);
    var client = OpenAiClient.builder(server.baseUrl()).build();
    open.addAll(List.of(model, server, client));
    return new Running(engine, server, client);
  }

  private static HttpResponse<String> send(URI base, String path, String body)
      throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(base + path));
      return http.send(
          body.isEmpty()
              ? request.build()
              : request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void answersWhole() throws Exception {
    var running = run(_ -> "one two");
    var reply = running.client().chat(ChatRequest.of(ChatMessage.user("x")));
    assertThat(reply.text()).isEqualTo("one two");
    assertThat(reply.model()).isEqualTo(LocalModelOptions.DEFAULT.name());
    assertThat(running.server().baseUrl().getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void answersInAStream() throws Exception {
    var running = run(_ -> "one two three");
    var pieces = new ArrayList<String>();
    var reply = running.client().stream(ChatRequest.of(ChatMessage.user("x")), pieces::add);
    assertThat(pieces).containsExactly("one ", "two ", "three");
    assertThat(reply.usage().completion()).isEqualTo(3);
  }

  @Test
  void handsToolCallsOnBothWays() throws Exception {
    var running = run(_ -> "{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}");
    var request = ChatRequest.of(ChatMessage.user("pay")).withTools(List.of(REFUND));
    var whole = running.client().chat(request);
    var streamed = running.client().stream(request, _ -> {});
    assertThat(whole.message().toolCalls()).hasSize(1);
    assertThat(streamed.message()).isEqualTo(whole.message());
    assertThat(streamed.finishReason()).isEqualTo("tool_calls");
  }

  @Test
  void writesWhatTheOfficialClientsRead() throws Exception {
    var running = run(_ -> "hi");
    var base = running.server().baseUrl();
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}";
    var response = send(base, "/chat/completions", body);
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(response.body())
        .contains("\"object\":\"chat.completion.chunk\"")
        .contains("\"delta\":{\"content\":\"hi\"},\"finish_reason\":null")
        .contains("\"delta\":{},\"finish_reason\":\"stop\"")
        .doesNotContain("usage")
        .endsWith("data: [DONE]\n\n");
    assertThat(send(base, "/models", "").body()).contains("\"id\":\"qwen2.5-coder-0.5b-instruct\"");
  }

  @Test
  void refusesBadRequestsWithAWord() throws Exception {
    var base = run(_ -> "hi").server().baseUrl();
    for (var body :
        List.of("nonsense", "{}", "{\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}")) {
      var response = send(base, "/chat/completions", body);
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(
              OpenAiJson.readError(
                  response.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isPresent();
    }
    assertThat(send(base, "/nothing", "").statusCode()).isEqualTo(404);
    var stream = "{\"stream\":true,\"messages\":[{\"role\":\"king\",\"content\":\"x\"}]}";
    assertThat(send(base, "/chat/completions", stream).statusCode()).isEqualTo(400);
  }

  @Test
  void refusesWhatIsTooLarge() throws Exception {
    var base = run(_ -> "hi").server().baseUrl();
    int status;
    try {
      status = send(base, "/chat/completions", "x".repeat(5_000_000)).statusCode();
    } catch (IOException hungUp) {
      // It hangs up before all is sent, and its answer may be lost on the way.
      assertThat(hungUp.getMessage()).containsAnyOf("no bytes", "Broken pipe", "reset");
      status = 413;
    }
    assertThat(status).isEqualTo(413);
  }

  @Test
  void aClientThatGoesAwayEndsItsCall() throws Exception {
    var running = run(_ -> "word ".repeat(250));
    running.engine().pieces.drainPermits();
    running.engine().pieces.release(2);
    assertThatThrownBy(() ->
            running.client().stream(
                ChatRequest.of(ChatMessage.user("x")),
                _ -> {
                  throw new IllegalStateException("gone");
                }))
        .hasMessage("gone");
    // Each piece is one more write to a connection that nobody reads.
    while (!running.engine().cancelled.await(20, TimeUnit.MILLISECONDS)) {
      running.engine().pieces.release(1);
      assertThat(running.engine().pieces.availablePermits()).isLessThan(200);
    }
  }

  @Test
  void saysThatAPortIsTaken() throws Exception {
    try (var socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        var model = LocalModel.of(new FakeEngine(_ -> "x"), LocalModelOptions.DEFAULT)) {
      assertThatThrownBy(() -> ModelServer.start(model, socket.getLocalPort()))
          .isInstanceOf(UsageException.class)
          .hasMessage("port " + socket.getLocalPort() + " on 127.0.0.1 is taken: choose another");
    }
  }
}
