package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.document.Document;
import org.springframework.ai.rag.advisor.RetrievalAugmentationAdvisor;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Checks what only the model sees and says: passages and tool results on their way in, its answer
 * before chat memory keeps it, tool calls before Spring AI makes them. What the policy hides from
 * the model is hidden here. Goes with {@link GuardAdvisor}, which tells it who calls. Thread-safe.
 *
 * @since 0.2.0
 */
public final class GuardModelAdvisor implements CallAdvisor, StreamAdvisor {
  /** Within memory, retrieval and the tool loop; only the model's own advisor comes later. */
  public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

  private final Guard guard;
  private final Confirmations confirmations;

  /** Makes it; what needs a person's yes is refused. */
  public GuardModelAdvisor(Guard guard) {
    this(guard, Confirmations.NOBODY);
  }

  /** Makes it. */
  public GuardModelAdvisor(Guard guard, Confirmations confirmations) {
    this.guard = guard;
    this.confirmations = confirmations;
  }

  @Override
  public String getName() {
    return "Redoubt guard at the model";
  }

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Prepared prepared = prepare(request);
    if (prepared.refused() != null) {
      return Replies.refusal(prepared.refused(), request.context());
    }
    ChatClientResponse answered =
        GuardAdvisor.answered(prepared.state(), chain.nextCall(prepared.request()));
    return calls(prepared, answered);
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Mono.fromCallable(() -> prepare(request))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMapMany(prepared ->
            prepared.refused() != null
                ? Flux.just(Replies.refusal(prepared.refused(), request.context()))
                : StreamedAnswer.through(
                    prepared.state(),
                    chain
                        .nextStream(prepared.request())
                        .publishOn(Schedulers.boundedElastic())
                        .map(response -> calls(prepared, response)),
                    () -> false));
  }

  /** A request as the model may see it. */
  private record Prepared(
      ChatClientRequest request, CallState state, ModelView view, @Nullable Verdict refused) {}

  private Prepared prepare(ChatClientRequest request) {
    CallState outer = CallState.in(request.context());
    Caller who = outer == null ? Caller.ANONYMOUS : outer.caller();
    String conversation = outer == null ? "" : outer.session().exchange().conversation();
    GuardSession session = GuardSession.begin(guard, conversation, who, confirmations);
    CallState state = outer == null ? new CallState(who, session) : outer;
    state.guardedAtModel();
    List<String> unmarked = unmarked(request.context());
    unmarked.forEach(p -> session.note(Text.document("retrieved", p)));
    List<Message> messages = request.prompt().getInstructions();
    messages.forEach(m -> note(session, m, unmarked));
    state.session(session);
    ModelView view = session.modelView();
    if (!view.verdict().passes()) {
      return new Prepared(request, state, view, view.verdict());
    }
    var passed = new ArrayList<Message>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      // With its history about, the last word may mean more than it did alone.
      boolean last = i == messages.size() - 1;
      boolean alone = outer == null || (last && request.prompt().getUserMessages().size() > 1);
      Verdict verdict = check(session, message, alone, unmarked);
      if (!verdict.passes()) {
        return new Prepared(request, state, view, verdict);
      }
      passed.add(seen(message, verdict, view, session));
    }
    ChatClientRequest next =
        request.mutate().prompt(request.prompt().mutate().messages(passed).build()).build();
    return new Prepared(next, state, view, null);
  }

  /** What a retriever without our filter found: its passages carry no markers. */
  private List<String> unmarked(Map<String, @Nullable Object> context) {
    var texts = new ArrayList<String>();
    if (context.get(RetrievalAugmentationAdvisor.DOCUMENT_CONTEXT) instanceof List<?> documents) {
      for (Object entry : documents) {
        if (entry instanceof Document document && document.getText() != null) {
          texts.add(document.getText());
        }
      }
    }
    return texts;
  }

  private static void note(GuardSession session, Message message, List<String> unmarked) {
    if (message instanceof UserMessage user && user.getText() != null) {
      String own = user.getText();
      for (String passage : unmarked) {
        own = own.replace(passage, "\n|\n");
      }
      session.note(Text.user(own));
    } else {
      Messages.note(session, message);
    }
  }

  /** The user's own words were checked further out; what came in since is checked here. */
  private Verdict check(
      GuardSession session, Message message, boolean alone, List<String> unmarked) {
    boolean own =
        message instanceof UserMessage user
            && unmarked.isEmpty()
            && guard.policy().passages().find(Messages.text(user).text()).isEmpty();
    if (own && !alone) {
      return new Verdict.Allow(List.of(), Verdict.Trace.EMPTY);
    }
    return session.check(Messages.text(message));
  }

  private Message seen(Message message, Verdict verdict, ModelView view, GuardSession session) {
    Text text = Messages.text(message);
    Role role = text.role();
    if (message instanceof ToolResponseMessage results) {
      return verdict instanceof Verdict.Allow && view.hidden() == 0
          ? message
          : Messages.with(
              results,
              data -> view.mask(role, session.check(Text.toolResult("tool", data)).shown(data)));
    }
    String masked = view.mask(role, verdict.shown(text.text()));
    return masked.equals(text.text()) ? message : Messages.with(message, masked);
  }

  private static ChatClientResponse calls(Prepared prepared, ChatClientResponse response) {
    if (response.chatResponse() == null || !response.chatResponse().hasToolCalls()) {
      return response;
    }
    var passed = new ArrayList<Generation>();
    for (Generation generation : response.chatResponse().getResults()) {
      var calls = new ArrayList<AssistantMessage.ToolCall>();
      for (AssistantMessage.ToolCall call : generation.getOutput().getToolCalls()) {
        ToolCallView view = Messages.call(call);
        Verdict verdict = prepared.state().session().toolCall(view);
        if (!verdict.passes()) {
          return Replies.refusal(verdict, response.context());
        }
        ToolCallView restored = prepared.view().restore(view);
        prepared.state().checked(restored);
        calls.add(
            new AssistantMessage.ToolCall(
                call.id(), call.type(), call.name(), restored.argumentsJson()));
      }
      passed.add(
          new Generation(
              generation.getOutput().mutate().toolCalls(calls).build(), generation.getMetadata()));
    }
    return Replies.with(response, passed);
  }
}
