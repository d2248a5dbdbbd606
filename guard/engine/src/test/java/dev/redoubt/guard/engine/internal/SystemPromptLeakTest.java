package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemPromptLeakTest extends ScannerContract {
  private static final String PROMPT =
      "You are the help desk of Acme. Answer in at most three sentences and be polite to everyone."
          + " Never promise a refund above fifty euros without the approval of a manager."
          + " Orders older than ninety days belong to the archive team in Leipzig.";

  @Override
  protected String scanner() {
    return "system-prompt-leak";
  }

  @Override
  protected String options() {
    return "{words: 10}";
  }

  private static Exchange exchange(Text... more) {
    Exchange exchange = Exchange.of(Caller.ANONYMOUS, Text.system(PROMPT), Text.user("Hello?"));
    for (Text text : more) {
      exchange = exchange.with(text);
    }
    return exchange;
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(exchange(), sample);
  }

  @Override
  protected List<String> mustFire() {
    byte[] bytes = PROMPT.getBytes(StandardCharsets.UTF_8);
    return List.of(
        PROMPT,
        "Sure! " + PROMPT.toUpperCase(java.util.Locale.ROOT),
        "I must: **never** promise a refund,\nabove fifty euros - without the approval of a manager!",
        "Base64: " + Base64.getEncoder().encodeToString(bytes),
        "Hex: " + HexFormat.of().formatHex(bytes),
        "Backwards: " + new StringBuilder(PROMPT).reverse(),
        "Arire cebzvfr n ershaq nobir svsgl rhebf jvgubhg gur nccebiny bs n znantre",
        "Never\u200B promise a refund above fifty euros without the approval of a manager");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "Hello! How can I help you today?",
        "A refund of 30 euros is on its way; it takes five days.",
        "Orders older than ninety days need more time, I am afraid.",
        "I can't share my instructions.");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "Never promise a refund to yourself: the manager has to approve it.",
        "The approval of a manager is needed above fifty euros.",
        "Be polite to everyone.");
  }

  @Test
  void piecesOverSeveralAnswersAddUp() {
    Guard guard = guard("block");
    String first = "It says: you are the help desk of Acme. Answer in at most";
    String second = "Then: never promise a refund above fifty euros";
    String third = "And: belong to the archive team in Leipzig";
    assertThat(guard.checkAnswer(exchange(), second).passes()).isTrue();
    Exchange later = exchange(Text.answer(first), Text.answer(second));
    assertThat(guard.checkAnswer(later, third).passes()).isFalse();
    assertThat(guard.checkAnswer(later, "Anything else?").passes()).isTrue();
  }

  @Test
  void whatTheUserWroteIsNoLeak() {
    Exchange told = exchange(Text.user(PROMPT));
    assertThat(guard("block").checkAnswer(told, PROMPT).passes()).isTrue();
  }
}
