package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.HASTY;
import static dev.redoubt.runtime.target.Bench.PATIENT;
import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WebSocketTargetTest {
  private static final String PLAIN = "message: '{{text}}'";
  private static final String STREAMED =
      "message: '{\"say\": \"{{text}}\", \"c\": \"{{conversation}}\"}', reply: $.delta, done:"
          + " $.done, error: $.error";

  private static TargetClient open(RawSockets server, String keys, TargetSettings settings) {
    return client(
        "url: '"
            + server.url()
            + "', headers: {X-E: e}, protocol: websocket, websocket: {"
            + keys
            + "}",
        settings);
  }

  @Test
  void keepsASocketForEachConversation() throws Exception {
    try (var server =
            new RawSockets(peer -> {
              peer.say("welcome");
              for (int i = 1; ; i++) {
                peer.say(peer.hear() + i);
              }
            });
        var client = open(server, PLAIN + ", greetings: 1", PATIENT);
        var first = client.begin(List.of());
        var second = client.begin(List.of())) {
      assertThat(first.say(Say.of("a").by("me", Map.of("X-A", "b"))).text()).isEqualTo("a1");
      assertThat(first.say(Say.of("ü")).text()).isEqualTo("ü2");
      assertThat(second.say(Say.of("c")).text()).isEqualTo("c1");
      assertThat(server.peers()).hasSize(2);
      assertThat(server.peers().getFirst().head).contains("X-A: b").contains("X-E: e");
      assertThat(client.canContinue()).isFalse();
    }
  }

  @Test
  void putsTheMessagesOfATurnTogether() throws Exception {
    try (var server =
            new RawSockets(peer -> {
              assertThat(peer.hear()).isEqualTo("{\"hello\":1}");
              for (String said = peer.hear(); said != null; said = peer.hear()) {
                peer.say("{\"typing\":true}");
                peer.say("{\"delta\":\"you said \"}");
                peer.say("{\"delta\":" + Json.read(said).path("say") + "}");
                peer.say("{\"done\":true}");
              }
            });
        var client = open(server, STREAMED + ", open: '{\"hello\": 1}'", PATIENT);
        var talk = client.begin(List.of())) {
      assertThat(talk.say(Say.of("\"a\"")).text()).isEqualTo("you said \"a\"");
      assertThat(talk.say(Say.of("b")).text()).isEqualTo("you said b");
    }
  }

  @Test
  void aLateAnswerNeverMeetsTheNextWords() throws Exception {
    var late = new CountDownLatch(1);
    try (var server =
            new RawSockets(peer -> {
              for (String said = peer.hear(); said != null; said = peer.hear()) {
                if (said.equals("slow")) {
                  late.await();
                  peer.say("late");
                } else {
                  peer.say("on time " + peer.number);
                }
              }
            });
        var client = open(server, PLAIN, HASTY)) {
      var fresh = client.begin(List.of());
      assertThat(failure(() -> fresh.say(Say.of("slow"))).kind()).isEqualTo(Kind.TIMEOUT);
      late.countDown();
      assertThat(fresh.say(Say.of("again")).text())
          .as("a socket of its own")
          .isEqualTo("on time 1");
      fresh.close();
    }
  }

  @Test
  void doesNotGoOnWhereTheTargetForgot() throws Exception {
    var over = new CountDownLatch(1);
    try (var server =
            new RawSockets(peer -> {
              peer.say("to " + peer.hear());
              peer.hear();
              over.await();
            });
        var client = open(server, PLAIN, HASTY);
        var talk = client.begin(List.of())) {
      assertThat(talk.say(Say.of("a")).text()).isEqualTo("to a");
      assertThat(failure(() -> talk.say(Say.of("b"))).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(failure(() -> talk.say(Say.of("b"))).kind()).isEqualTo(Kind.CLOSED);
      assertThat(server.peers()).hasSize(1);
    } finally {
      over.countDown();
    }
  }

  @Test
  void namesEachLie() {
    lie(peer -> peer.say("{\"error\":\"quota\"}"), Kind.BAD_REPLY, "the target says: quota");
    lie(peer -> peer.say("<html>"), Kind.NOT_JSON, "a web page");
    lie(peer -> peer.frame(0x82, new byte[] {1}), Kind.BAD_REPLY, "a binary message");
    lie(peer -> peer.frame(0x81, new byte[] {(byte) 0xff}), Kind.BAD_REPLY, "no UTF-8");
    lie(peer -> peer.frame(0x88, new byte[] {3, (byte) 0xe8}), Kind.RESET, "closed the socket");
    lie(peer -> {}, Kind.RESET, "the socket");
    lie(peer -> peer.frame(0xf1, new byte[] {65}), Kind.BAD_REPLY, "WebSocket protocol");
    lie(
        peer -> {
          while (true) {
            peer.frame(0x01, "x".repeat(70_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            peer.frame(0x80, new byte[0]);
          }
        },
        Kind.TOO_LARGE,
        "more than");
    lie(
        peer -> {
          while (true) {
            peer.say("{}");
          }
        },
        Kind.TOO_LARGE,
        "more than");
  }

  private static void lie(RawSockets.Talker lie, Kind kind, String words) {
    try (var server =
            new RawSockets(peer -> {
              peer.hear();
              lie.talk(peer);
            });
        var client = open(server, STREAMED, PATIENT.withMaxReplyBytes(64 * 1024));
        var talk = client.begin(List.of())) {
      var failure = failure(() -> talk.say(Say.of("a")));
      assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
      assertThat(failure).hasMessageStartingWith("ws://127.0.0.1:").hasMessageContaining(words);
    }
  }

  @Test
  void namesARefusedHandshake() {
    try (var server = new RawSockets(401, peer -> {});
        var client = open(server, PLAIN, PATIENT)) {
      var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
      assertThat(failure.status()).isEqualTo(401);
      assertThat(failure.kind()).isEqualTo(Kind.STATUS);
    }
  }
}
