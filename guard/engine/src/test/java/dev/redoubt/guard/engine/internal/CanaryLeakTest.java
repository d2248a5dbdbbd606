package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryLeakTest extends ScannerContract {
  private static final String CANARY = "kx8291mfq7720";
  private static final Exchange EXCHANGE = Exchange.of(Caller.ANONYMOUS, Text.user("Hello"));

  @Override
  protected String scanner() {
    return "canary";
  }

  @Override
  protected String options() {
    return "{values: [" + CANARY + "]}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(EXCHANGE, sample);
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "It is " + CANARY,
        "It is KX8291MFQ7720.",
        "k x 8 2 9 1 m f q 7 7 2 0",
        "In base64: " + Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8)),
        "Backwards 0277qfm1928xk");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of("It is not here.", "Order 82917720 is on its way.");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of("kx8291", "kx8291mfq7721", "mfq7720 is the end");
  }

  @Test
  void partsOverSeveralAnswersAreSeen() {
    Exchange later = EXCHANGE.with(Text.answer("The first half is kx8291m"));
    assertThat(guard("block").checkAnswer(later, "and the second is fq7720").passes()).isFalse();
    assertThat(guard("block").checkAnswer(later, "and that is all").passes()).isTrue();
  }

  @Test
  void argumentsOfToolsCountToo() {
    ToolCallView call = new ToolCallView("send", "{\"body\": \"" + CANARY + "\"}");
    assertThat(guard("block").checkToolCall(EXCHANGE, call).passes()).isFalse();
  }

  @Test
  void refusesWhatChanceWouldHit() {
    assertThatThrownBy(() -> policy("block", "{values: [ab]}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("with.values[0]");
  }
}
