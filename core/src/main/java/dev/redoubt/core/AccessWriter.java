package dev.redoubt.core;

import dev.redoubt.core.Access.ConversationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes how an endpoint is talked to: lines below its other keys, which {@link AccessReader} reads
 * back.
 */
final class AccessWriter {
  private final List<String> lines = new ArrayList<>();
  private final BiFunction<Integer, Map<String, String>, List<String>> headers;

  /**
   * @param headers writes headers, with the names of variables in the place of their values
   */
  AccessWriter(BiFunction<Integer, Map<String, String>, List<String>> headers) {
    this.headers = headers;
  }

  List<String> write(Access access, @Nullable Price price) {
    if (!access.equals(Access.OPENAI_CHAT)) {
      line(4, "protocol: " + access.protocol());
    }
    switch (access) {
      case Access.ModelApi m -> {
        if (m.stream()) {
          line(4, "stream: true");
        }
        if (m.sampling() != m.api().samples()) {
          line(4, "sampling: " + m.sampling());
        }
      }
      case Access.Http h -> http(h);
      case Access.WebSocket w -> {
        line(4, "websocket:");
        template("open", w.open());
        if (w.greetings() > 0) {
          line(6, "greetings: " + w.greetings());
        }
        template("message", w.message());
        text(6, "reply", w.reply());
        text(6, "toolCalls", w.toolCalls());
        text(6, "done", w.done());
        text(6, "error", w.error());
      }
      case Access.Mcp m -> mcp(m);
      case Access.Program p -> {
        line(4, "program:");
        list("command", p.command());
      }
      case Access.Java j -> {
        line(4, "java:");
        text(6, "class", j.className());
        list("classpath", j.classpath());
      }
    }
    if (price != null) {
      line(4, "price:");
      line(6, "inputPerMillion: " + price.inputPerMillion());
      line(6, "outputPerMillion: " + price.outputPerMillion());
      text(6, "currency", price.currency());
    }
    return lines;
  }

  private void http(Access.Http http) {
    line(4, "http:");
    text(6, "method", http.method());
    text(6, "path", http.path());
    lines.addAll(headers.apply(6, http.headers()));
    map("query", http.query());
    map("form", http.form());
    template("body", http.body());
    text(6, "reply", http.reply());
    text(6, "toolCalls", http.toolCalls());
    if (http.stream() != Access.Stream.NONE) {
      line(6, "stream: " + http.stream().name().toLowerCase(Locale.ROOT));
    }
    text(6, "done", http.done());
    text(6, "error", http.error());
    conversation(http.conversation());
    if (http.cookies()) {
      line(6, "cookies: true");
    }
    if (http.promptTokens() != null || http.completionTokens() != null) {
      line(6, "usage:");
      text(8, "prompt", http.promptTokens());
      text(8, "completion", http.completionTokens());
    }
  }

  private void conversation(@Nullable ConversationId conversation) {
    switch (conversation) {
      case null -> {}
      case ConversationId.Generated g -> line(6, "conversation: {uuid: true}");
      case ConversationId.Answered a -> {
        line(6, "conversation:");
        text(8, "from", a.path());
      }
      case ConversationId.Started s -> {
        line(6, "conversation:");
        line(8, "start:");
        text(10, "method", s.method());
        text(10, "url", s.url());
        text(10, "body", EnvironmentText.literal(s.body()));
        text(10, "id", s.id());
      }
    }
  }

  private void mcp(Access.Mcp mcp) {
    if (mcp.equals(new Access.Mcp(List.of(), null, null, Map.of()))) {
      return;
    }
    line(4, "mcp:");
    list("command", mcp.command());
    text(6, "tool", mcp.tool());
    text(6, "argument", mcp.argument());
    map("arguments", mcp.arguments());
  }

  private void template(String key, String template) {
    text(6, key, EnvironmentText.literal(template));
  }

  private void map(String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      line(6, key + ":");
      values.forEach((name, value) ->
          line(8, YamlText.of(name) + ": " + YamlText.of(EnvironmentText.literal(value))));
    }
  }

  private void list(String key, List<String> words) {
    if (!words.isEmpty()) {
      line(6, key + ": [" + String.join(", ", words.stream().map(YamlText::of).toList()) + "]");
    }
  }

  private void text(int indent, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      line(indent, key + ": " + YamlText.of(value));
    }
  }

  private void line(int indent, String text) {
    lines.add(" ".repeat(indent) + text);
  }
}
