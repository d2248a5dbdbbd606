package dev.redoubt.runtime.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.runtime.llm.ChatException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What we send and take is what the publishers' own packages send and take. */
class OfficialPackagesTest {
  private static Path python() {
    String named = System.getenv().getOrDefault("REDOUBT_PYTHON", "");
    assumeTrue(
        !named.isEmpty() && Files.isExecutable(Path.of(named)),
        "NOT RUN: REDOUBT_PYTHON names no Python with build/requirements-test.txt; use: redoubt"
            + " test");
    return Path.of(named);
  }

  private static Path script(String name) throws URISyntaxException {
    return Path.of(OfficialPackagesTest.class.getResource(name).toURI());
  }

  @Test
  void anMcpServerOfTheOfficialSdkOnStandardStreams() throws Exception {
    var endpoint =
        Bench.endpoint(
            "protocol: mcp, mcp: {command: ['"
                + python()
                + "', official_server.py], argument: question, arguments: {lang: de}}");
    var folder = script("official_server.py").getParent();
    try (var client = TargetClient.of(endpoint, folder, TargetSettings.DEFAULT);
        var talk = client.begin(List.of())) {
      assertThat(talk.say(Say.of("wo?")).text()).isEqualTo("you asked in de: wo?");
      assertThat(talk.say(Say.of("wann?")).text()).isEqualTo("you asked in de: wann?");
    }
  }

  @Test
  void anMcpServerOfTheOfficialSdkOverHttp() throws Exception {
    int port = freePort();
    var server =
        new ProcessBuilder(
                python().toString(),
                script("official_server.py").toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var client =
            Bench.client(
                "url: 'http://127.0.0.1:"
                    + port
                    + "/mcp', protocol: mcp, mcp: {tool: ask, argument: question}");
        var talk = client.begin(List.of())) {
      assertThat(onceUp(talk, "where?", server)).isEqualTo("you asked in en: where?");
      assertThat(talk.say(Say.of("when?")).text()).isEqualTo("you asked in en: when?");
    } finally {
      server.destroyForcibly();
    }
  }

  private static String onceUp(Conversation talk, String words, Process server) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        return talk.say(Say.of(words)).text();
      } catch (ChatException e) {
        boolean starting = e.kind() == ChatException.Kind.UNREACHABLE && server.isAlive();
        if (!starting || System.nanoTime() > end) {
          throw e;
        }
        server.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final Map<String, String> REPLIES = new LinkedHashMap<>();

  static {
    REPLIES.put(
        "anthropic",
        """
        {"id": "msg_1", "type": "message", "role": "assistant", "model": "c", "content": [\
        {"type": "text", "text": "WORDS"}, \
        {"type": "tool_use", "id": "t", "name": "refund", "input": {"a": 1}}], \
        "stop_reason": "tool_use", "stop_sequence": null, \
        "usage": {"input_tokens": 3, "output_tokens": 2}}\
        """);
    REPLIES.put(
        "openai-completions",
        """
        {"id": "c", "created": 1, "object": "text_completion", "model": "c", "choices": [\
        {"text": "WORDS", "index": 0, "finish_reason": "stop", "logprobs": null}], \
        "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}\
        """);
    REPLIES.put(
        "openai-responses",
        """
        {"id": "r", "object": "response", "created_at": 1, "status": "completed", "error": null, \
        "incomplete_details": null, "instructions": null, "metadata": {}, "temperature": 1, \
        "parallel_tool_calls": true, "tool_choice": "auto", "tools": [], "top_p": 1, "model": "c", \
        "output": [{"id": "a", "type": "reasoning", "summary": []}, {"id": "m", "type": "message", \
        "status": "completed", "role": "assistant", "content": [{"type": "output_text", \
        "text": "WORDS", "annotations": []}]}, {"type": "function_call", "call_id": "t", \
        "name": "refund", "arguments": "{\\"a\\":1}"}], "usage": {"input_tokens": 3, \
        "output_tokens": 2, "total_tokens": 5, "input_tokens_details": {"cached_tokens": 0, \
        "cache_write_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}}\
        """);
  }

  @Test
  void requestsAndRepliesHaveTheShapesOfTheOfficialClients() throws Exception {
    var lines = new ArrayList<String>();
    for (var reply : REPLIES.entrySet()) {
      try (var server = RawServer.of(RawServer.json(reply.getValue()));
          var client =
              Bench.client(
                  "url: '" + server.url() + "/v1', model: c, protocol: " + reply.getKey());
          var talk = client.begin(List.of(Turn.user("a"), Turn.assistant("b")))) {
        var said = talk.say(new Say("hello", Map.of(), null, 0.5, 7, 50));
        assertThat(said.text()).isEqualTo("WORDS");
        assertThat(said.usage().total()).isEqualTo(5);
        lines.add(
            "[\""
                + reply.getKey()
                + "\", "
                + server.requests().getFirst().body()
                + ", "
                + reply.getValue()
                + "]");
      }
    }
    var checker =
        new ProcessBuilder(python().toString(), script("shapes.py").toString())
            .redirectErrorStream(true)
            .start();
    try (var out = checker.getOutputStream()) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    assertThat(new String(checker.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines(
            "anthropic fits\nopenai-completions fits\nopenai-responses fits\n");
  }
}
