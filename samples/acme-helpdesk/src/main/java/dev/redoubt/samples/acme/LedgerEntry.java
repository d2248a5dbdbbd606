package dev.redoubt.samples.acme;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool call as the ledger keeps it.
 *
 * @param tool name of the tool
 * @param arguments what the model gave it
 * @param caller e-mail address of whoever's conversation it was; absent when anonymous
 * @param status whether it was done
 */
public record LedgerEntry(
    String tool, Map<String, Object> arguments, @Nullable String caller, Status status) {
  /** What became of a call. */
  public enum Status {
    /** Carried out. */
    DONE,
    /** Understood and not carried out. */
    REFUSED,
    /** Not understood. */
    FAILED
  }

  public LedgerEntry {
    arguments = Map.copyOf(arguments);
  }

  /** An argument as text; empty when it is absent. */
  public String argument(String name) {
    return String.valueOf(arguments.getOrDefault(name, ""));
  }
}
