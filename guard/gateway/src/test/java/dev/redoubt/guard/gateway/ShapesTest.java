package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that requests and replies take, and what could hide in them. */
class ShapesTest {
  private static Rig rig(Action action, StubEndpoint.Builder stub) {
    return new Rig(WordCheck.policy(action), Place.BACK, stub);
  }

  private static StubEndpoint.Builder stub() {
    return StubEndpoint.builder();
  }

  private static StubReply json(String body) {
    return new StubReply.Raw(200, "application/json", body);
  }

  private static StubReply events(String... data) {
    var text = new StringBuilder(": hello\r\n\r\nevent: x\n");
    for (var event : data) {
      text.append("data: ").append(event).append("\n\n");
    }
    return new StubReply.Raw(200, "text/event-stream; charset=utf-8", text.toString());
  }

  private static String choice(String delta, String rest) {
    return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":" + delta + rest + "}]}";
  }

  @Nested
  class AScannerThatCannotRun {
    @ParameterizedTest
    @EnumSource(Place.class)
    void blocksARequest(Place place) throws Exception {
      for (var stream : List.of(false, true)) {
        try (var rig = new Rig(WordCheck.failing(true), place, stub())) {
          var answer = rig.ask(stream, "Hi");
          assertThat(answer.finish()).isEqualTo("content_filter");
          assertThat(answer.guardHeader()).isEqualTo("blocked; rule=word");
          assertThat(rig.stub.calls()).isZero();
          assertThat(rig.lastEvent().action()).isEqualTo("block");
          assertThat(rig.lastEvent().scannersRun()).isEmpty();
          assertThat(rig.lastEvent().scannersNotRun().getFirst()).startsWith("word: ");
        }
      }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void letsPassWhereThePolicySaysSo(boolean stream) throws Exception {
      try (var rig = new Rig(WordCheck.failing(false), Place.BACK, stub())) {
        assertThat(rig.ask(stream, "Hi").content()).isEqualTo("Hello.");
        assertThat(rig.lastEvent().scannersNotRun()).isNotEmpty();
      }
    }
  }

  @Nested
  class Requests {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a XYZZY b\"}]}",
          "{\"role\":\"user\",\"content\":[\"a XYZZY b\"]}",
          "{\"role\":\"system\",\"content\":\"XYZZY\"}",
          "{\"role\":\"developer\",\"content\":\"XYZZY\"}",
          "{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"XYZZY\"}",
          "{\"role\":\"user\",\"content\":\"a\",\"name\":\"XYZZY\"}",
          "{\"role\":\"assistant\",\"content\":\"a\",\"reasoning\":{\"x\":[\"XYZZY\"]}}"
        })
    void areCheckedWhereverTextStands(String message) throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        assertThat(rig.send(Rig.body(false, message)).finish()).isEqualTo("content_filter");
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @Test
    void areCheckedOutsideOfTheMessages() throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var body =
            "{\"messages\":[],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\","
                + "\"description\":\"XYZZY\"}}]}";
        assertThat(rig.send(body).finish()).isEqualTo("content_filter");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "129", "1e9", "\"2\"", "1.5", "[]"})
    void askForAHandfulOfChoicesAtMost(String n) throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var answer = rig.send("{\"n\":" + n + ",\"messages\":[]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.http().body()).contains("n is no number from 1 to 128");
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @Test
    void ofCountlessSmallPartsAreRefused() throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var parts = "{},".repeat(300_000) + "{}";
        var answer = rig.send("{\"messages\":[],\"x\":[" + parts + "]}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @Test
    void thatAreCompressedAreRefusedWithTheReason() throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var answer = rig.ask(false, "Hi", "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.http().body()).contains("a compressed request can't be checked");
        assertThat(rig.stub.calls()).isZero();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/completions", "/v1/responses", "/v1/anything", "/api/generate"})
    void byOtherWaysToTheModelAreRefused(String path) throws Exception {
      try (var rig = new Rig(WordCheck.policy(Action.BLOCK), Place.FRONT, stub())) {
        var answer = rig.call("POST", path, "{\"prompt\":\"Hi\"}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.http().body()).contains("this guard can't check POST " + path);
        assertThat(rig.stub.calls()).isZero();
        assertThat(rig.lastEvent().action()).isEqualTo("block");
      }
    }

    @Test
    void areRewrittenInParts() throws Exception {
      try (var rig = rig(Action.REWRITE, stub())) {
        rig.send(
            Rig.body(
                false,
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a XYZZY\"},"
                    + "{\"type\":\"text\",\"text\":\"b\"}]}"));
        assertThat(rig.stub.requests().getFirst().lastUserText()).isEqualTo("a [gone]\nb");
      }
    }

    @Test
    void withAnImageAreBlockedSinceNothingLooksAtIt() throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var answer =
            rig.send(
                Rig.body(
                    false,
                    "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is it?\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AA\"}}]}"));
        assertThat(answer.guardHeader()).isEqualTo("blocked; rule=unscanned-content");
        assertThat(rig.stub.calls()).isZero();
        assertThat(rig.lastEvent().scannersNotRun())
            .containsExactly("unscanned-content: content of type image_url");
      }
    }
  }

  @Nested
  class Replies {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withSeveralChoicesAreCheckedOneByOne(boolean stream) throws Exception {
      var three = new StubReply.Choices(List.of("fine", "a XYZZY b", "good"));
      try (var rig = rig(Action.BLOCK, stub().always(three))) {
        var answer = rig.send("{\"messages\":[],\"n\":3,\"stream\":" + stream + "}");
        assertThat(answer.content(0)).isEqualTo("fine");
        assertThat(answer.content(1)).doesNotContain("XYZZY").isNotEmpty();
        assertThat(answer.content(2)).isEqualTo("good");
        assertThat(answer.http().body()).contains("content_filter").doesNotContain("XYZZY");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"content\":[{\"type\":\"text\",\"text\":\"XYZZY\"}]}",
          "{\"content\":null,\"refusal\":\"XYZZY\"}",
          "{\"content\":\"a\",\"reasoning_content\":\"XYZZY\"}",
          "{\"content\":\"a\",\"annotations\":[{\"url_citation\":{\"title\":\"XYZZY\"}}]}",
          "{\"content\":\"a\",\"function_call\":{\"name\":\"f\",\"arguments\":\"XYZZY\"}}",
          "{\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"a\":\"XYZZY\"}}}]}",
          "{\"tool_calls\":[{\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"input\":\"XYZZY\"}}]}",
          "{\"content\":[{\"type\":\"output_audio\",\"data\":\"XYZZY\"}]}"
        })
    void areCheckedWhereverTextStands(String message) throws Exception {
      var body = "{\"choices\":[{\"index\":0,\"message\":" + message + "}]}";
      try (var rig = rig(Action.BLOCK, stub().always(json(body)))) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.finish()).isEqualTo("content_filter");
        assertThat(answer.http().body()).doesNotContain("XYZZY");
      }
    }

    @Test
    void loseTheTokensOfWhatWasTakenAway() throws Exception {
      var body =
          "{\"choices\":[{\"message\":{\"content\":\"a XYZZY\"},\"logprobs\":{\"content\":["
              + "{\"token\":\"XYZ\"},{\"token\":\"ZY\"}]}}]}";
      try (var rig = rig(Action.REWRITE, stub().always(json(body)))) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.content()).isEqualTo("a [gone]");
        assertThat(answer.http().body()).doesNotContain("XYZ");
      }
    }

    @Test
    void loseSourcesThatMustNotPass() throws Exception {
      var body =
          "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"sources\":[{\"text\":\"XYZZY\"}],"
              + "\"notes\":[\"fine\"]}";
      try (var rig = rig(Action.BLOCK, stub().always(json(body)))) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.content()).isEqualTo("a");
        assertThat(answer.http().body()).doesNotContain("XYZZY").contains("fine");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<html>XYZZY</html>",
          "{\"answer\":\"XYZZY\"}",
          "{\"choices\":[\"XYZZY\"]}",
          "{\"choices\":[{\"text\":\"XYZZY\"}]}",
          "{\"choices\":[{\"message\":{\"content\":7}}],\"choices\":\"XYZZY\"}",
          "{\"choices\":[{\"message\":{\"content\":{\"x\":\"XYZZY\"}}}]}",
          "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":\"XYZZY\"}]}}]}"
        })
    void thatCannotBeReadAreNotPassedOn(String body) throws Exception {
      try (var rig = rig(Action.BLOCK, stub().always(json(body)))) {
        var answer = rig.ask(false, "Hi");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.guardHeader()).isEqualTo("blocked; rule=unscanned-content");
        assertThat(answer.http().body()).doesNotContain("XYZZY");
      }
    }

    @Test
    void thatAreErrorsAreCheckedToo() throws Exception {
      var leaky = new StubReply.Raw(400, "application/json", "{\"error\":\"bad prompt: XYZZY\"}");
      var harmless = new StubReply.Raw(400, "application/json", "{\"error\":\"bad prompt\"}");
      try (var rig = rig(Action.BLOCK, stub().sequence(leaky, harmless))) {
        var held = rig.ask(false, "Hi");
        assertThat(held.status()).isEqualTo(400);
        assertThat(held.http().body()).doesNotContain("XYZZY");
        assertThat(rig.ask(false, "Hi").http().body()).contains("bad prompt");
      }
    }
  }

  @Nested
  class Streams {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 1000})
    void areCheckedHoweverTheyAreCut(int pieceLength) throws Exception {
      var text = "All is well. ".repeat(60) + "XYZZY" + " And so on.".repeat(60);
      try (var rig = rig(Action.BLOCK, stub().reply(text).pieceLength(pieceLength))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.content()).startsWith("All is well. ").doesNotContain("XYZ");
        assertThat(answer.finish()).isEqualTo("content_filter");
        assertThat(answer.http().body()).contains(": x-redoubt-guard: blocked; rule=word");
        assertThat(answer.http().body()).endsWith("data: [DONE]\n\n");
      }
      try (var rig = rig(Action.REWRITE, stub().reply(text).pieceLength(pieceLength))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.content()).isEqualTo(text.replace("XYZZY", "[gone]"));
        assertThat(answer.finish()).isEqualTo("stop");
      }
    }

    @Test
    void keepUsage() throws Exception {
      try (var rig = rig(Action.BLOCK, stub())) {
        var answer =
            rig.send(
                "{\"messages\":[],\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(answer.chunks().getLast().path("usage").path("total_tokens").asInt())
            .isPositive();
      }
    }

    @Test
    void withoutAnEndLoseWhatWasHeldBack() throws Exception {
      var text = "All is well. ".repeat(60) + "XYZZY";
      try (var rig = rig(Action.BLOCK, stub().always(StubReply.resetAfter(text)))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.http().body()).contains("\"error\"").doesNotContain("XYZ", "[DONE]");
      } catch (IOException cutOff) {
        // A reset may overtake the error event; then the reply itself is cut off, which no client
        // takes for whole.
        assertThat(cutOff).hasMessageContaining("chunked");
      }
      try (var rig = rig(Action.BLOCK, stub().always(StubReply.resetAfter("short")))) {
        assertThat(rig.ask(true, "Hi").status()).isEqualTo(502);
      }
    }

    @Test
    void withoutAnEndAreStopped() throws Exception {
      try (var rig = rig(Action.BLOCK, stub().endlessStream())) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.finish()).isEqualTo("content_filter");
        assertThat(rig.stub.awaitDisconnects(1, java.time.Duration.ofSeconds(10))).isTrue();
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"content\":\"XYZZY\"}",
          "{\"refusal\":\"XYZZY\"}",
          "{\"reasoning_content\":\"XYZZY\"}",
          "{\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"XYZZY\"}}]}",
          "{\"function_call\":{\"name\":\"f\",\"arguments\":\"XYZZY\"}}"
        })
    void areCheckedWhereverTextStands(String delta) throws Exception {
      var reply = events(choice(delta, ""), choice("{}", ",\"finish_reason\":\"stop\""), "[DONE]");
      try (var rig = rig(Action.BLOCK, stub().always(reply))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.finish()).isEqualTo("content_filter");
        assertThat(answer.http().body()).doesNotContain("XYZZY");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"audio\":{\"transcript\":\"XYZZY\"}}",
          "{\"content\":[{\"text\":\"XYZZY\"}]}",
          "{\"annotations\":[\"XYZZY\"]}"
        })
    void leaveOutWhatCannotBeChecked(String delta) throws Exception {
      var reply =
          events(choice(delta, ",\"logprobs\":[\"XYZZY\"],\"finish_reason\":\"stop\""), "[DONE]");
      try (var rig = rig(Action.BLOCK, stub().always(reply))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.finish()).isEqualTo("stop");
        assertThat(answer.http().body()).doesNotContain("XYZZY");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "no json XYZZY",
          "{\"choices\":\"XYZZY\"}",
          "{\"choices\":[{\"index\":5,\"delta\":{\"content\":\"XYZZY\"}}]}",
          "{\"choices\":[{\"delta\":{\"tool_calls\":\"XYZZY\"}}]}"
        })
    void thatCannotBeReadAreNotPassedOn(String event) throws Exception {
      try (var rig = rig(Action.BLOCK, stub().always(events(event, "[DONE]")))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.http().body()).doesNotContain("XYZZY");
        assertThat(rig.lastEvent().action()).isEqualTo("block");
      }
    }

    @Test
    void collectACallBeforeItIsReleased() throws Exception {
      var calls =
          new StubReply.ToolCalls(
              "Let me see. ",
              List.of(
                  new StubReply.Call("a", "status", "{\"order\":4711}"),
                  new StubReply.Call("b", "mail", "{\"to\":\"XYZZY\"}")));
      try (var rig = rig(Action.BLOCK, stub().always(calls))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.calls()).isEmpty();
        assertThat(answer.http().body()).doesNotContain("4711", "XYZZY");
      }
    }
  }

  @Nested
  class StreamsWithoutMeasure {
    private static String refusal(String... deltas) throws Exception {
      var data = java.util.Arrays.stream(deltas).map(d -> choice(d, "")).toArray(String[]::new);
      try (var rig = rig(Action.BLOCK, stub().always(events(data)))) {
        var answer = rig.ask(true, "Hi");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(rig.lastEvent().action()).isEqualTo("block");
        assertThat(rig.lastEvent().scannersNotRun().getFirst()).startsWith("unscanned-content: ");
        return answer.http().body();
      }
    }

    @Test
    void ofCallsAreCutOff() throws Exception {
      var calls = new String[129];
      for (int i = 0; i < calls.length; i++) {
        calls[i] = "{\"tool_calls\":[{\"index\":" + i + ",\"function\":{\"name\":\"f\"}}]}";
      }
      assertThat(refusal(calls)).contains("more than 128 calls");
    }

    @Test
    void ofFieldsAreCutOff() throws Exception {
      var fields = new String[17];
      for (int i = 0; i < fields.length; i++) {
        fields[i] = "{\"f" + i + "\":\"x\"}";
      }
      assertThat(refusal(fields)).contains("more than 16 fields");
    }
  }
}
