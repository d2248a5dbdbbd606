package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real model, where it is in the store; five calls, since the model is slow. */
@Timeout(120)
class RealModelTest {
  private static final ToolSpec REFUND =
      new ToolSpec(
          "refund",
          "Pay money back to the customer for an order",
          """
          {"type":"object","properties":{"order":{"type":"string"},"amount_eur":{"type":"number"}},\
          "required":["order","amount_eur"]}\
          """);

  private static LocalModel model;

  @BeforeAll
  static void load() {
    var file = ModelStore.standard().find(ModelSpec.DEFAULT);
    Assumptions.assumeTrue(
        file.isPresent(),
        "NOT RUN: the model's weights are not in the store; fetch them with: redoubt model pull");
    model = LocalModel.load(file.orElseThrow(), LocalModelOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    if (model != null) {
      model.close();
    }
  }

  @Test
  void aSeedRepeatsAReplyExactly() throws Exception {
    var request =
        ChatRequest.of(
                ChatMessage.system("Answer in one short sentence."),
                ChatMessage.user("What is the capital of France?"))
            .withSeed(7)
            .withTemperature(0.7)
            .withMaxTokens(24);
    var first = model.chat(request);
    assertThat(first.text()).contains("Paris");
    assertThat(first.usage().prompt()).isPositive();
    assertThat(model.chat(request)).isEqualTo(first);
  }

  @Test
  void callsATool() throws Exception {
    var request =
        ChatRequest.of(
                ChatMessage.system("You are a help desk. Use a tool when asked for a refund."),
                ChatMessage.user("Please refund 20 EUR for my order AC-123456."))
            .withTools(List.of(REFUND))
            .withTemperature(0)
            .withSeed(1)
            .withMaxTokens(80);
    var reply = model.chat(request);
    assertThat(reply.finishReason()).isEqualTo("tool_calls");
    assertThat(reply.message().toolCalls().getFirst().arguments()).contains("AC-123456", "20");
  }

  @Test
  void servesThroughTheWireAndStopsInTime() throws Exception {
    try (var server = ModelServer.start(model, 0);
        var client = OpenAiClient.builder(server.baseUrl()).build()) {
      var text = new StringBuilder();
      var reply =
          client.stream(
              ChatRequest.of(ChatMessage.user("Count from one to fifty in words."))
                  .withSeed(3)
                  .withMaxTokens(12),
              text::append);
      assertThat(reply.text()).isEqualTo(text.toString()).isNotBlank();
      assertThat(reply.finishReason()).isEqualTo("length");
      assertThat(reply.usage().completion()).isBetween(8, 12);
    }
  }

  @Test
  void refusesMoreThanItsContextTakes() {
    assertThatThrownBy(() -> model.chat(ChatRequest.of(ChatMessage.user("word ".repeat(5000)))))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
        .hasMessageContaining("the model takes 4096");
  }
}
