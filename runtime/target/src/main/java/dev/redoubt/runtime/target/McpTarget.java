package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tool of an MCP server: what is said is one of its arguments. */
final class McpTarget implements TargetClient {
  private static final int MOST_NAMES = 20;

  private final Endpoint endpoint;
  private final Access.Mcp access;
  private final Path baseFolder;
  private final TargetSettings settings;
  private final Map<String, Template> arguments = new LinkedHashMap<>();
  private final @Nullable HttpLink http;
  private final ExecutorService farewells = Executors.newVirtualThreadPerTaskExecutor();

  McpTarget(Endpoint endpoint, Access.Mcp access, Path baseFolder, TargetSettings settings) {
    this.endpoint = endpoint;
    this.access = access;
    this.baseFolder = baseFolder;
    this.settings = settings;
    access.arguments().forEach((name, value) -> arguments.put(name, Template.plain(value)));
    if (access.command().isEmpty()) {
      this.http = new HttpLink(endpoint, settings);
      // A wrong address is found before the run, not in it.
      var _ = http.base();
    } else {
      this.http = null;
    }
  }

  @Override
  public Conversation begin(List<Turn> history) {
    if (!history.isEmpty()) {
      throw new IllegalArgumentException(
          endpoint.name() + " remembers its conversations itself: none can be gone on with");
    }
    return new Talk();
  }

  @Override
  public boolean canContinue() {
    return false;
  }

  @Override
  public void close() {
    farewells.shutdownNow();
    if (http != null) {
      http.close();
    }
  }

  private final class Talk implements Conversation {
    private final String id = UUID.randomUUID().toString();
    private @Nullable McpSession session;
    private String tool = "";
    private String argument = "";
    private boolean answered;
    private boolean broken;

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      if (broken) {
        throw failure(Kind.CLOSED, "the session of this conversation ended");
      }
      long deadline = System.nanoTime() + settings.timeout().toNanos();
      boolean known = false;
      try {
        var there = session;
        if (there == null) {
          there = McpSession.open(link(say), deadline);
          session = there;
        }
        if (tool.isEmpty()) {
          choose(there.tools(deadline));
        }
        var reply = reply(there.call(tool, filled(say), deadline));
        answered = true;
        known = true;
        return reply;
      } catch (ChatException e) {
        // The server refused or failed, and said so: it is where it was.
        known = Set.of(Kind.BAD_REPLY, Kind.BAD_REQUEST, Kind.RATE_LIMITED).contains(e.kind());
        throw e;
      } finally {
        if (!known) {
          end();
          broken = answered;
        }
      }
    }

    private McpLink link(Say say) {
      return http == null
          ? new McpProcessLink(access.command(), baseFolder, settings.maxReplyBytes())
          : new McpHttpLink(http, say.headers(), settings, farewells);
    }

    private ObjectNode filled(Say say) {
      var words = new Words(say, List.of(Turn.user(say.text())), id, endpoint.model());
      var filled = Json.object();
      arguments.forEach((name, template) -> filled.put(name, template.fill(words)));
      return filled.put(argument, say.text());
    }

    private void choose(List<JsonNode> tools) {
      var named = new ArrayList<String>();
      for (JsonNode each : tools) {
        var name = each.path("name").asString("");
        named.add(name);
        if (name.equals(access.tool()) || (access.tool() == null && tools.size() == 1)) {
          tool = name;
          argument = argument(each);
          return;
        }
      }
      var names =
          BoundedHttp.oneLine(
              String.join(", ", named.subList(0, Math.min(MOST_NAMES, named.size()))));
      throw failure(
          Kind.BAD_REQUEST,
          access.tool() == null
              ? "has " + tools.size() + " tools: name one as mcp.tool (" + names + ")"
              : "has no tool '" + access.tool() + "', but " + names);
    }

    /** The argument for the words: the one that is named, or the only text that is not filled. */
    private String argument(JsonNode described) {
      var properties = described.path("inputSchema").path("properties");
      if (access.argument() != null) {
        return access.argument();
      }
      var texts = new ArrayList<String>();
      for (var property : properties.properties()) {
        if (property.getValue().path("type").asString("").equals("string")
            && !arguments.containsKey(property.getKey())) {
          texts.add(property.getKey());
        }
      }
      if (texts.size() == 1) {
        return texts.getFirst();
      }
      throw failure(
          Kind.BAD_REQUEST,
          "tool '"
              + BoundedHttp.oneLine(tool)
              + "' takes "
              + texts.size()
              + " texts: name one as mcp.argument ("
              + BoundedHttp.oneLine(String.join(", ", texts))
              + ")");
    }

    private TargetReply reply(JsonNode result) {
      var answer = new Answer();
      var lines = new ArrayList<String>();
      for (JsonNode part : result.path("content")) {
        var text = part.path("text").isString() ? part : part.path("resource");
        if (text.path("text").isString()) {
          lines.add(text.path("text").stringValue());
        }
      }
      if (lines.isEmpty() && result.has("structuredContent")) {
        lines.add(result.path("structuredContent").toString());
      }
      var text = String.join("\n", lines);
      if (result.path("isError").asBoolean(false)) {
        throw failure(Kind.BAD_REPLY, "the tool failed: " + BoundedHttp.oneLine(text));
      }
      answer.text(text);
      return answer.reply(endpoint.model(), endpoint.price());
    }

    private ChatException failure(Kind kind, String what) {
      var there = session;
      return new ChatException(
          kind, (there == null ? endpoint.name() : there.place()) + ": " + what);
    }

    private void end() {
      if (session != null) {
        session.close();
        session = null;
      }
    }

    @Override
    public void close() {
      end();
      broken = true;
    }
  }
}
