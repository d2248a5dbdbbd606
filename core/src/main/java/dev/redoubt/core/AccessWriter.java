package dev.redoubt.core;

import dev.redoubt.core.Access.ConversationId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes how an endpoint is talked to: lines below its other keys, which {@link AccessReader} reads
 * back.
 */
final class AccessWriter {
  private final YamlOut out;
  private final Consumer<Map<String, String>> headers;

  /**
   * @param headers writes headers, with the names of variables in the place of their values
   */
  AccessWriter(YamlOut out, Consumer<Map<String, String>> headers) {
    this.out = out;
    this.headers = headers;
  }

  void write(Access access, @Nullable Price price) {
    if (!access.equals(Access.OPENAI_CHAT)) {
      out.line(4, "protocol: " + access.protocol());
    }
    switch (access) {
      case Access.ModelApi m -> {
        if (m.stream()) {
          out.line(4, "stream: true");
        }
        if (m.sampling() != m.api().samples()) {
          out.line(4, "sampling: " + m.sampling());
        }
      }
      case Access.Http h -> http(h);
      case Access.WebSocket w -> {
        out.line(4, "websocket:");
        template("open", w.open());
        if (w.greetings() > 0) {
          out.line(6, "greetings: " + w.greetings());
        }
        template("message", w.message());
        out.optional(6, "reply", w.reply());
        out.optional(6, "toolCalls", w.toolCalls());
        out.optional(6, "done", w.done());
        out.optional(6, "error", w.error());
      }
      case Access.Mcp m -> mcp(m);
      case Access.Program p -> {
        out.line(4, "program:");
        out.texts(6, "command", p.command());
      }
      case Access.Java j -> {
        out.line(4, "java:");
        out.optional(6, "class", j.className());
        out.texts(6, "classpath", j.classpath());
      }
    }
    if (price != null) {
      out.line(4, "price:");
      out.line(6, "inputPerMillion: " + price.inputPerMillion());
      out.line(6, "outputPerMillion: " + price.outputPerMillion());
      out.optional(6, "currency", price.currency());
    }
  }

  private void http(Access.Http http) {
    out.line(4, "http:");
    out.optional(6, "method", http.method());
    out.optional(6, "path", http.path());
    headers.accept(http.headers());
    map("query", http.query());
    map("form", http.form());
    template("body", http.body());
    out.optional(6, "reply", http.reply());
    out.optional(6, "toolCalls", http.toolCalls());
    if (http.stream() != Access.Stream.NONE) {
      out.line(6, "stream: " + http.stream().name().toLowerCase(Locale.ROOT));
    }
    out.optional(6, "done", http.done());
    out.optional(6, "error", http.error());
    conversation(http.conversation());
    if (http.cookies()) {
      out.line(6, "cookies: true");
    }
    if (http.promptTokens() != null || http.completionTokens() != null) {
      out.line(6, "usage:");
      out.optional(8, "prompt", http.promptTokens());
      out.optional(8, "completion", http.completionTokens());
    }
  }

  private void conversation(@Nullable ConversationId conversation) {
    switch (conversation) {
      case null -> {}
      case ConversationId.Generated g -> out.line(6, "conversation: {uuid: true}");
      case ConversationId.Answered a -> {
        out.line(6, "conversation:");
        out.optional(8, "from", a.path());
      }
      case ConversationId.Started s -> {
        out.line(6, "conversation:");
        out.line(8, "start:");
        out.optional(10, "method", s.method());
        out.optional(10, "url", s.url());
        out.optional(10, "body", EnvironmentText.literal(s.body()));
        out.optional(10, "id", s.id());
      }
    }
  }

  private void mcp(Access.Mcp mcp) {
    if (mcp.equals(new Access.Mcp(List.of(), null, null, Map.of()))) {
      return;
    }
    out.line(4, "mcp:");
    out.texts(6, "command", mcp.command());
    out.optional(6, "tool", mcp.tool());
    out.optional(6, "argument", mcp.argument());
    map("arguments", mcp.arguments());
  }

  private void template(String key, String template) {
    out.optional(6, key, EnvironmentText.literal(template));
  }

  private void map(String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      out.line(6, key + ":");
      values.forEach(
          (name, value) -> out.text(8, YamlText.of(name), EnvironmentText.literal(value)));
    }
  }
}
