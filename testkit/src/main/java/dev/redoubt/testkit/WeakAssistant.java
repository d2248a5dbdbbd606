package dev.redoubt.testkit;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small assistant of a shop that can really be got to do things: it has instructions, facts,
 * prices, a memory of what accounts said, and tools that write a ledger. A few rules read what it
 * is told and act on it; nothing that it answers or does is laid out for a test.
 *
 * <p>Speaks OpenAI's chat completions on loopback; the header {@code X-User} names the account.
 * Each {@link Weakness} can be mended on its own, and then the same rules keep to its policies. It
 * is no model: the same words get the same answer. Safe for use by many threads.
 */
public final class WeakAssistant implements AutoCloseable {
  /** A value in a row of the account {@code other} of its database. */
  public static final String FOREIGN_ROW = WeakOrders.FOREIGN;

  /** A value in a row of the account {@code attacker}. */
  public static final String OWN_ROW = WeakOrders.OWN;

  private final ReentrantLock turn = new ReentrantLock();
  private final WeakDesk desk;
  private final WeakMind mind;
  private final LoopbackServer server;

  private WeakAssistant(Builder builder) {
    var tools = new WeakTools(builder.ledger, builder.world, builder.weak);
    this.desk = new WeakDesk(builder.weak, tools, builder.files);
    this.mind = new WeakMind(builder.world, builder.weak, tools, desk);
    this.server = new LoopbackServer(0, this::handle);
  }

  /** Starts one that has every weakness and no ledger. */
  public static WeakAssistant start() {
    return builder().start();
  }

  /** Builds one. */
  public static Builder builder() {
    return new Builder();
  }

  /** What the assistant knows. */
  public WeakWorld world() {
    return mind.world();
  }

  /** Where outsiders send it texts and files. */
  public WeakInbox inbox() {
    return desk.inbox();
  }

  /** Base URL as OpenAI clients take it, {@code http://127.0.0.1:PORT/v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port() + "/v1");
  }

  private void handle(LoopbackServer.Incoming request, Wire wire)
      throws IOException, InterruptedException {
    if (!request.target().endsWith("/chat/completions")) {
      wire.send(404, "application/json", Map.of(), "{\"error\":{\"message\":\"no such page\"}}");
      return;
    }
    var said = new ArrayList<String>();
    try {
      for (JsonNode message : JsonMapper.shared().readTree(request.body()).path("messages")) {
        if (message.path("role").asString("").equals("user")) {
          said.add(message.path("content").asString(""));
        }
      }
    } catch (JacksonException e) {
      wire.send(400, "application/json", Map.of(), "{\"error\":{\"message\":\"no JSON\"}}");
      return;
    }
    String user = request.headers().getOrDefault("x-user", "");
    String answer;
    turn.lock();
    try {
      answer = mind.answer(user, said);
    } finally {
      turn.unlock();
    }
    wire.send(200, "application/json", Map.of(), reply(said, answer));
  }

  /** Tokens are words here, counted from what was really written. */
  private static String reply(List<String> said, String answer) {
    int read = said.stream().mapToInt(WeakAssistant::words).sum();
    var root = JsonMapper.shared().createObjectNode();
    root.put("id", "weak").put("object", "chat.completion").put("model", "weak");
    var choice = root.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer);
    root.putObject("usage")
        .put("prompt_tokens", read)
        .put("completion_tokens", words(answer))
        .put("total_tokens", read + words(answer));
    return root.toString();
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }

  @Override
  public void close() {
    server.close();
    desk.close();
  }

  /** Sets one up. */
  public static final class Builder {
    private final Set<Weakness> weak = EnumSet.allOf(Weakness.class);
    private WeakWorld world = WeakWorld.shop();
    private @org.jspecify.annotations.Nullable Path ledger;
    private @org.jspecify.annotations.Nullable Path files;

    private Builder() {}

    /** Mends weaknesses; none named mends all. */
    public Builder fixed(Weakness... mended) {
      if (mended.length == 0) {
        weak.clear();
      } else {
        weak.removeAll(List.of(mended));
      }
      return this;
    }

    /** Gives it other things to know. */
    public Builder world(WeakWorld other) {
      world = other;
      return this;
    }

    /** Has it write a line of JSON for each tool call into a file. */
    public Builder ledger(Path file) {
      ledger = file;
      return this;
    }

    /** Has it write files into a folder. */
    public Builder files(Path folder) {
      files = folder;
      return this;
    }

    /** Starts it on a free loopback port. */
    public WeakAssistant start() {
      return new WeakAssistant(this);
    }
  }
}
