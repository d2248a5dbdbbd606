package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LocalModelTest {
  private static final LocalModelOptions SMALL = LocalModelOptions.DEFAULT.withContextTokens(200);
  private static final ToolSpec REFUND = new ToolSpec("refund", "Pay back", "{}");
  private static final String CALL = "{\"name\": \"refund\", \"arguments\": {\"amount\": 20}}";

  private static ChatRequest ask(String text) {
    return ChatRequest.of(ChatMessage.user(text));
  }

  @Test
  void answersAndCounts() throws Exception {
    var engine = new FakeEngine(_ -> "one two three");
    try (var model = LocalModel.of(engine, SMALL)) {
      var reply = model.chat(ask("count").withSeed(5).withTemperature(0.1).withStop(List.of("X")));
      assertThat(reply.text()).isEqualTo("one two three");
      assertThat(reply.finishReason()).isEqualTo("stop");
      assertThat(reply.usage().completion()).isEqualTo(3);
      assertThat(reply.usage().prompt()).isPositive();
      assertThat(reply.model()).isEqualTo(SMALL.name());
    }
    var sampling = engine.samplings.getFirst();
    assertThat(sampling.seed()).isEqualTo(5);
    assertThat(sampling.temperature()).isEqualTo(0.1);
    assertThat(sampling.stop()).contains("X", "<|im_end|>");
    assertThat(engine.closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void saysWhenAReplyWasCutShort() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> "one two three four"), SMALL)) {
      var reply = model.chat(ask("count").withMaxTokens(2));
      assertThat(reply.text().strip()).isEqualTo("one two");
      assertThat(reply.finishReason()).isEqualTo("length");
    }
  }

  @Test
  void streamsWhatIsNoCallAtOnce() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> "one two three"), SMALL)) {
      var pieces = new ArrayList<String>();
      model.stream(ask("count").withTools(List.of(REFUND)), pieces::add);
      pieces.removeIf(String::isEmpty);
      assertThat(pieces).containsExactly("one ", "two ", "three");
    }
  }

  @Test
  void neverStreamsACallAsText() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> "Sure: " + CALL + " Done."), SMALL)) {
      var text = new StringBuilder();
      var reply = model.stream(ask("pay").withTools(List.of(REFUND)), text::append);
      assertThat(reply.finishReason()).isEqualTo("tool_calls");
      assertThat(reply.message().toolCalls()).hasSize(1);
      assertThat(text.toString()).contains("Sure:").contains("Done.").doesNotContain("refund");
    }
  }

  @Test
  void streamsHeldBackTextThatProvesToBeWords() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> "Use {braces} like <this> one"), SMALL)) {
      var text = new StringBuilder();
      var reply = model.stream(ask("how").withTools(List.of(REFUND)), text::append);
      assertThat(text.toString()).isEqualTo("Use {braces} like <this> one").isEqualTo(reply.text());
    }
  }

  @Test
  void givesTheSameIdsToTheSameCalls() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> CALL), SMALL)) {
      var request = ask("pay").withTools(List.of(REFUND));
      assertThat(model.chat(request)).isEqualTo(model.chat(request));
      assertThat(model.chat(ask("pay twice").withTools(List.of(REFUND))).message().toolCalls())
          .isNotEqualTo(model.chat(request).message().toolCalls());
    }
  }

  @Test
  void refusesAConversationThatIsTooLong() throws Exception {
    try (var model = LocalModel.of(new FakeEngine(_ -> "x"), SMALL)) {
      assertThatThrownBy(() -> model.chat(ask("word ".repeat(300))))
          .isInstanceOfSatisfying(
              ChatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST))
          .hasMessageContaining("the model takes 200");
    }
  }

  @Test
  void servesOneAfterTheOther() throws Exception {
    var engine = new FakeEngine(prompt -> prompt.contains("first") ? "a" : "b");
    engine.pieces.drainPermits();
    try (var model = LocalModel.of(engine, SMALL);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> model.chat(ask("first")));
      while (engine.prompts.isEmpty()) {
        Thread.onSpinWait();
      }
      var second = executor.submit(() -> model.chat(ask("second")));
      assertThat(engine.prompts).hasSize(1);
      engine.pieces.release(100);
      assertThat(first.get().text()).isEqualTo("a");
      assertThat(second.get().text()).isEqualTo("b");
      assertThat(engine.prompts).hasSize(2);
    }
  }

  @Test
  void aConsumerThatFailsEndsTheCall() throws Exception {
    var engine = new FakeEngine(_ -> "word ".repeat(100));
    engine.pieces.drainPermits();
    engine.pieces.release(3);
    try (var model = LocalModel.of(engine, SMALL)) {
      assertThatThrownBy(() ->
              model.stream(
                  ask("talk"),
                  text -> {
                    if (!text.isEmpty()) {
                      throw new IllegalStateException("gone");
                    }
                  }))
          .hasMessage("gone");
      engine.pieces.release(100);
      assertThat(engine.cancelled.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void interruptingEndsTheCall() throws Exception {
    var engine = new FakeEngine(_ -> "word ".repeat(100));
    engine.pieces.drainPermits();
    try (var model = LocalModel.of(engine, SMALL);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = executor.submit(() -> model.chat(ask("talk")));
      while (engine.prompts.isEmpty()) {
        Thread.onSpinWait();
      }
      call.cancel(true);
      while (!engine.cancelled.await(10, TimeUnit.MILLISECONDS)) {
        engine.pieces.release(1);
      }
    }
  }

  @Test
  void closingLetsWhatWasAskedComeToItsEnd() throws Exception {
    var engine = new FakeEngine(_ -> "done");
    engine.pieces.drainPermits();
    var model = LocalModel.of(engine, SMALL);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var call = executor.submit(() -> model.chat(ask("talk")));
      while (engine.prompts.isEmpty()) {
        Thread.onSpinWait();
      }
      var closing = executor.submit(model::close);
      engine.pieces.release(10);
      assertThat(call.get().text()).isEqualTo("done");
      closing.get();
    }
    assertThatThrownBy(() -> model.chat(ask("late")))
        .isInstanceOfSatisfying(
            ChatException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
  }

  @Test
  void passesOnWhatTheEngineFailsWith() {
    var engine =
        new FakeEngine(_ -> {
          throw new ChatException(Kind.BAD_REPLY, "no memory");
        });
    try (var model = LocalModel.of(engine, SMALL);
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 2; i++) {
        var call = executor.submit(() -> model.chat(ask("x")));
        assertThatThrownBy(call::get)
            .isInstanceOf(ExecutionException.class)
            .hasMessageContaining("no memory");
      }
    }
  }

  @Test
  void saysThatThereIsNoFile() {
    assertThatThrownBy(() -> LocalModel.load(Path.of("nowhere.gguf"), SMALL))
        .isInstanceOf(ChatException.class)
        .hasMessageContaining("nowhere.gguf: no such file");
  }
}
