import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The language model, behind any OpenAI-compatible address. */
final class Model {
  private static final int MOST_TOKENS = 300;
  private static final int LARGEST = 1 << 20;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final Semaphore turns = new Semaphore(16);
  private final URI url;
  private final String name;
  private final String key;

  /** The key goes into a header here, and nowhere else: no prompt, no log, no answer holds it. */
  Model(String baseUrl, String name, String key) {
    this.url = URI.create(baseUrl.replaceAll("/+$", "") + "/chat/completions");
    this.name = name;
    this.key = key;
  }

  /** A message to the model. */
  static Map<String, Object> message(String role, String text) {
    return Map.of("role", role, "content", text);
  }

  /** What the model wants to have done; arguments are its words, and nobody's order. */
  record ToolCall(String tool, Map<?, ?> arguments) {}

  /** What it said. */
  record Said(String text, List<ToolCall> calls) {}

  /** Asks. Tools is empty where the model is to have none. */
  Said ask(List<Map<String, Object>> messages, List<?> tools)
      throws IOException, InterruptedException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", name);
    body.put("messages", messages);
    body.put("max_tokens", MOST_TOKENS);
    body.put("temperature", 0.2);
    if (!tools.isEmpty()) {
      body.put("tools", tools);
    }
    var request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofMinutes(2))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.write(body)));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    turns.acquire();
    try {
      var response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] bytes = in.readNBytes(LARGEST);
        if (response.statusCode() != 200) {
          throw new IOException("the model answered " + response.statusCode());
        }
        return said(Json.read(new String(bytes, StandardCharsets.UTF_8)));
      }
    } finally {
      turns.release();
    }
  }

  private static Said said(Object reply) {
    Object message = Json.at(reply, "choices", 0, "message");
    var calls = new ArrayList<ToolCall>();
    if (Json.at(message, "tool_calls") instanceof List<?> list) {
      for (Object call : list) {
        try {
          calls.add(
              new ToolCall(
                  Json.text(call, "function", "name"),
                  Json.object(Json.text(call, "function", "arguments"))));
        } catch (Json.Malformed e) {
          // A call that can't be read is not carried out.
        }
      }
    }
    return new Said(Json.text(message, "content"), calls);
  }
}
