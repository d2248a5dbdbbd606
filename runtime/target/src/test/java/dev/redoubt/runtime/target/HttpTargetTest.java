package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.TokenUsage;
import dev.redoubt.runtime.llm.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpTargetTest {
  private static TargetClient http(RawServer server, String http) {
    return client("url: '" + server.url() + "', protocol: http, http: {" + http + "}");
  }

  @Test
  void asksByTemplate() throws Exception {
    var answer =
        "{\"data\":{\"answer\":[\"Hi \",\"there\"]},\"tools\":[{\"name\":\"refund\",\"args\":{\"a\":1}},"
            + "\"ping\"],\"usage\":{\"in\":5,\"out\":2}}";
    try (var server = RawServer.of(RawServer.json(answer));
        var client =
            http(
                server,
                """
                path: '/ask/{{identity}}', headers: {X-Seed: '{{seed}}'}, query: {lang: 'd e'}, \
                body: '{"q": "Please: {{text}}", "n": "{{seed}}", "m": "{{maxTokens}}"}', \
                reply: '$.data.answer[*]', toolCalls: $.tools, \
                usage: {prompt: $.usage.in, completion: $.usage.out}\
                """)) {
      var reply =
          client
              .begin(List.of())
              .say(new Say("say \"hi\"\n{{seed}}", Map.of("X-A", "b"), "a/b", 0, 7, null));
      assertThat(reply.text()).isEqualTo("Hi there");
      assertThat(reply.toolCalls())
          .containsExactly(
              new ToolCall("call_0", "refund", "{\"a\":1}"), new ToolCall("call_1", "ping", "{}"));
      assertThat(reply.usage()).isEqualTo(new TokenUsage(5, 2));
      var request = server.requests().getFirst();
      assertThat(request.path()).isEqualTo("/ask/a%2Fb?lang=d%20e");
      assertThat(request.has("X-Seed: 7")).isTrue();
      assertThat(request.has("X-A: b")).isTrue();
      assertThat(Json.read(request.body()).toString())
          .as("what is said is not filled again, and what is not known is left out")
          .isEqualTo("{\"q\":\"Please: say \\\"hi\\\"\\n{{seed}}\",\"n\":7}");
    }
  }

  @Test
  void sendsFormsAndPlainTextAndTakesPlainText() throws Exception {
    try (var server = RawServer.of(RawServer.json("hello"));
        var form = http(server, "form: {q: '{{text}}', l: en}");
        var plain = http(server, "headers: {Content-Type: text/plain}, body: '> {{text}}'");
        var get = http(server, "method: GET, query: {q: '{{text}}'}")) {
      assertThat(form.begin(List.of()).say(Say.of("a&b=ü")).text()).isEqualTo("hello");
      plain.begin(List.of()).say(Say.of("{x}"));
      get.begin(List.of()).say(Say.of("a b?"));
      assertThat(server.requests().get(0).body()).isEqualTo("q=a%26b%3D%C3%BC&l=en");
      assertThat(server.requests().get(0).has("x-www-form-urlencoded")).isTrue();
      assertThat(server.requests().get(1).body()).isEqualTo("> {x}");
      assertThat(server.requests().get(2).path()).isEqualTo("/?q=a%20b%3F");
    }
  }

  @Test
  void tellsAllThatWasSaidWhereTheTemplateAsksForIt() throws Exception {
    try (var server = RawServer.of(RawServer.json("{\"a\":\"yes\"}"));
        var client = http(server, "body: '{\"all\": \"{{messages}}\"}', reply: $.a");
        var talk = client.begin(List.of(Turn.user("x"), Turn.assistant("y")))) {
      assertThat(client.canContinue()).isTrue();
      talk.say(Say.of("one"));
      talk.say(Say.of("two"));
      assertThat(Json.read(server.requests().getLast().body()).path("all"))
          .hasSize(5)
          .last()
          .hasToString("{\"role\":\"user\",\"content\":\"two\"}");
    }
  }

  @Test
  void keepsTheIdOfTheConversation() throws Exception {
    try (var server =
            new RawServer((request, out) ->
                RawServer.send(
                    out,
                    RawServer.json(
                        request.path().equals("/start")
                            ? "{\"id\": 42}"
                            : "{\"a\":\"yes\",\"id\":\"s" + request.number() + "\"}")));
        var from =
            http(
                server,
                "body: '{\"q\": \"{{text}}\", \"s\": \"{{conversation}}\"}', reply: $.a,"
                    + " conversation: {from: $.id}");
        var started =
            http(
                server,
                "path: '/c/{{conversation}}', form: {q: '{{text}}'}, reply: $.a, conversation:"
                    + " {start: {url: '"
                    + server.url()
                    + "/start', body: '{\"x\": 1}', id: $.id}}");
        var uuid =
            http(
                server,
                "form: {s: '{{conversation}}', q: '{{text}}'}, conversation: {uuid: true}")) {
      assertThat(from.canContinue()).isFalse();
      var talk = from.begin(List.of());
      talk.say(Say.of("1"));
      talk.say(Say.of("2"));
      assertThat(server.requests().get(0).body()).isEqualTo("{\"q\":\"1\"}");
      assertThat(server.requests().get(1).body()).isEqualTo("{\"q\":\"2\",\"s\":\"s0\"}");
      talk = started.begin(List.of());
      talk.say(Say.of("3"));
      talk.say(Say.of("4"));
      assertThat(server.requests().subList(2, 5))
          .extracting(RawServer.Request::path)
          .containsExactly("/start", "/c/42", "/c/42");
      talk = uuid.begin(List.of());
      talk.say(Say.of("5"));
      talk.say(Say.of("5"));
      uuid.begin(List.of()).say(Say.of("5"));
      var bodies = server.requests().subList(5, 8).stream().map(RawServer.Request::body).toList();
      assertThat(bodies.get(0)).isEqualTo(bodies.get(1)).isNotEqualTo(bodies.get(2));
      assertThatThrownBy(() -> from.begin(List.of(Turn.user("a"))))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void keepsCookiesOfAConversationToItself() throws Exception {
    try (var server =
            new RawServer((request, out) ->
                RawServer.send(
                    out,
                    RawServer.json(
                        "hi", "Set-Cookie: sid=s" + request.number() + "; HttpOnly\r\n")));
        var client = http(server, "form: {q: '{{text}}'}, cookies: true")) {
      var first = client.begin(List.of());
      var second = client.begin(List.of());
      first.say(Say.of("a").by("me", Map.of("Cookie", "account=7; sid=old")));
      first.say(Say.of("b").by("me", Map.of("Cookie", "account=7; sid=old")));
      second.say(Say.of("c"));
      first.say(Say.of("d").by("me", Map.of("Cookie", "account=8; sid=new")));
      assertThat(server.requests())
          .extracting(request ->
              request
                  .head()
                  .lines()
                  .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("cookie:"))
                  .findFirst()
                  .orElse("none"))
          .containsExactly(
              "Cookie: account=7; sid=old",
              "Cookie: account=7; sid=s0",
              "none",
              "Cookie: account=8; sid=new");
    }
  }

  @Test
  void readsServerSentEvents() throws Exception {
    var events =
        "data: {\"delta\":\"Hi \"}\n\nevent: x\ndata: {\"delta\":\"there\",\"id\":\"s1\"}\n\n"
            + "data: {\"done\":true}\n\n";
    try (var server = RawServer.of(RawServer.head("text/event-stream") + events).closing();
        var client =
            http(server, "form: {q: '{{text}}'}, stream: sse, reply: $.delta, done: $.done")) {
      assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("Hi there");
    }
    try (var server =
            RawServer.of(
                    RawServer.head("text/event-stream") + "data: a\n\ndata: b\n\ndata: [DONE]\n\n")
                .closing();
        var client = http(server, "form: {q: '{{text}}'}, stream: sse")) {
      assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("ab");
    }
  }

  @Test
  void readsJsonLines() throws Exception {
    var lines = "{\"t\":\"Hi \"}\n\n{\"t\":\"there\"}";
    try (var server = RawServer.of(RawServer.head("application/jsonl") + lines).closing();
        var client = http(server, "form: {q: '{{text}}'}, stream: ndjson, reply: $.t")) {
      assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("Hi there");
    }
  }

  @Test
  void takesADeclaredErrorForAFailureWhateverTheStatus() {
    try (var server = RawServer.of(RawServer.json("{\"answer\":\"hm\",\"error\":\"quota\"}"));
        var client = http(server, "form: {q: '{{text}}'}, reply: $.answer, error: $.error")) {
      var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
      assertThat(failure.kind()).isEqualTo(Kind.BAD_REPLY);
      assertThat(failure).hasMessageContaining("the target says: quota");
    }
    try (var server = RawServer.of(RawServer.json("{\"answer\":\"hm\",\"error\":null}"));
        var client = http(server, "form: {q: '{{text}}'}, reply: $.answer, error: $.error")) {
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> client.begin(List.of()).say(Say.of("a"))))
          .isNull();
    }
  }

  @Test
  void namesAPathThatPointsAtNothing() {
    try (var server = RawServer.of(RawServer.json("{\"answer\":\"hm\"}"));
        var client = http(server, "form: {q: '{{text}}'}, reply: $.text")) {
      assertThat(failure(() -> client.begin(List.of()).say(Say.of("a"))))
          .hasMessageContaining("the reply has nothing at $.text");
    }
  }

  @Test
  void refusesAWrongPathBeforeTheRun() {
    try (var server = RawServer.of("")) {
      assertThatThrownBy(() -> http(server, "form: {q: '{{text}}'}, reply: '$.a[?(@.b'"))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith(
              "redoubt.yaml:4: target: http.reply: '$.a[?(@.b' is no JSONPath (")
          .message()
          .doesNotContain("\n");
    }
  }

  @Test
  void boundsWhatAPathFinds() throws Exception {
    var many = "{\"a\":[" + "\"x\",".repeat(5000) + "\"x\"]}";
    try (var server = RawServer.of(RawServer.json(many));
        var client = http(server, "form: {q: '{{text}}'}, reply: '$.a[*]'")) {
      assertThat(client.begin(List.of()).say(Say.of("a")).text()).hasSizeBetween(999, 1000);
    }
  }
}
