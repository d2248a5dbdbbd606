package dev.redoubt.bench;

import com.sun.management.ThreadMXBean;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.UserMessage;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.langchain4j.LangChain4jGuard;
import dev.redoubt.guard.spring.GuardAdvisor;
import dev.redoubt.guard.spring.GuardModelAdvisor;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import reactor.core.publisher.Flux;

/**
 * What a call costs through each adapter beside the same call without it, in time and in memory
 * that is allocated, by all threads; models answer at once. Of nine rounds of each side, taken in
 * turn, the median counts.
 */
public final class AdaptersBench {
  private static final int ROUNDS = 9;
  private static final int CALLS = 300;
  private static final String QUESTION = "Where is my parcel, and when will it come? ".repeat(24);
  private static final String ANSWER = "It is on its way and comes on Friday morning. ".repeat(22);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AdaptersBench() {}

  /** Measures and prints. */
  public static void main(String[] arguments) {
    run(System.out);
    System.exit(0);
  }

  private static void run(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "A question of %d and an answer of %d characters, %d calls a round, median of %d"
            + " rounds.%n%n",
        QUESTION.length(),
        ANSWER.length(),
        CALLS,
        ROUNDS);
    out.println("| call | policy | without, µs | added µs | without, KB | added KB |");
    out.println("| --- | --- | ---: | ---: | ---: | ---: |");
    for (var policy :
        List.of(new Named("no rules", Policy.EMPTY), new Named("standard", Policy.standard()))) {
      Guard guard = Guard.of(policy.policy());
      row(out, "library", policy, () -> {}, () -> library(guard));
      row(out, "LangChain4j", policy, langChain4j(null), langChain4j(guard));
      row(out, "LangChain4j, streamed", policy, streamed(null), streamed(guard));
      row(out, "Spring AI", policy, springCall(null), springCall(guard));
      row(out, "Spring AI, streamed", policy, springStream(null), springStream(guard));
    }
    out.println();
    out.println("Streamed Spring AI is scanned on bounded elastic threads; no event loop waits.");
  }

  private record Named(String name, Policy policy) {}

  private record Cost(double micros, double kilobytes) {}

  private static void row(
      PrintStream out, String call, Named policy, Runnable without, Runnable with) {
    for (int i = 0; i < 3; i++) {
      round(without);
      round(with);
    }
    var bare = new Cost[ROUNDS];
    var guarded = new Cost[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      bare[i] = round(without);
      guarded[i] = round(with);
    }
    Cost b = median(bare);
    Cost g = median(guarded);
    out.printf(
        Locale.ROOT,
        "| %s | %s | %.1f | %.1f | %.1f | %.1f |%n",
        call,
        policy.name(),
        b.micros(),
        g.micros() - b.micros(),
        b.kilobytes(),
        g.kilobytes() - b.kilobytes());
  }

  private static Cost round(Runnable call) {
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    double nanos = System.nanoTime() - start;
    long allocated = THREADS.getTotalThreadAllocatedBytes() - bytes;
    return new Cost(nanos / CALLS / 1_000, (double) allocated / CALLS / 1_024);
  }

  private static Cost median(Cost[] rounds) {
    double[] micros = Arrays.stream(rounds).mapToDouble(Cost::micros).sorted().toArray();
    double[] kilobytes = Arrays.stream(rounds).mapToDouble(Cost::kilobytes).sorted().toArray();
    return new Cost(micros[rounds.length / 2], kilobytes[rounds.length / 2]);
  }

  private static void library(Guard guard) {
    Text question = Text.user(QUESTION);
    Exchange exchange = Exchange.of(Caller.ANONYMOUS, question);
    guard.checkInput(exchange, question);
    guard.checkAnswer(exchange, ANSWER);
  }

  /** An assistant as applications declare it. */
  interface Assistant {
    /** Asks. */
    String chat(@UserMessage String question);
  }

  private static Runnable langChain4j(@Nullable Guard guard) {
    ChatModel model =
        new ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from(ANSWER)).build();
          }
        };
    var builder = AiServices.builder(Assistant.class).chatModel(model);
    if (guard != null) {
      var redoubt = LangChain4jGuard.of(guard, context -> Caller.ANONYMOUS);
      builder.inputGuardrails(redoubt.input()).outputGuardrails(redoubt.output());
    }
    Assistant assistant = builder.build();
    return () -> assistant.chat(QUESTION);
  }

  private static Runnable streamed(@Nullable Guard guard) {
    StreamingChatModel model =
        new StreamingChatModel() {
          @Override
          public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            for (String piece : pieces()) {
              handler.onPartialResponse(piece);
            }
            handler.onCompleteResponse(
                ChatResponse.builder().aiMessage(AiMessage.from(ANSWER)).build());
          }
        };
    StreamingChatModel used =
        guard == null
            ? model
            : LangChain4jGuard.of(guard, context -> Caller.ANONYMOUS)
                .streaming(model, request -> Caller.ANONYMOUS);
    var nothing =
        new StreamingChatResponseHandler() {
          @Override
          public void onCompleteResponse(ChatResponse response) {}

          @Override
          public void onError(Throwable error) {
            throw new IllegalStateException(error);
          }
        };
    return () -> used.chat(QUESTION, nothing);
  }

  private static String[] pieces() {
    return ANSWER.split("(?<= )", -1);
  }

  private static ChatClient spring(@Nullable Guard guard) {
    var model =
        new org.springframework.ai.chat.model.ChatModel() {
          @Override
          public org.springframework.ai.chat.model.ChatResponse call(Prompt prompt) {
            return response(ANSWER);
          }

          @Override
          public Flux<org.springframework.ai.chat.model.ChatResponse> stream(Prompt prompt) {
            return Flux.fromArray(pieces()).map(AdaptersBench::response);
          }
        };
    var builder = ChatClient.builder(model);
    if (guard != null) {
      builder.defaultAdvisors(new GuardAdvisor(guard), new GuardModelAdvisor(guard));
    }
    return builder.build();
  }

  private static org.springframework.ai.chat.model.ChatResponse response(String text) {
    return new org.springframework.ai.chat.model.ChatResponse(
        List.of(new Generation(new AssistantMessage(text))));
  }

  private static Runnable springCall(@Nullable Guard guard) {
    ChatClient client = spring(guard);
    return () -> client.prompt().user(QUESTION).call().content();
  }

  private static Runnable springStream(@Nullable Guard guard) {
    ChatClient client = spring(guard);
    return () -> client.prompt().user(QUESTION).stream().content().blockLast();
  }
}
