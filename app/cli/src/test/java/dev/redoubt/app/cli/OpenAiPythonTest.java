package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The official OpenAI package for Python, in the environment that the test command makes. */
class OpenAiPythonTest extends ChatClientContract {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNode TOOLS =
      JSON.readTree(
          """
          [{"type":"function","function":{"name":"order_status","description":"Looks up an order",
            "parameters":{"type":"object","properties":{"order":{"type":"string"}},"required":["order"]}}},
           {"type":"function","function":{"name":"refund","description":"Pays money back",
            "parameters":{"type":"object","properties":{"amount_eur":{"type":"number"}},"required":["amount_eur"]}}}]
          """);

  private Process client;
  private BufferedWriter toClient;
  private BufferedReader fromClient;

  @BeforeAll
  void startClient() throws IOException {
    Path python = Python.require();
    ProcessBuilder builder =
        new ProcessBuilder(python.toString(), "src/test/python/openai_client.py")
            .redirectError(
                Files.createDirectories(Path.of("target")).resolve("openai-client.log").toFile());
    // The endpoints are on the loopback interface: no proxy of the machine may stand in between.
    builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
    client = builder.start();
    toClient = client.outputWriter();
    fromClient = client.inputReader();
  }

  @AfterAll
  void stopClient() {
    if (client != null) {
      client.destroy();
    }
  }

  @Override
  Answer ask(Question question) throws IOException {
    ObjectNode task = task(question.base().toString(), question.token());
    task.put("question", question.text()).put("stream", question.stream()).put("result", RESULT);
    task.set("tools", question.tools() ? TOOLS : JSON.createArrayNode());
    JsonNode reply = say(task);
    if (reply.has("status")) {
      return Answer.error(reply.path("status").asInt());
    }
    List<Call> calls = new ArrayList<>();
    for (JsonNode call : reply.path("calls")) {
      calls.add(
          Call.of(
              call.path("id").asString(),
              call.path("name").asString(),
              call.path("arguments").asString()));
    }
    return new Answer(
        200,
        reply.path("text").asString(),
        reply.path("finish").asString(),
        calls,
        reply.path("after").asString());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void listsTheModels(boolean guarded) throws Exception {
    JsonNode reply = say(task(rig().base(guarded).toString(), "none").put("models", true));
    assertThat(reply.path("models").get(0).asString()).isEqualTo("acme-helpdesk");
  }

  private static ObjectNode task(String base, String token) {
    return JSON.createObjectNode()
        .put("base", base)
        .put("token", token)
        .put("model", "acme-helpdesk");
  }

  private JsonNode say(ObjectNode task) throws IOException {
    toClient.write(JSON.writeValueAsString(task));
    toClient.newLine();
    toClient.flush();
    String line = fromClient.readLine();
    assertThat(line).as("see target/openai-client.log").isNotNull();
    return JSON.readTree(line);
  }
}
