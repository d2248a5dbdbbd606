package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Component.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("KEY", "k3y\"");

  private static Endpoint read(String keys) {
    return (Endpoint)
        RedoubtYaml.parse(
                RedoubtYamlTest.HEAD + "  - {name: c, type: endpoint, " + keys + "}\n",
                "f",
                ENVIRONMENT)
            .components()
            .getFirst();
  }

  @Test
  void isOpenAiChatIfNothingIsSaid() {
    assertThat(read("url: 'http://h/v1'").access()).isEqualTo(Access.OPENAI_CHAT);
  }

  @Test
  void readsATemplate() {
    Endpoint endpoint =
        read(
            """
            url: 'http://h', protocol: http, http: {path: /ask, headers: {X-Key: '${KEY}'}, \
            body: '{"q": "{{text}}", "k": "${KEY}"}', reply: $.answer, error: $.error, \
            conversation: {from: $.id}, cookies: true, usage: {prompt: $.u.in}}\
            """);
    assertThat(endpoint.access())
        .isEqualTo(
            new Access.Http(
                "POST",
                "/ask",
                Map.of("X-Key", "k3y\""),
                Map.of(),
                Map.of(),
                "{\"q\": \"{{text}}\", \"k\": \"k3y\\\"\"}",
                "$.answer",
                null,
                Access.Stream.NONE,
                null,
                "$.error",
                new Access.ConversationId.Answered("$.id"),
                true,
                "$.u.in",
                null));
    assertThat(endpoint.access().toString()).doesNotContain("k3y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url: 'http://h/v1', protocol: anthropic, model: m, stream: true, sampling: true",
        "url: 'http://h/v1', price: {inputPerMillion: 0.5, outputPerMillion: 1.5, currency: EUR}",
        "url: 'http://h', protocol: http, http: {method: PUT, form: {q: '{{text}}', k: '$${x}'}, headers: {A: '${KEY}'}, toolCalls: $.t, stream: ndjson, done: $.d, conversation: {start: {url: 'http://h/s', body: '{\"a\": 1}', id: $.id}}, usage: {completion: $.c}}",
        "url: 'http://h', protocol: http, http: {query: {q: '{{text}}'}, conversation: {uuid: true}}",
        "url: 'wss://h', protocol: websocket, websocket: {open: '{\"k\": \"${KEY}\"}', greetings: 2, message: '{{text}}', reply: $.r, toolCalls: $.t, done: $.d, error: $.e}",
        "protocol: mcp, mcp: {command: [a, '--b=, c', 1], tool: t, argument: q, arguments: {s: '{{conversation}}'}}",
        "url: 'http://h/mcp', protocol: mcp",
        "protocol: program, program: {command: [python3, 'my target.py']}",
        "protocol: java, java: {class: a.B, classpath: [target/classes, x.jar]}",
        "url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h/l', form: {u: a, p: '${KEY}'}, cookie: sid, use: {X-A: '{{token}}'}}}]",
      })
  void readsBackWhatItWrites(String keys) {
    Endpoint endpoint = read(keys);
    String written =
        RedoubtYaml.format(new AiSystem("a", "", "", null, List.of(endpoint), List.of()));
    Endpoint again =
        (Endpoint) RedoubtYaml.parse(written, "f", ENVIRONMENT).components().getFirst();
    assertThat(again).usingRecursiveComparison().ignoringFields("location").isEqualTo(endpoint);
  }

  @Test
  void hidesWhatMayBeAKey() {
    Endpoint endpoint =
        read(
            """
            url: 'http://h', protocol: http, http: {headers: {A: '${KEY}'}, query: {k: '${KEY}'}, \
            body: '{"q": "{{text}}", "k": "${KEY}"}'}, \
            identities: [{name: a, login: {url: 'http://h', form: {p: '${KEY}'}, cookie: c}}]\
            """);
    var system = new AiSystem("a", "", "", null, List.of(endpoint), List.of());
    assertThat(RedoubtYaml.format(system)).contains("k3y");
    assertThat(RedoubtYaml.format(system.withoutSecrets())).doesNotContain("k3y");
  }

  @Test
  void tellsWhatBelongsElsewhere() {
    assertThatThrownBy(() -> read("url: 'http://h', protocol: mcp, program: {command: [a]}"))
        .hasMessageContaining("is for protocol program; write protocol: program, or remove it");
    assertThatThrownBy(() -> read("protocol: program"))
        .hasMessageContaining("program: {command: [python3, target.py]}")
        .hasMessageNotContaining("url");
    assertThatThrownBy(() -> read("url: 'http://h', protocol: http, http: {body: '{\"q\": 1}'}"))
        .hasMessageContaining("has no {{text}}; put {{text}} where the words go");
  }

  @Test
  void reckonsAPrice() {
    assertThat(new Price(3, 15, "USD").of(1000, 200)).isEqualTo(0.006);
    assertThatThrownBy(() -> new Price(Double.NaN, 1, "EUR"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
