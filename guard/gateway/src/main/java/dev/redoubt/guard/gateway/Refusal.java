package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the client gets in place of what must not pass: a chat completion of the ordinary form, so
 * that no client has to learn anything.
 *
 * @param text what the user reads
 * @param rule id of the rule that refused
 */
record Refusal(String text, String rule) {
  /** Header that tells programs about a refusal. */
  static final String HEADER = "x-redoubt-guard";

  /** Rule that events name for content that no scanner can look at. */
  static final String UNSCANNED = "unscanned-content";

  /** {@code finish_reason} of refusals. */
  static final String FINISH = "content_filter";

  private static final String NOT_CHECKED = Verdict.NOT_CHECKED;

  /** The refusal that a verdict asks for; null when it lets something pass. */
  static @Nullable Refusal of(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow a -> null;
      case Verdict.Rewrite r -> null;
      // Nobody could be asked: the policy names no way, or the answer is streamed already.
      case Verdict.Ask a -> new Refusal(a.message(), rule(verdict));
      case Verdict.Block b -> new Refusal(b.message(), rule(verdict));
      case Verdict.NotRun n -> new Refusal(NOT_CHECKED, rule(verdict));
    };
  }

  /** The refusal of something that is not understood. */
  static Refusal unscanned() {
    return new Refusal(NOT_CHECKED, UNSCANNED);
  }

  private static String rule(Verdict verdict) {
    var rule = verdict.rule();
    return rule == null || rule.isEmpty() ? UNSCANNED : rule;
  }

  /** Value of {@link #HEADER}. */
  String header() {
    return "blocked; rule=" + rule.replaceAll("[^\\x21-\\x7e]", "_");
  }

  /** Answers a request with nothing else, whole or as events. */
  void send(ClientReply reply, String id, String model, boolean stream) {
    var headers = new HeaderList();
    headers.set(HEADER, header());
    headers.set("content-type", stream ? "text/event-stream" : "application/json");
    var body = envelope(id, model, stream ? "chat.completion.chunk" : "chat.completion");
    var choice = body.putArray("choices").addObject().put("index", 0);
    choice.putObject(stream ? "delta" : "message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", FINISH);
    if (!stream) {
      body.putObject("usage")
          .put("prompt_tokens", 0)
          .put("completion_tokens", 0)
          .put("total_tokens", 0);
    }
    var json = Json.text(body);
    var whole = stream ? "data: " + json + "\n\ndata: [DONE]\n\n" : json;
    reply.send(200, headers, whole.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts the refusal in the place of a choice's message. */
  void replace(ObjectNode choice) {
    choice.putObject("message").put("role", "assistant").put("content", text);
    choice.put("finish_reason", FINISH);
    choice.remove("logprobs");
  }

  private static ObjectNode envelope(String id, String model, String object) {
    return Json.object()
        .put("id", "chatcmpl-" + id)
        .put("object", object)
        .put("created", Instant.now().getEpochSecond())
        .put("model", model);
  }
}
