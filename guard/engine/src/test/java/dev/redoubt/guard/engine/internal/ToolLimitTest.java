package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolLimitTest extends ScannerContract {
  @Override
  protected String scanner() {
    return "tool-limit";
  }

  @Override
  protected String options() {
    return "{tool: refund, argument: amount, max: 50}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkToolCall(Exchange.of(Caller.ANONYMOUS), new ToolCallView("refund", sample));
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "{\"amount\": 50.01}",
        "{\"amount\": \"900\"}",
        "{\"amount\": \"900 EUR\"}",
        "{\"amount\": \"€900\"}",
        "{\"amount\": \"EUR 900,00\"}",
        "{\"amount\": \"1e3\"}",
        "{\"amount\": 1e3}",
        "{\"amount\": \"1.234,50\"}",
        "{\"amount\": \"1,234.50\"}",
        "{\"amount\": \"1 234\"}",
        "{\"amount\": \"1'234.50\"}",
        "{\"amount\": \"1.000\"}",
        "{\"amount\": \"९००\"}",
        "{\"amount\": \"９００\"}",
        "{\"amount\": \"nine hundred\"}",
        "{\"amount\": \"50k\"}",
        "{\"amount\": \"10 and 900\"}",
        "{\"amount\": -900}",
        "{\"amount\": null}",
        "{\"amount\": [10]}",
        "{\"amount\": \"Infinity\"}",
        "{\"amount\": \"1e999999999\"}",
        "{\"amount\": 1e999999999}",
        "{\"amount\": 1e-999999999}",
        "{\"amount\": 10, \"amount\": 900}",
        "{\"amount\": 10, \"Amount\": 900}",
        "{\"order\": \"A-1\"}",
        "{\"amount\": 10} {\"amount\": 900}",
        "[10]",
        "not json",
        "");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "{\"amount\": 50}",
        "{\"amount\": 0}",
        "{\"amount\": \"49.99 EUR\"}",
        "{\"amount\": \"12,50 €\"}",
        "{\"amount\": \"5e1\"}");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "{\"amount\": 50.00, \"order_id\": 900}",
        "{\"amount\": 1.000}",
        "{\"amount\": \"50.00\"}",
        "{\"AMOUNT\": \"$ 7\"}");
  }

  @Test
  void knowsTheToolUnderANameSpaceAndInOtherLetters() {
    for (String name : List.of("functions.Refund", " refund()", "re\u200Bfund", "\uFF52efund")) {
      Verdict verdict =
          guard("block")
              .checkToolCall(
                  Exchange.of(Caller.ANONYMOUS), new ToolCallView(name, "{\"amount\": 900}"));
      assertThat(verdict).as(name).isInstanceOf(Verdict.Block.class);
    }
  }

  @Test
  void leavesOtherToolsAlone() {
    Verdict verdict =
        guard("block")
            .checkToolCall(
                Exchange.of(Caller.ANONYMOUS),
                new ToolCallView("order_status", "{\"amount\": 900}"));
    assertThat(verdict).isInstanceOf(Verdict.Allow.class);
  }

  @Test
  void countsCallsOfTheConversation() {
    Guard guard = Guard.of(policy("block", "{tool: refund, maxCalls: 2}"));
    var call = new ToolCallView("refund", "{\"amount\": 1}");
    Exchange exchange = Exchange.of(Caller.ANONYMOUS).withCall(call);
    assertThat(guard.checkToolCall(exchange, call).passes()).isTrue();
    assertThat(guard.checkToolCall(exchange.withCall(call), call).passes()).isFalse();
  }

  @Test
  void sumsUpTheConversation() {
    Guard guard =
        Guard.of(policy("block", "{tool: refund, argument: amount, max: 50, maxTotal: 80}"));
    var call = new ToolCallView("refund", "{\"amount\": \"40 EUR\"}");
    Exchange exchange = Exchange.of(Caller.ANONYMOUS).withCall(call);
    assertThat(guard.checkToolCall(exchange, call).passes()).isTrue();
    assertThat(guard.checkToolCall(exchange.withCall(call), call).passes()).isFalse();
  }

  @Test
  void letsOnlyListedToolsThrough() {
    Guard guard = Guard.of(policy("block", "{allow: [order_status]}"));
    Exchange exchange = Exchange.of(Caller.ANONYMOUS);
    assertThat(guard.checkToolCall(exchange, new ToolCallView("order_status", "{}")).passes())
        .isTrue();
    assertThat(guard.checkToolCall(exchange, new ToolCallView("x.order_status", "{}")).passes())
        .isFalse();
    assertThat(guard.checkToolCall(exchange, new ToolCallView("refund", "{}")).passes()).isFalse();
  }

  @Test
  void refusesOptionsThatLimitNothing() {
    assertThatThrownBy(() -> policy("block", "{tool: refund}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("give a limit");
    assertThatThrownBy(() -> policy("block", "{tool: refund, argument: amount, min: 9, max: 5}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("min is above max");
    assertThatThrownBy(() -> policy("rewrite", "{tool: refund, maxCalls: 1}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can't rewrite");
  }
}
