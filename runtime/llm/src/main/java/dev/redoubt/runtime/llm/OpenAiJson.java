package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatDelta.ToolCallPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The wire format of OpenAI-compatible chat completions: requests, replies, the events of a stream,
 * errors. Reads what other servers and clients write, including content as a list of text parts;
 * writes what the official clients expect.
 */
public final class OpenAiJson {

  /** The {@code data:} line that ends a stream. */
  public static final String DONE = "[DONE]";

  // Two readers of one text must see the same: a body with a key twice is refused, since a guard
  // might look at the first and a server behind it obey the second.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private OpenAiJson() {}

  /**
   * A request as it came over the wire.
   *
   * @param request what is asked
   * @param stream whether the reply is to be streamed
   * @param includeUsage whether the stream is to end with the tokens taken
   */
  public record Incoming(ChatRequest request, boolean stream, boolean includeUsage) {}

  /** The mapper that reads and writes the format; refuses duplicate keys. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /**
   * Reads the body of a request.
   *
   * @throws ChatException of kind {@code BAD_REQUEST}, saying what is wrong with it
   */
  public static Incoming readRequest(byte[] body) {
    try {
      return readRequest(MAPPER.readTree(body));
    } catch (JacksonException e) {
      throw badRequest("the body is not JSON: " + oneLine(e.getOriginalMessage()));
    }
  }

  /**
   * Reads the body of a request that is parsed already.
   *
   * @throws ChatException of kind {@code BAD_REQUEST}, saying what is wrong with it
   */
  public static Incoming readRequest(JsonNode root) {
    try {
      return incoming(root);
    } catch (JacksonException e) {
      // A number that does not fit, for example.
      throw badRequest("the body is not understood: " + oneLine(e.getOriginalMessage()));
    }
  }

  private static Incoming incoming(JsonNode root) {
    if (!root.isObject()) {
      throw badRequest("the body must be a JSON object");
    }
    var messages = new ArrayList<ChatMessage>();
    for (var node : root.path("messages")) {
      messages.add(readMessage(node));
    }
    if (messages.isEmpty()) {
      throw badRequest("messages: at least one is needed");
    }
    var maxTokens = number(root, "max_completion_tokens");
    if (maxTokens == null) {
      maxTokens = number(root, "max_tokens");
    }
    var seed = number(root, "seed");
    var temperature = number(root, "temperature");
    var request =
        new ChatRequest(
            text(root.path("model")),
            messages,
            "none".equals(text(root.path("tool_choice"))) ? List.of() : readTools(root),
            temperature == null ? null : temperature.asDouble(),
            seed == null ? null : seed.asLong(),
            maxTokens == null ? null : Integer.valueOf(maxTokens.asInt()),
            readStop(root.path("stop")));
    return new Incoming(
        request,
        root.path("stream").asBoolean(false),
        root.path("stream_options").path("include_usage").asBoolean(false));
  }

  /**
   * Writes a request.
   *
   * @param request the request
   * @param stream whether to ask for a stream, which is then to end with the tokens taken
   */
  public static byte[] writeRequest(ChatRequest request, boolean stream) {
    var root = MAPPER.createObjectNode();
    if (request.model() != null) {
      root.put("model", request.model());
    }
    var messages = root.putArray("messages");
    for (var message : request.messages()) {
      messages.add(writeMessage(message));
    }
    if (!request.tools().isEmpty()) {
      var tools = root.putArray("tools");
      for (var tool : request.tools()) {
        tools.add(writeTool(tool));
      }
    }
    if (request.temperature() != null) {
      root.put("temperature", request.temperature());
    }
    if (request.seed() != null) {
      root.put("seed", request.seed());
    }
    if (request.maxTokens() != null) {
      root.put("max_tokens", request.maxTokens());
    }
    if (!request.stop().isEmpty()) {
      var stop = root.putArray("stop");
      request.stop().forEach(stop::add);
    }
    if (stream) {
      root.put("stream", true);
      root.putObject("stream_options").put("include_usage", true);
    }
    return MAPPER.writeValueAsBytes(root);
  }

  /**
   * Reads the body of a reply.
   *
   * @throws ChatException of kind {@code NOT_JSON} or {@code BAD_REPLY}
   */
  public static ChatReply readReply(byte[] body) {
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw new ChatException(
          ChatException.Kind.NOT_JSON, "the reply is not JSON: " + oneLine(e.getOriginalMessage()));
    }
    if (root.isMissingNode()) {
      throw new ChatException(ChatException.Kind.NOT_JSON, "the reply is empty");
    }
    return readReply(root);
  }

  /**
   * Reads the body of a reply that is parsed already.
   *
   * @throws ChatException of kind {@code BAD_REPLY}
   */
  public static ChatReply readReply(JsonNode root) {
    var choice = root.path("choices").path(0);
    var message = choice.path("message");
    if (!message.isObject()) {
      var error = errorText(root);
      throw new ChatException(
          ChatException.Kind.BAD_REPLY,
          error == null
              ? "the reply is JSON but no chat completion: choices[0].message is missing"
              : "the endpoint says: " + error);
    }
    var content = content(message.path("content"));
    if (content == null) {
      content = text(message.path("refusal"));
    }
    var calls = readToolCalls(message.path("tool_calls"));
    var finish = text(choice.path("finish_reason"));
    return new ChatReply(
        new ChatMessage("assistant", content, calls, null),
        finish == null ? "stop" : finish,
        readUsage(root.path("usage")),
        root.path("model").asString(""));
  }

  /** Writes a whole reply. */
  public static byte[] writeReply(ReplyHead head, ChatReply reply) {
    var root = head(head, "chat.completion");
    var choice = root.putArray("choices").addObject();
    choice.put("index", 0);
    choice.set("message", writeMessage(reply.message()));
    choice.putNull("logprobs");
    choice.put("finish_reason", reply.finishReason());
    putUsage(root, reply.usage());
    return MAPPER.writeValueAsBytes(root);
  }

  /**
   * Reads the {@code data:} of one event of a stream.
   *
   * @return the event; empty for {@link #DONE}
   * @throws ChatException of kind {@code NOT_JSON} or {@code BAD_REPLY}
   */
  public static Optional<ChatDelta> readChunk(String data) {
    if (data.strip().equals(DONE)) {
      return Optional.empty();
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(data);
    } catch (JacksonException e) {
      throw new ChatException(
          ChatException.Kind.NOT_JSON,
          "an event of the stream is not JSON: " + oneLine(e.getOriginalMessage()));
    }
    var error = errorText(root);
    if (error != null) {
      throw new ChatException(ChatException.Kind.BAD_REPLY, "the endpoint says: " + error);
    }
    var choice = root.path("choices").path(0);
    var delta = choice.path("delta");
    var parts = new ArrayList<ToolCallPart>();
    for (var call : delta.path("tool_calls")) {
      var function = call.path("function");
      parts.add(
          new ToolCallPart(
              call.path("index").asInt(parts.size()),
              text(call.path("id")),
              text(function.path("name")),
              function.path("arguments").asString("")));
    }
    var usage = root.path("usage");
    return Optional.of(
        new ChatDelta(
            text(delta.path("role")),
            content(delta.path("content")),
            parts,
            text(choice.path("finish_reason")),
            usage.isObject() ? readUsage(usage) : null));
  }

  /** Writes the {@code data:} of one event of a stream. */
  public static String writeChunk(ReplyHead head, ChatDelta event) {
    var root = head(head, "chat.completion.chunk");
    var choices = root.putArray("choices");
    if (event.usage() != null) {
      putUsage(root, event.usage());
      return MAPPER.writeValueAsString(root);
    }
    var choice = choices.addObject();
    choice.put("index", 0);
    var delta = choice.putObject("delta");
    if (event.role() != null) {
      delta.put("role", event.role());
    }
    if (event.text() != null) {
      delta.put("content", event.text());
    }
    if (!event.toolCalls().isEmpty()) {
      var calls = delta.putArray("tool_calls");
      for (var part : event.toolCalls()) {
        var call = calls.addObject().put("index", part.index());
        if (part.id() != null) {
          call.put("id", part.id()).put("type", "function");
        }
        var function = call.putObject("function");
        if (part.name() != null) {
          function.put("name", part.name());
        }
        function.put("arguments", part.arguments());
      }
    }
    choice.put("finish_reason", event.finishReason());
    return MAPPER.writeValueAsString(root);
  }

  /**
   * Writes an error as the official clients expect it.
   *
   * @param message what is wrong
   * @param type class of error, {@code invalid_request_error} for example
   */
  public static byte[] writeError(String message, String type) {
    var root = MAPPER.createObjectNode();
    root.putObject("error").put("message", message).put("type", type).putNull("code");
    return MAPPER.writeValueAsBytes(root);
  }

  /** Message of an error body in one line, if it is one; the body is foreign text. */
  public static Optional<String> readError(byte[] body) {
    try {
      return Optional.ofNullable(errorText(MAPPER.readTree(body)));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static ChatMessage readMessage(JsonNode node) {
    var role = text(node.path("role"));
    if (role == null) {
      throw badRequest("messages: each needs a role");
    }
    for (var part : node.path("content")) {
      if (part.isObject() && !part.path("type").asString("text").equals("text")) {
        throw badRequest("messages: only text is understood, not " + oneLine(part.path("type")));
      }
    }
    return new ChatMessage(
        // The newer name of the same role.
        role.equals("developer") ? "system" : role,
        content(node.path("content")),
        readToolCalls(node.path("tool_calls")),
        text(node.path("tool_call_id")));
  }

  private static ObjectNode writeMessage(ChatMessage message) {
    var node = MAPPER.createObjectNode();
    node.put("role", message.role());
    node.put("content", message.content());
    if (message.toolCallId() != null) {
      node.put("tool_call_id", message.toolCallId());
    }
    if (!message.toolCalls().isEmpty()) {
      var calls = node.putArray("tool_calls");
      for (var call : message.toolCalls()) {
        calls
            .addObject()
            .put("id", call.id())
            .put("type", "function")
            .putObject("function")
            .put("name", call.name())
            .put("arguments", call.arguments());
      }
    }
    return node;
  }

  private static List<ToolCall> readToolCalls(JsonNode nodes) {
    var calls = new ArrayList<ToolCall>();
    for (var node : nodes) {
      var function = node.path("function");
      var arguments = function.path("arguments");
      calls.add(
          new ToolCall(
              node.path("id").asString("call_" + calls.size()),
              function.path("name").asString(""),
              // Some servers send the object instead of its text.
              arguments.isString() ? arguments.stringValue() : arguments.toString()));
    }
    return calls;
  }

  private static List<ToolSpec> readTools(JsonNode root) {
    var tools = new ArrayList<ToolSpec>();
    for (var node : root.path("tools")) {
      var function = node.path("function");
      var name = text(function.path("name"));
      if (name == null) {
        throw badRequest("tools: each needs function.name");
      }
      var parameters = function.path("parameters");
      tools.add(
          new ToolSpec(
              name,
              function.path("description").asString(""),
              parameters.isObject()
                  ? parameters.toString()
                  : "{\"type\":\"object\",\"properties\":{}}"));
    }
    return tools;
  }

  /** A tool as the format has it; the local model's prompt holds the same words. */
  static ObjectNode writeTool(ToolSpec tool) {
    var node = MAPPER.createObjectNode().put("type", "function");
    var function = node.putObject("function");
    function.put("name", tool.name());
    function.put("description", tool.description());
    try {
      function.set("parameters", MAPPER.readTree(tool.parameters()));
    } catch (JacksonException e) {
      throw badRequest(
          "tools: parameters of " + tool.name() + " are not JSON: " + e.getOriginalMessage());
    }
    return node;
  }

  private static List<String> readStop(JsonNode node) {
    var stop = new ArrayList<String>();
    if (node.isString()) {
      stop.add(node.stringValue());
    }
    for (var each : node) {
      stop.add(each.asString(""));
    }
    stop.removeIf(String::isEmpty);
    return stop;
  }

  private static @Nullable String content(JsonNode node) {
    if (!node.isArray()) {
      return text(node);
    }
    var joined = new StringBuilder();
    for (var part : node) {
      joined.append(part.isString() ? part.stringValue() : part.path("text").asString(""));
    }
    return joined.toString();
  }

  private static TokenUsage readUsage(JsonNode node) {
    return new TokenUsage(
        Math.max(0, node.path("prompt_tokens").asInt(0)),
        Math.max(0, node.path("completion_tokens").asInt(0)));
  }

  private static ObjectNode head(ReplyHead head, String kind) {
    return MAPPER
        .createObjectNode()
        .put("id", head.id())
        .put("object", kind)
        .put("created", head.created())
        .put("model", head.model());
  }

  private static void putUsage(ObjectNode root, TokenUsage usage) {
    root.putObject("usage")
        .put("prompt_tokens", usage.prompt())
        .put("completion_tokens", usage.completion())
        .put("total_tokens", usage.total());
  }

  private static @Nullable String errorText(JsonNode root) {
    var error = root.path("error");
    if (error.isString()) {
      return oneLine(error.stringValue());
    }
    var message = text(error.path("message"));
    if (message != null) {
      return oneLine(message);
    }
    // Other frameworks: {"detail": …} and {"message": …}.
    for (var key : List.of("detail", "message")) {
      if (root.path(key).isString() && !root.has("choices")) {
        return oneLine(root.path(key));
      }
    }
    return null;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static @Nullable JsonNode number(JsonNode root, String key) {
    var node = root.path(key);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isNumber()) {
      throw badRequest(key + ": a number is needed, not " + oneLine(node));
    }
    return node;
  }

  private static ChatException badRequest(String message) {
    return new ChatException(ChatException.Kind.BAD_REQUEST, message);
  }

  private static String oneLine(JsonNode node) {
    return oneLine(node.isString() ? node.stringValue() : node.toString());
  }

  /** Foreign text for a message: printable, on one line, short. */
  static String oneLine(@Nullable String text) {
    if (text == null) {
      return "";
    }
    var clean = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return clean.length() <= 160 ? clean : clean.substring(0, 160) + "…";
  }
}
