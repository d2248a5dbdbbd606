package dev.redoubt.runtime.target;

import static dev.redoubt.runtime.target.Bench.HASTY;
import static dev.redoubt.runtime.target.Bench.client;
import static dev.redoubt.runtime.target.Bench.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;

class JavaTargetTest {
  /** A model as LangChain4j has it, unchanged. */
  static final class LangChainModel implements dev.langchain4j.model.chat.ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      var last = (UserMessage) request.messages().getLast();
      return ChatResponse.builder()
          .aiMessage(AiMessage.from("langchain4j heard " + last.singleText()))
          .build();
    }
  }

  /** A model as Spring AI has it, unchanged. */
  static final class SpringModel implements org.springframework.ai.chat.model.ChatModel {
    @Override
    public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
      return new org.springframework.ai.chat.model.ChatResponse(
          List.of(new Generation(new AssistantMessage("spring heard " + prompt.getContents()))));
    }
  }

  /** Makes one, as people do whose models have builders. */
  static final class Maker implements Supplier<dev.langchain4j.model.chat.ChatModel> {
    @Override
    public dev.langchain4j.model.chat.ChatModel get() {
      return new LangChainModel();
    }
  }

  /** Remembers what it heard. */
  static final class Counter implements UnaryOperator<String> {
    private int heard;

    @Override
    public String apply(String text) {
      heard++;
      return text + heard;
    }
  }

  /** Has no method that fits. */
  static final class Mute {}

  private static TargetClient java(Class<?> type, TargetSettings settings) {
    return client("protocol: java, java: {class: '" + type.getName() + "'}", settings);
  }

  private static String said(Class<?> type) throws InterruptedException {
    try (var client = java(type, Bench.PATIENT);
        var talk = client.begin(List.of())) {
      return talk.say(Say.of("hello")).text();
    }
  }

  @Test
  void asksLangChain4j() throws Exception {
    assertThat(said(LangChainModel.class)).isEqualTo("langchain4j heard hello");
    assertThat(said(Maker.class)).isEqualTo("langchain4j heard hello");
    var model = new LangChainModel();
    try (var client = TargetClient.inProcess(model::chat, Bench.PATIENT)) {
      assertThat(client.begin(List.of()).say(Say.of("a")).text()).isEqualTo("langchain4j heard a");
    }
  }

  @Test
  void asksSpringAi() throws Exception {
    assertThat(said(SpringModel.class)).isEqualTo("spring heard hello");
  }

  @Test
  void makesAnObjectForEachConversation() throws Exception {
    try (var client = java(Counter.class, Bench.PATIENT);
        var first = client.begin(List.of());
        var second = client.begin(List.of())) {
      assertThat(first.say(Say.of("a")).text()).isEqualTo("a1");
      assertThat(first.say(Say.of("b")).text()).isEqualTo("b2");
      assertThat(second.say(Say.of("c")).text()).isEqualTo("c1");
      assertThat(client.canContinue()).isFalse();
    }
  }

  @Test
  void loadsWhatTheUserBuilt(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("src"));
    var source = folder.resolve("src/Assistant.java");
    Files.writeString(
        source,
        """
        package shop;
        public class Assistant {
          public String answer(String text) {
            try {
              Class.forName("dev.redoubt.core.AiSystem");
              return "sees us";
            } catch (ClassNotFoundException e) {
              return "shop: " + text;
            }
          }
        }
        """);
    var classes = Files.createDirectories(folder.resolve("classes"));
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", classes.toString(), source.toString()))
        .isZero();
    var endpoint =
        Bench.endpoint("protocol: java, java: {class: shop.Assistant, classpath: [classes]}");
    try (var client = TargetClient.of(endpoint, folder, Bench.PATIENT)) {
      assertThat(client.begin(List.of()).say(Say.of("hi")).text()).isEqualTo("shop: hi");
    }
    var absent = Bench.endpoint("protocol: java, java: {class: shop.Assistant, classpath: [x]}");
    assertThatThrownBy(() -> TargetClient.of(absent, folder, Bench.PATIENT))
        .isInstanceOf(UsageException.class)
        .hasMessage("redoubt.yaml:4: target: java: classpath: there is no x; build it first");
    assertThatThrownBy(() -> client("protocol: java, java: {class: shop.Nobody}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("class shop.Nobody is not here");
  }

  @Test
  void namesAnObjectThatCannotBeAsked() {
    try (var client = java(Mute.class, Bench.PATIENT)) {
      assertThat(failure(() -> client.begin(List.of()).say(Say.of("a"))))
          .hasMessageContaining("has no public method that makes a String of a String");
    }
  }

  @Test
  void takesWhatItThrowsForAFailure() {
    UnaryOperator<String> throwing =
        text -> {
          throw new StackOverflowError("deep\nin it");
        };
    try (var client = TargetClient.inProcess(throwing, Bench.PATIENT)) {
      var failure = failure(() -> client.begin(List.of()).say(Say.of("a")));
      assertThat(failure.kind()).isEqualTo(Kind.BAD_REPLY);
      assertThat(failure).hasMessageContaining("failed: StackOverflowError: deep in it");
    }
  }

  @Test
  void leavesOneThatNeverAnswersToItself() throws Exception {
    var over = new CountDownLatch(1);
    UnaryOperator<String> slow =
        text -> {
          while (text.equals("slow") && over.getCount() > 0) {
            Thread.onSpinWait();
          }
          return text;
        };
    try (var client = TargetClient.inProcess(slow, HASTY);
        var talk = client.begin(List.of())) {
      assertThat(failure(() -> talk.say(Say.of("slow"))).kind()).isEqualTo(Kind.TIMEOUT);
      assertThat(talk.say(Say.of("quick")).text()).isEqualTo("quick");
    } finally {
      over.countDown();
    }
  }

  @Test
  void boundsWhatItSays() {
    try (var client =
        TargetClient.inProcess(text -> "x".repeat(200), Bench.PATIENT.withMaxReplyBytes(100))) {
      assertThat(failure(() -> client.begin(List.of()).say(Say.of("a"))).kind())
          .isEqualTo(Kind.TOO_LARGE);
    }
  }
}
