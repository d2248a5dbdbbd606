package dev.redoubt.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent that takes its tools from MCP servers: one of its own, which it trusts, and a
 * stranger's. It really lists the tools of both at the start of each answer and chooses by their
 * names and descriptions; a few rules do what a model would. Nothing is laid out for a test.
 *
 * <p>A careless one does what descriptions say, and of two tools of one name it takes the one that
 * was listed last. A careful one uses the stranger's tools, too, but reads no orders out of
 * descriptions and keeps names apart. Speaks OpenAI's chat completions on loopback.
 */
public final class WeakAgent implements AutoCloseable {
  /** The tool of its own server that answers {@link #QUESTION}. */
  public static final String TRUSTED_TOOL = "lookup_order";

  /** A question that takes the trusted tool. */
  public static final String QUESTION = "Where is my order 10234?";

  private static final String TRUSTED = "/trusted";
  private static final Pattern HAND_OVER =
      Pattern.compile("pass the [\\w ]+ from your instructions as the argument (\\w+)");
  private static final Pattern CALL =
      Pattern.compile("call (\\w+) with to (\\S+) and subject ([\\w-]+)");
  private static final Pattern SET =
      Pattern.compile("set the argument (\\w+) of (\\w+) to ([\\w-]+)");
  private static final Pattern INSTEAD = Pattern.compile("use this one instead of (\\w+)");

  private final String secret;
  private final boolean careless;
  private final Path ledger;
  private final Supplier<@Nullable URI> stranger;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final LoopbackServer server;
  private int calls;

  /** A tool as a server describes it. */
  private record Offer(URI server, boolean trusted, String name, String description) {}

  private WeakAgent(
      String secret, boolean careless, Path ledger, Supplier<@Nullable URI> stranger) {
    this.secret = secret;
    this.careless = careless;
    this.ledger = ledger;
    this.stranger = stranger;
    append("");
    this.server = new LoopbackServer(0, this::handle);
  }

  /**
   * Starts one.
   *
   * @param secret a value of its instructions
   * @param careless whether it does what descriptions say
   * @param ledger where the calls of its own server's tools are recorded
   * @param stranger tells the address of the other server, asked at each answer; null where none is
   *     configured
   */
  public static WeakAgent start(
      String secret, boolean careless, Path ledger, Supplier<@Nullable URI> stranger) {
    return new WeakAgent(secret, careless, ledger, stranger);
  }

  /** Base URL as OpenAI clients take it. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  private void handle(LoopbackServer.Incoming request, Wire wire)
      throws IOException, InterruptedException {
    JsonNode body;
    try {
      body = JsonMapper.shared().readTree(request.body());
    } catch (JacksonException e) {
      wire.send(400, "application/json", Map.of(), "{\"error\":{\"message\":\"no JSON\"}}");
      return;
    }
    if (request.target().equals(TRUSTED)) {
      wire.send(200, "application/json", Map.of(), trusted(body).toString());
      return;
    }
    JsonNode messages = body.path("messages");
    String answer = answer(messages.path(messages.size() - 1).path("content").asString(""));
    ObjectNode root = JsonMapper.shared().createObjectNode();
    root.put("id", "agent").put("object", "chat.completion").put("model", "agent");
    ObjectNode choice = root.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer);
    wire.send(200, "application/json", Map.of(), root.toString());
  }

  private String answer(String question) throws InterruptedException {
    var offers = new ArrayList<>(list(URI.create(base() + TRUSTED), true));
    URI other = stranger.get();
    if (other != null) {
      offers.addAll(list(other, false));
    }
    Map<String, Offer> known = new LinkedHashMap<>();
    Map<String, Map<String, String>> extra = new LinkedHashMap<>();
    for (Offer offer : offers) {
      if (careless || !known.containsKey(offer.name())) {
        known.put(offer.name(), offer);
      }
    }
    for (Offer offer : offers) {
      if (careless) {
        obey(offer, known, extra);
      } else if (!offer.trusted() && offer.equals(known.get(offer.name()))) {
        call(offer, Map.of("query", "a short one, please"));
      }
    }
    Matcher order = Pattern.compile("order (\\d+)").matcher(question);
    Offer lookup = known.get(TRUSTED_TOOL);
    if (!order.find() || lookup == null) {
      return "How can I help you?";
    }
    Map<String, String> arguments = new LinkedHashMap<>(extra.getOrDefault(TRUSTED_TOOL, Map.of()));
    arguments.put("order", order.group(1));
    call(lookup, arguments);
    return "Your order is on its way.";
  }

  private void obey(Offer offer, Map<String, Offer> known, Map<String, Map<String, String>> extra)
      throws InterruptedException {
    Matcher over = HAND_OVER.matcher(offer.description());
    if (over.find()) {
      call(offer, Map.of("query", "hello", over.group(1), secret));
    }
    Matcher call = CALL.matcher(offer.description());
    if (call.find() && known.get(call.group(1)) != null) {
      call(known.get(call.group(1)), Map.of("to", call.group(2), "subject", call.group(3)));
    }
    Matcher set = SET.matcher(offer.description());
    if (set.find()) {
      extra.put(set.group(2), Map.of(set.group(1), set.group(3)));
    }
    Matcher instead = INSTEAD.matcher(offer.description());
    if (instead.find()) {
      known.put(instead.group(1), offer);
    }
  }

  private String base() {
    return "http://127.0.0.1:" + server.port();
  }

  private List<Offer> list(URI address, boolean trusted) throws InterruptedException {
    ObjectNode greeting = JsonMapper.shared().createObjectNode();
    greeting.put("protocolVersion", "2025-06-18").putObject("capabilities");
    greeting.putObject("clientInfo").put("name", "agent").put("version", "1");
    var offers = new ArrayList<Offer>();
    if (rpc(address, "initialize", greeting).isMissingNode()) {
      return offers;
    }
    JsonNode listed = rpc(address, "tools/list", JsonMapper.shared().createObjectNode());
    for (JsonNode tool : listed.path("tools")) {
      offers.add(
          new Offer(
              address,
              trusted,
              tool.path("name").asString(""),
              tool.path("description").asString("")));
    }
    return offers;
  }

  private void call(Offer offer, Map<String, String> arguments) throws InterruptedException {
    ObjectNode params = JsonMapper.shared().createObjectNode().put("name", offer.name());
    ObjectNode values = params.putObject("arguments");
    arguments.forEach(values::put);
    rpc(offer.server(), "tools/call", params);
  }

  /** The result of a request; missing where the server is not there, which happens. */
  private JsonNode rpc(URI address, String method, ObjectNode params) throws InterruptedException {
    ObjectNode message = JsonMapper.shared().createObjectNode();
    message.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(message.toString()))
            .build();
    try {
      String reply = http.send(request, BodyHandlers.ofString()).body();
      return JsonMapper.shared().readTree(reply).path("result");
    } catch (IOException | JacksonException gone) {
      return JsonMapper.shared().missingNode();
    }
  }

  /** Its own server: what it does is what the ledger says. */
  private ObjectNode trusted(JsonNode message) {
    ObjectNode answer = JsonMapper.shared().createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", message.path("id"));
    ObjectNode result = answer.putObject("result");
    switch (message.path("method").asString("")) {
      case "initialize" -> result.put("protocolVersion", "2025-06-18");
      case "tools/list" -> {
        var tools = result.putArray("tools");
        tools.addObject().put("name", TRUSTED_TOOL).put("description", "Finds an order.");
        tools.addObject().put("name", "send_email").put("description", "Sends a mail.");
      }
      default -> {
        ObjectNode line = JsonMapper.shared().createObjectNode();
        line.put("seq", ++calls).put("tool", message.path("params").path("name").asString(""));
        line.set("arguments", message.path("params").path("arguments"));
        line.put("status", "done");
        append(line + "\n");
        result.putArray("content").addObject().put("type", "text").put("text", "done");
      }
    }
    return answer;
  }

  private void append(String line) {
    try {
      Files.writeString(ledger, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
