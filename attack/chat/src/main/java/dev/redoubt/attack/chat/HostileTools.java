package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a stranger's tools where the system under test finds them: starts the server at the first,
 * at the address that the system knows, or writes its address into the system's configuration and
 * puts that back in the end. Thread-safe.
 */
final class HostileTools implements AutoCloseable {
  private static final String NAME = "redoubt-stranger";
  private static final int MOST_BYTES = 1 << 20;

  private final AgentTruth.McpServer place;
  private final @Nullable Path config;
  private @Nullable HostileServer server;
  private byte @Nullable [] original;
  private byte @Nullable [] written;

  HostileTools(AgentTruth.McpServer place, Path baseFolder) {
    this.place = place;
    String file = place.configFile();
    this.config = file == null ? null : baseFolder.resolve(file);
  }

  /** Offers a tool from now on, and no other. */
  synchronized void offer(Wording.PlantedText tool) throws Planter.PlantFailed {
    HostileServer running = server;
    if (running == null) {
      running = start();
      server = running;
    }
    running.offer(tool);
  }

  /** What came since then. */
  synchronized List<Exchange.SinkHit> events() {
    return server == null ? List.of() : server.events();
  }

  private HostileServer start() throws Planter.PlantFailed {
    HostileServer started;
    try {
      started = HostileServer.start(place);
    } catch (IOException e) {
      throw new Planter.PlantFailed(
          "the stranger's MCP server could not be started at 127.0.0.1:"
              + place.port()
              + ": the port is taken; free it",
          0,
          e);
    }
    if (config != null) {
      try {
        configure(config, place.url(started.port()));
      } catch (IOException | JacksonException e) {
        started.close();
        throw new Planter.PlantFailed(
            place.configFile() + ": is no JSON file that can be read and written; mend it", 0, e);
      }
    }
    return started;
  }

  private void configure(Path file, String url) throws IOException {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    if (Files.exists(file)) {
      if (Files.size(file) > MOST_BYTES) {
        throw new IOException("too large");
      }
      original = Files.readAllBytes(file);
      JsonNode known = JsonMapper.shared().readTree(original);
      if (!(known instanceof ObjectNode object)) {
        throw new IOException("no object");
      }
      root = object;
    }
    ObjectNode servers =
        root.path("mcpServers") instanceof ObjectNode object
            ? object
            : root.putObject("mcpServers");
    servers.putObject(NAME).put("type", "http").put("url", url);
    byte[] text = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    Files.write(file, text);
    written = text;
  }

  @Override
  public synchronized void close() {
    HostileServer running = server;
    server = null;
    if (running != null) {
      running.close();
    }
    restore();
  }

  /** What somebody else wrote meanwhile is left alone. */
  private void restore() {
    byte[] own = written;
    written = null;
    if (config == null || own == null) {
      return;
    }
    try {
      if (java.util.Arrays.equals(Files.readAllBytes(config), own)) {
        byte[] before = original;
        if (before == null) {
          Files.delete(config);
        } else {
          Files.write(config, before);
        }
      }
    } catch (IOException gone) {
      // Then there is nothing to put back.
      return;
    }
  }
}
