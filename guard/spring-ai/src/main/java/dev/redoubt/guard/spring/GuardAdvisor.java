package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.core.Ordered;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Checks what the user says before chat memory keeps it, and what the model answers before the user
 * gets it; a {@link GuardModelAdvisor} in the same client checks it before chat memory keeps it,
 * too, and is then left to do so.
 *
 * <p>A refusal is a response of the ordinary form, with the finish reason {@code CONTENT_FILTER}
 * and the verdict in the response's context under {@link #VERDICT}. A streamed answer comes with a
 * hold-back; scanners run on Reactor's bounded elastic threads, so no thread is blocked that must
 * not be. Thread-safe.
 *
 * @since 0.2.0
 */
public final class GuardAdvisor implements CallAdvisor, StreamAdvisor {
  /** Key of an advisor parameter that tells who calls, a {@link Caller} or a name. */
  public static final String CALLER = "redoubt.caller";

  /** Key in a response's context that holds the {@link Verdict} on it. */
  public static final String VERDICT = "redoubt.verdict";

  /** Before chat memory, which stands at {@code HIGHEST_PRECEDENCE + 200}. */
  public static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 100;

  private final Guard guard;
  private final Function<Map<String, @Nullable Object>, Caller> caller;
  private final Confirmations confirmations;

  /** Makes it; who calls is the parameter {@link #CALLER}, and nobody can be asked to confirm. */
  public GuardAdvisor(Guard guard) {
    this(guard, GuardAdvisor::callerParameter, Confirmations.NOBODY);
  }

  /**
   * Makes it.
   *
   * @param caller tells who calls from the advisors' context
   * @param confirmations where a person is asked
   */
  public GuardAdvisor(
      Guard guard,
      Function<Map<String, @Nullable Object>, Caller> caller,
      Confirmations confirmations) {
    this.guard = guard;
    this.caller = caller;
    this.confirmations = confirmations;
  }

  /** Who calls, as the parameter {@link #CALLER} says; anonymous when it says nothing. */
  public static Caller callerParameter(Map<String, @Nullable Object> context) {
    return switch (context.get(CALLER)) {
      case Caller known -> known;
      case String name -> Caller.of(name);
      case null, default -> Caller.ANONYMOUS;
    };
  }

  @Override
  public String getName() {
    return "Redoubt guard";
  }

  @Override
  public int getOrder() {
    return ORDER;
  }

  @Override
  public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
    Checked checked = check(request);
    if (checked.refused() != null) {
      return Replies.refusal(checked.refused(), request.context());
    }
    ChatClientResponse response = chain.nextCall(checked.request());
    return checked.state().isGuardedAtModel() ? response : answered(checked.state(), response);
  }

  @Override
  public Flux<ChatClientResponse> adviseStream(
      ChatClientRequest request, StreamAdvisorChain chain) {
    return Mono.fromCallable(() -> check(request))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMapMany(checked ->
            checked.refused() != null
                ? Flux.just(Replies.refusal(checked.refused(), request.context()))
                : StreamedAnswer.through(
                    checked.state(),
                    chain.nextStream(checked.request()),
                    checked.state()::isGuardedAtModel));
  }

  /** What became of a request. */
  private record Checked(ChatClientRequest request, CallState state, @Nullable Verdict refused) {}

  private Checked check(ChatClientRequest request) {
    Caller who = caller.apply(request.context());
    Object conversation = request.context().get(ChatMemory.CONVERSATION_ID);
    GuardSession session =
        GuardSession.begin(
            guard, conversation == null ? "" : conversation.toString(), who, confirmations);
    var state = new CallState(who, session);
    List<Message> messages = request.prompt().getInstructions();
    // What the system says is known before the user's first word is looked at.
    messages.forEach(m -> Messages.note(session, m));
    var passed = new ArrayList<Message>();
    for (Message message : messages) {
      Verdict unread = guard.policy().blockOnNotRun() ? Messages.unread(message) : null;
      if (unread != null) {
        return new Checked(request, state, unread);
      }
      Text text = Messages.text(message);
      Verdict verdict = session.check(text);
      if (!verdict.passes()) {
        return new Checked(request, state, verdict);
      }
      passed.add(verdict instanceof Verdict.Rewrite r ? Messages.with(message, r.text()) : message);
    }
    ChatClientRequest next =
        request
            .mutate()
            .prompt(prompt(request.prompt(), passed, state))
            .context(CallState.KEY, state)
            .build();
    return new Checked(next, state, null);
  }

  /** Tools get the state through their own context. */
  private static Prompt prompt(Prompt old, List<Message> messages, CallState state) {
    var made = old.mutate().messages(messages);
    if (old.getOptions() instanceof ToolCallingChatOptions options) {
      var context = new HashMap<String, Object>();
      if (options.getToolContext() != null) {
        context.putAll(options.getToolContext());
      }
      context.put(CallState.KEY, state);
      made.chatOptions(options.mutate().toolContext(context).build());
    }
    return made.build();
  }

  /** Checks the text of each choice. */
  static ChatClientResponse answered(CallState state, ChatClientResponse response) {
    if (response.chatResponse() == null) {
      return response;
    }
    var passed = new ArrayList<Generation>();
    Verdict said = null;
    for (Generation generation : response.chatResponse().getResults()) {
      String text = Replies.text(generation);
      Verdict verdict = state.session().answer(text);
      said = said == null || !verdict.passes() ? verdict : said;
      passed.add(
          switch (verdict) {
            case Verdict.Allow a -> generation;
            case Verdict.Rewrite r -> Replies.with(generation, r.text());
            case Verdict.Ask a -> Replies.refused(a);
            case Verdict.Block b -> Replies.refused(b);
            case Verdict.NotRun n -> Replies.refused(n);
          });
    }
    ChatClientResponse made = Replies.with(response, passed);
    return said == null ? made : made.mutate().context(VERDICT, said).build();
  }
}
