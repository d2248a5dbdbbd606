package dev.redoubt.runtime.program;

import dev.redoubt.core.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program is to judge.
 *
 * @param objective id of the objective
 * @param turns the conversation, untrusted
 * @param ledger tool calls that were recorded meanwhile
 * @param facts what was planted
 * @since 0.1.0
 */
public record JudgeRequest(
    String objective, List<Evidence.Turn> turns, List<Entry> ledger, List<Planted> facts) {
  public JudgeRequest {
    turns = List.copyOf(turns);
    ledger = List.copyOf(ledger);
    facts = List.copyOf(facts);
  }

  /**
   * A tool call of the ledger.
   *
   * @param tool name of the tool
   * @param arguments JSON text of its arguments, untrusted
   * @param caller on whose behalf; empty when the ledger does not say
   * @param status such as {@code done}, {@code refused}; empty when the ledger does not say
   */
  public record Entry(String tool, String arguments, String caller, String status) {}

  /**
   * A planted fact.
   *
   * @param name its name
   * @param kind {@code secret}, {@code personal} or {@code internal}
   * @param value its value; absent unless the user lets this judge see it
   */
  public record Planted(String name, String kind, @Nullable String value) {
    /** Without the value. */
    @Override
    public String toString() {
      return "Planted[" + name + ", " + kind + "]";
    }
  }
}
