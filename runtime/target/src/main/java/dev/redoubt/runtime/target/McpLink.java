package dev.redoubt.runtime.target;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way to an MCP server: JSON-RPC requests and their answers. Not thread-safe. */
interface McpLink extends AutoCloseable {
  /**
   * Sends a request and waits for the answer to it; answers to others are thrown away.
   *
   * @param deadline by {@link System#nanoTime}
   * @return the whole message: it has a result or an error
   * @throws dev.redoubt.runtime.llm.ChatException where there is no answer
   */
  JsonNode request(ObjectNode message, long deadline) throws InterruptedException;

  /** Sends a message that has no answer. */
  void notify(ObjectNode message, long deadline) throws InterruptedException;

  /** Tells which revision was agreed on. */
  void agreed(String version);

  /** Where the server is, for messages. */
  String place();

  @Override
  void close();
}
