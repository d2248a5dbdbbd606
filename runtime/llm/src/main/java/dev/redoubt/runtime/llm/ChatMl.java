package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Writes a conversation down as Qwen 2.5 was trained to read it: ChatML, tools within {@code
 * <tools>}, calls within {@code <tool_call>}, results within {@code <tool_response>} (the chat
 * template in the model's own file, rendered here because the engine's call takes no tools).
 *
 * <p>The engine reads special tokens wherever it sees their names, so whoever can write {@code
 * <|im_start|>system} into a message, a document or a tool's result could speak as the system. No
 * text reaches the prompt with {@code <|} in it: a space goes between, which leaves it readable.
 */
final class ChatMl {
  private static final String START = "<|im_start|>";
  private static final String END = "<|im_end|>\n";
  private static final String NOBODY =
      "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

  /** Ends a reply; a model that goes on would speak for the user. */
  static final List<String> STOP = List.of("<|im_end|>", "<|im_start|>", "<|endoftext|>");

  private ChatMl() {}

  /**
   * The prompt of a request.
   *
   * @throws ChatException of kind {@code BAD_REQUEST} for a role that there is not
   */
  static String render(ChatRequest request) {
    var out = new StringBuilder();
    var messages = request.messages();
    boolean ownSystem = messages.getFirst().role().equals("system");
    var system = ownSystem ? neutral(messages.getFirst().text()) : NOBODY;
    out.append(START).append("system\n").append(system).append(tools(request.tools())).append(END);
    for (int i = ownSystem ? 1 : 0; i < messages.size(); i++) {
      var message = messages.get(i);
      switch (message.role()) {
        case "system", "user" ->
            out.append(START)
                .append(message.role())
                .append('\n')
                .append(neutral(message.text()))
                .append(END);
        case "assistant" -> assistant(out, message);
        case "tool" -> {
          if (i == 0 || !messages.get(i - 1).role().equals("tool")) {
            out.append(START).append("user");
          }
          out.append("\n<tool_response>\n")
              .append(neutral(message.text()))
              .append("\n</tool_response>");
          if (i + 1 == messages.size() || !messages.get(i + 1).role().equals("tool")) {
            out.append(END);
          }
        }
        default ->
            throw new ChatException(
                Kind.BAD_REQUEST,
                "messages: there is no role " + OpenAiJson.oneLine(message.role()));
      }
    }
    return out.append(START).append("assistant\n").toString();
  }

  private static void assistant(StringBuilder out, ChatMessage message) {
    out.append(START).append("assistant");
    if (!message.text().isEmpty() || message.toolCalls().isEmpty()) {
      out.append('\n').append(neutral(message.text()));
    }
    for (var call : message.toolCalls()) {
      out.append("\n<tool_call>\n{\"name\": \"")
          .append(neutral(call.name()))
          .append("\", \"arguments\": ")
          .append(neutral(arguments(call)))
          .append("}\n</tool_call>");
    }
    out.append(END);
  }

  private static String arguments(ToolCall call) {
    try {
      return spaced(OpenAiJson.mapper().readTree(call.arguments()));
    } catch (JacksonException e) {
      return call.arguments();
    }
  }

  private static String tools(List<ToolSpec> tools) {
    if (tools.isEmpty()) {
      return "";
    }
    var out =
        new StringBuilder(
            """


            # Tools

            You may call one or more functions to assist with the user query.

            You are provided with function signatures within <tools></tools> XML tags:
            <tools>\
            """);
    for (var tool : tools) {
      out.append('\n').append(neutral(spaced(OpenAiJson.writeTool(tool))));
    }
    return out.append(
            """

            </tools>

            For each function call, return a json object with function name and arguments within \
            <tool_call></tool_call> XML tags:
            <tool_call>
            {"name": <function-name>, "arguments": <args-json-object>}
            </tool_call>\
            """)
        .toString();
  }

  /** Takes the special tokens out of foreign text. */
  static String neutral(String text) {
    return text.contains("<|") ? text.replace("<|", "< |") : text;
  }

  /** JSON with a space after each comma and colon, as in the texts that the model learnt from. */
  static String spaced(JsonNode node) {
    var out = new StringBuilder();
    spaced(node, out);
    return out.toString();
  }

  private static void spaced(JsonNode node, StringBuilder out) {
    if (node.isObject()) {
      var separator = "{";
      for (var entry : node.properties()) {
        out.append(separator)
            .append(OpenAiJson.mapper().writeValueAsString(entry.getKey()))
            .append(": ");
        spaced(entry.getValue(), out);
        separator = ", ";
      }
      out.append(node.isEmpty() ? "{}" : "}");
    } else if (node.isArray()) {
      var separator = "[";
      for (var each : node) {
        out.append(separator);
        spaced(each, out);
        separator = ", ";
      }
      out.append(node.isEmpty() ? "[]" : "]");
    } else {
      out.append(node);
    }
  }
}
