package dev.redoubt.attack.chat.internal;

/** Words about tool ledgers. */
final class Ledgers {
  /** What to add where no ledger is declared. */
  static final String MISSING =
      "tool calls can't be seen: add groundTruth.ledger (file, and format: jsonl, otel or gateway)"
          + " to the endpoint, and let the system write its tool calls there";

  private Ledgers() {}
}
