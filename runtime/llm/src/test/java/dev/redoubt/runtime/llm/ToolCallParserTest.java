package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolCallParserTest {
  private static final Set<String> TOOLS = Set.of("refund", "send_email");
  private static final ToolCall REFUND = new ToolCall("id0", "refund", "{\"amount\":20}");

  private static ToolCallParser.Parsed parse(String reply) {
    return ToolCallParser.parse(reply, TOOLS, "id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}",
        "<tool_call>\n{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}\n</tool_call>",
        "```json\n{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}\n```",
        "```\n{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}",
        "{\"name\": \"refund\", \"arguments\": \"{\\\"amount\\\": 20}\"}",
        "{\"name\": \"refund\", \"parameters\": {\"amount\": 20}}",
        "{\"type\":\"function\",\"function\":{\"name\":\"refund\",\"arguments\":{\"amount\":20}}}",
        "[{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}]",
        "<tool_call>\n{\"name\": \"refund\", \"arguments\": {\"amount\": 20}",
        "{\"name\": \"refund\", \"arguments\": {\"amount\": 20}\n</tool_call>",
      })
  void findsOneCallHoweverItIsWrapped(String reply) {
    var parsed = parse(reply);
    assertThat(parsed.calls()).containsExactly(REFUND);
    assertThat(parsed.text()).isNull();
  }

  @Test
  void keepsTheWordsAround() {
    var parsed =
        parse(
            "I'll do that.\n```json\n{\"name\":\"refund\",\"arguments\":{\"amount\":20}}\n```\nDone.");
    assertThat(parsed.calls()).containsExactly(REFUND);
    assertThat(parsed.text()).isEqualTo("I'll do that.\n\nDone.");
  }

  @Test
  void findsSeveralCalls() {
    var parsed =
        parse(
            """
            <tool_call>
            {"name": "refund", "arguments": {"amount": 20}}
            </tool_call>
            <tool_call>
            {"name": "send_email", "arguments": {"to": "a}b{\\"c", "n": {"x": []}}}
            </tool_call>\
            """);
    assertThat(parsed.calls())
        .containsExactly(
            REFUND, new ToolCall("id1", "send_email", "{\"to\":\"a}b{\\\"c\",\"n\":{\"x\":[]}}"));
    assertThat(parsed.text()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "I can refund 20 EUR.",
        "{\"name\": \"delete_all\", \"arguments\": {}}",
        "{\"name\": \"refund\"}",
        "{\"name\": \"refund\", \"arguments\": 20}",
        "{\"name\": \"refund\", \"arguments\": \"twenty\"}",
        "{\"amount\": 20}",
        "{name: refund, arguments: {amount: 20}}",
        "{\"name\": \"refund\", \"arguments\": {\"amount\"",
        "Use {curly} braces {often}.",
      })
  void leavesTextThatIsNoCall(String reply) {
    assertThat(parse(reply).calls()).isEmpty();
    assertThat(parse(reply).text()).isEqualTo(reply);
  }

  @Test
  void findsNothingWhereNoToolIsOffered() {
    var reply = "{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}";
    assertThat(ToolCallParser.parse(reply, Set.of(), "id").text()).isEqualTo(reply);
  }

  @Test
  void isNotHeldUpByManyBraces() {
    assertThat(parse("{".repeat(20_000)).calls()).isEmpty();
    assertThat(parse("{\"a\":".repeat(20_000)).calls()).isEmpty();
  }
}
