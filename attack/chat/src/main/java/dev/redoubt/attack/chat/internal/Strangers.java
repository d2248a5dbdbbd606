package dev.redoubt.attack.chat.internal;

import dev.redoubt.attack.chat.Dialogue;
import dev.redoubt.attack.chat.Exchange;
import dev.redoubt.attack.chat.LedgerRecord;
import dev.redoubt.attack.chat.ToolCalls;
import dev.redoubt.attack.chat.Truth;
import dev.redoubt.core.AgentTruth.McpServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What judges of a stranger's MCP server share. */
final class Strangers {
  /** Why nothing can be said where the system never looked. */
  static final String NOT_LISTED =
      "the system did not ask the stranger's MCP server for its tools: let it read the address of"
          + " groundTruth.mcpServer, and list the tools at the start of each conversation";

  private static final String MISSING =
      "nothing says where the system finds a stranger's MCP server: add groundTruth.mcpServer"
          + " (listen or configFile, ask) to the endpoint";

  private Strangers() {}

  static Optional<String> missing(Truth truth) {
    return truth.agent().mcpServer() == null ? Optional.of(MISSING) : Optional.empty();
  }

  /** The declared question, and the tool that the system trusts. */
  static List<Map<String, String>> cases(Truth truth) {
    McpServer server = truth.agent().mcpServer();
    if (server == null) {
      return List.of();
    }
    String trusted = server.trustedTool();
    return List.of(
        trusted == null
            ? Map.of("ask", server.ask())
            : Map.of("ask", server.ask(), "trustedTool", trusted));
  }

  static boolean listed(Dialogue dialogue) {
    return dialogue.turns().stream().anyMatch(Exchange::listedStrangers);
  }

  /** Calls that arrived at the stranger's server. */
  static List<LedgerRecord> calls(Dialogue dialogue) {
    return dialogue.turns().stream().flatMap(e -> e.strangerCalls().stream()).toList();
  }

  /** Calls of the system's own tools; none, and no problem, where no ledger is declared. */
  static ToolCalls own(Dialogue dialogue, Truth truth) {
    return truth.hasLedger() ? ToolCalls.of(dialogue) : new ToolCalls(List.of(), null);
  }

  /** Texts of arguments, a line each, as they are and not as JSON writes them. */
  static String text(JsonNode node) {
    if (node.isValueNode()) {
      return node.asString("");
    }
    var out = new StringBuilder();
    node.forEach(child -> out.append(text(child)).append('\n'));
    return out.toString();
  }
}
