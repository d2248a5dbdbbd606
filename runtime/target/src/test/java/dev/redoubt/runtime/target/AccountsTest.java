package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.endpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.runtime.llm.ChatException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private static Accounts accounts(RawServer server, String login) {
    return new Accounts(
        endpoint(
                "url: 'http://h/v1', identities: [{name: ann, headers: {X-T: a}, login: {url: '"
                    + server.url()
                    + "/login', "
                    + login
                    + "}}, {name: bob, headers: {Authorization: b}}]")
            .identities());
  }

  /** A log-in that counts. */
  private static RawServer counting(String head, String body) {
    return new RawServer((request, out) ->
        RawServer.send(
            out,
            RawServer.json(
                body.replace("N", Integer.toString(request.number())),
                head.replace("N", Integer.toString(request.number())))));
  }

  @Test
  void logsInOnceHoweverManyAsk() throws Exception {
    try (var server = counting("", "{\"token\":\"tN\"}");
        var accounts = accounts(server, "body: '{\"u\": 1}', token: token");
        var many = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = many.invokeAll(java.util.Collections.nCopies(50, () -> accounts.headers("ann")));
      for (var headers : asked) {
        assertThat(headers.get()).isEqualTo(Map.of("X-T", "a", "Authorization", "Bearer t0"));
      }
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().getFirst().body()).isEqualTo("{\"u\": 1}");
      assertThat(accounts.headers("bob")).isEqualTo(Map.of("Authorization", "b"));
      assertThat(accounts.headers(null)).isEmpty();
    }
  }

  @Test
  void logsInAgainAfterARefusal() throws Exception {
    try (var server = counting("", "{\"token\":\"tN\"}");
        var accounts = accounts(server, "body: '{}', token: token")) {
      var old = accounts.headers("ann");
      accounts.refused("ann", old);
      var renewed = accounts.headers("ann");
      assertThat(renewed).containsEntry("Authorization", "Bearer t1");
      accounts.refused("ann", old);
      assertThat(accounts.headers("ann")).as("somebody renewed it meanwhile").isEqualTo(renewed);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void takesATokenByItsPathIntoAnyHeader() throws Exception {
    try (var server = counting("", "{\"data\":{\"jwt\":\"tN\"}}");
        var accounts =
            accounts(server, "body: '{}', token: $.data.jwt, use: {X-Session: 'v={{token}}'}")) {
      assertThat(accounts.headers("ann")).isEqualTo(Map.of("X-T", "a", "X-Session", "v=t0"));
    }
  }

  @Test
  void takesACookieOfAFormThatRedirects() throws Exception {
    try (var server =
            RawServer.of(
                "HTTP/1.1 302 Found\r\nLocation: /\r\nSet-Cookie: a=b; Path=/\r\n"
                    + "Set-Cookie: sid=s1; Path=/; HttpOnly; SameSite=Lax\r\n"
                    + "Content-Length: 0\r\n\r\n");
        var accounts = accounts(server, "form: {user: ann, pw: 'a&b'}, cookie: sid")) {
      assertThat(accounts.headers("ann")).isEqualTo(Map.of("X-T", "a", "Cookie", "sid=s1"));
      assertThat(server.requests().getFirst().body()).isEqualTo("user=ann&pw=a%26b");
    }
  }

  @Test
  void knowsWhenALoginIsOver() throws Exception {
    try (var server = counting("", "{}");
        var accounts = accounts(server, "body: '{}', token: token")) {
      assertThat(accounts.expired("ann", answer("HTTP/1.1 401 No", ""))).isTrue();
      assertThat(accounts.expired("ann", answer("HTTP/1.1 302 Go", "/users/sign_in?next=/chat")))
          .isTrue();
      assertThat(accounts.expired("ann", answer("HTTP/1.1 302 Go", "/v2/chat"))).isFalse();
      assertThat(accounts.expired("ann", answer("HTTP/1.1 403 No", ""))).isFalse();
      assertThat(accounts.expired("bob", answer("HTTP/1.1 401 No", ""))).isFalse();
      assertThat(accounts.expired(null, answer("HTTP/1.1 401 No", ""))).isFalse();
    }
  }

  private static ChatException answer(String status, String location) {
    var to = location.isEmpty() ? "" : "\r\nLocation: " + location;
    try (var server = RawServer.of(status + to + "\r\nContent-Length: 0\r\n\r\n");
        var client = Bench.client("url: '" + server.url() + "/v1'")) {
      return Bench.failure(() -> client.begin(List.of()).say(Say.of("a")));
    }
  }

  /** What happens in the middle of a run: the engine forgets the token and says the same again. */
  @Test
  void aConversationGoesOnAfterItsLoginExpiredInTheMiddle() throws Exception {
    try (var logins = counting("", "{\"token\":\"tN\"}");
        var accounts = accounts(logins, "body: '{}', token: token");
        var server =
            new RawServer((request, out) ->
                RawServer.send(
                    out,
                    request.number() > 0 && request.has("Bearer t0")
                        ? "HTTP/1.1 302 Go\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n"
                        : RawServer.json("{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}")));
        var client = Bench.client("url: '" + server.url() + "/v1'");
        var talk = client.begin(List.of())) {
      talk.say(Say.of("one").by("ann", accounts.headers("ann")));
      var headers = accounts.headers("ann");
      var failure = Bench.failure(() -> talk.say(Say.of("two").by("ann", headers)));
      assertThat(accounts.expired("ann", failure)).isTrue();
      accounts.refused("ann", headers);
      assertThat(talk.say(Say.of("two").by("ann", accounts.headers("ann"))).text())
          .isEqualTo("yes");
      assertThat(Json.read(server.requests().getLast().body()).path("messages")).hasSize(3);
    }
  }

  @Test
  void namesWhatIsWrongWithoutWhatWasSent() {
    for (var answer :
        Map.of(
                "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n",
                "HTTP 403",
                RawServer.json("<html>"),
                "the answer is no JSON",
                RawServer.json("{\"other\":1}"),
                "the answer has no field 'token'",
                RawServer.json("{\"token\":\"a\\nb\"}"),
                "control characters",
                RawServer.json("x".repeat(100_000)),
                "can't be read")
            .entrySet()) {
      try (var server = RawServer.of(answer.getKey());
          var accounts = accounts(server, "body: '{\"pw\": \"s3cr3t\"}', token: token")) {
        var failure =
            catchThrowableOfType(Accounts.LoginFailed.class, () -> accounts.headers("ann"));
        assertThat(failure)
            .hasMessageStartingWith("log-in of 'ann' at http://127.0.0.1:")
            .hasMessageContaining(answer.getValue())
            .message()
            .doesNotContain("s3cr3t", "\n");
      }
    }
  }
}
