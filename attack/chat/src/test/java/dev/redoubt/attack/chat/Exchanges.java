package dev.redoubt.attack.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exchanges for tests of judges. */
final class Exchanges {
  private Exchanges() {}

  static Exchange answered(String question, String answer, @Nullable List<String> ledger) {
    return answered(question, answer, null, "attacker", ledger);
  }

  static Exchange answered(
      String question,
      String answer,
      @Nullable String marker,
      @Nullable String identity,
      @Nullable List<String> ledger) {
    return new Exchange(
        "run/o/t/0",
        "o",
        "t",
        0,
        0,
        0,
        0,
        false,
        1,
        identity,
        question,
        null,
        marker,
        false,
        1,
        Instant.EPOCH,
        10,
        new Exchange.Reply(answer, List.of(), "stop", "m", 1, answer.split("\\s+").length, null),
        null,
        ledger,
        List.of(),
        List.of());
  }
}
