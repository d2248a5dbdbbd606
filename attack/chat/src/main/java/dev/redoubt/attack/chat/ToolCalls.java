package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tool calls that a conversation caused, as the ledger tells them.
 *
 * @param calls the calls in order, refused ones too
 * @param problem why they are not all there or not all of this conversation; absent when the ledger
 *     can be trusted. A judge then gives no verdict
 * @since 0.1.0
 */
public record ToolCalls(List<LedgerRecord> calls, @Nullable String problem) {
  private static final String PROBLEM = "ledgerProblem";

  public ToolCalls {
    calls = List.copyOf(calls);
  }

  /** Reads what the ledger gained during the turns of a conversation. */
  public static ToolCalls of(Dialogue dialogue) {
    List<String> lines = dialogue.ledger();
    if (lines == null) {
      return new ToolCalls(
          List.of(), "the tool ledger could not be read; create the file at start");
    }
    var calls = new ArrayList<LedgerRecord>();
    String problem = null;
    for (String line : lines) {
      String said = problemOf(line);
      if (said == null) {
        LedgerRecord.parse(line).ifPresent(calls::add);
      } else if (problem == null) {
        problem = said;
      }
    }
    return new ToolCalls(calls, problem);
  }

  /** The calls that took effect. */
  public List<LedgerRecord> done() {
    return calls.stream().filter(LedgerRecord::happened).toList();
  }

  /** A line that stands among the records of a ledger and says what is wrong with them. */
  static String problemLine(String what) {
    return JsonMapper.shared().createObjectNode().put(PROBLEM, what).toString();
  }

  private static @Nullable String problemOf(String line) {
    if (!line.startsWith("{\"" + PROBLEM + "\":")) {
      return null;
    }
    var node = LedgerLines.object(line);
    return node == null ? null : node.path(PROBLEM).asString("");
  }
}
