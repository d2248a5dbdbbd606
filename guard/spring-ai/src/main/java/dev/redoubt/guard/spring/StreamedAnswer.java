package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.AnswerStream;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.Generation;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * An answer as its chunks come, one stream of text for each choice. Not thread-safe: Reactor hands
 * it one chunk after the other.
 */
final class StreamedAnswer {
  private final CallState state;
  private final BooleanSupplier elsewhere;
  private final Map<Integer, AnswerStream> choices = new TreeMap<>();
  private final Map<Integer, StringBuilder> shown = new TreeMap<>();
  private @Nullable ChatClientResponse last;
  private boolean stopped;

  private StreamedAnswer(CallState state, BooleanSupplier elsewhere) {
    this.state = state;
    this.elsewhere = elsewhere;
  }

  /**
   * Checks an answer.
   *
   * @param elsewhere says, when the first chunk comes, whether it was checked already
   */
  static Flux<ChatClientResponse> through(
      CallState state, Flux<ChatClientResponse> answer, BooleanSupplier elsewhere) {
    return Flux.defer(() -> {
      var streamed = new StreamedAnswer(state, elsewhere);
      // Scanning waits for scanners: never on the thread that the model's events come on.
      return answer
          .publishOn(Schedulers.boundedElastic())
          .concatMapIterable(streamed::take)
          .concatWith(Flux.defer(() -> Flux.fromIterable(streamed.end())))
          .takeUntil(streamed::isLast);
    });
  }

  private boolean isLast(ChatClientResponse response) {
    return stopped && response.context().get(GuardAdvisor.VERDICT) != null;
  }

  private List<ChatClientResponse> take(ChatClientResponse response) {
    if (stopped || response.chatResponse() == null || elsewhere.getAsBoolean()) {
      return stopped ? List.of() : List.of(response);
    }
    if (response.context().get(GuardAdvisor.VERDICT) != null) {
      // A refusal: what is still held back was never shown, and is not now.
      stopped = true;
      return List.of(response);
    }
    last = response;
    var passed = new ArrayList<Generation>();
    int index = -1;
    for (Generation generation : response.chatResponse().getResults()) {
      index = index(generation, index + 1);
      AnswerStream stream = choices.computeIfAbsent(index, i -> state.session().answerStream());
      String text = stream.push(Replies.text(generation));
      shown.computeIfAbsent(index, i -> new StringBuilder()).append(text);
      if (stream.stopped()) {
        stopped = true;
        return List.of(Replies.refusal(stream.verdict(), response.context()));
      }
      // An empty text with nothing else is a chunk that is held back.
      if (!text.isEmpty() || says(generation)) {
        passed.add(Replies.with(generation, text));
      }
    }
    boolean nothing = passed.isEmpty() && !response.chatResponse().getResults().isEmpty();
    return nothing ? List.of() : List.of(Replies.with(response, passed));
  }

  /** Choices of one chunk come with an index in their metadata, or one after the other. */
  private static int index(Generation generation, int otherwise) {
    Object index = generation.getMetadata().get("index");
    return index instanceof Number number ? number.intValue() : otherwise;
  }

  private static boolean says(Generation generation) {
    AssistantMessage output = generation.getOutput();
    String reason = generation.getMetadata().getFinishReason();
    return output.hasToolCalls() || (reason != null && !reason.isEmpty());
  }

  private List<ChatClientResponse> end() {
    if (stopped || last == null) {
      return List.of();
    }
    var rest = new ArrayList<Generation>();
    Verdict said = null;
    for (var choice : choices.entrySet()) {
      AnswerStream stream = choice.getValue();
      String text = stream.finish();
      Verdict verdict = stream.verdict();
      said = said == null || !verdict.passes() ? verdict : said;
      if (!verdict.passes()) {
        stopped = true;
        return List.of(Replies.refusal(verdict, last.context()));
      }
      String all = shown.getOrDefault(choice.getKey(), new StringBuilder()).append(text).toString();
      if (!all.isEmpty()) {
        state.session().note(Text.answer(all));
      }
      if (!text.isEmpty()) {
        rest.add(new Generation(new AssistantMessage(text)));
      }
    }
    if (rest.isEmpty()) {
      return List.of();
    }
    ChatClientResponse tail = Replies.with(last, rest);
    return List.of(said == null ? tail : tail.mutate().context(GuardAdvisor.VERDICT, said).build());
  }
}
