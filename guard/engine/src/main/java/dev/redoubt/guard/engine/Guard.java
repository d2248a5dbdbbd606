package dev.redoubt.guard.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Looks at what goes through an assistant and decides what may pass.
 *
 * <pre>{@code
 * Guard guard = Guard.load(Path.of("guard.yaml"));
 * Exchange exchange = Exchange.of(Caller.of("ana@example.org"), Text.user(question));
 * Verdict verdict = guard.checkAnswer(exchange, answer);
 * String shown = switch (verdict) {
 *   case Verdict.Allow a -> answer;
 *   case Verdict.Rewrite r -> r.text();
 *   case Verdict.Ask a -> a.message();
 *   case Verdict.Block b -> b.message();
 *   case Verdict.NotRun n -> "Sorry, this could not be checked.";
 * };
 * }</pre>
 *
 * <p>Immutable and thread-safe. It keeps no state from call to call: what it should know of a
 * conversation stands in the {@link Exchange}.
 *
 * @since 0.1.0
 */
public final class Guard {
  private final Policy policy;
  private final Place place;
  private final List<Rule> rules;
  private final RuleRunner runner;

  private Guard(Policy policy, Place place) {
    this.policy = policy;
    this.place = place;
    this.rules = policy.rules().stream().filter(r -> r.place().covers(place)).toList();
    this.runner = new RuleRunner(policy);
  }

  /**
   * Reads a policy and makes its guard.
   *
   * @throws dev.redoubt.core.UsageException as {@link Policy#read} does
   */
  public static Guard load(Path policy) {
    return of(Policy.read(policy));
  }

  /** Makes the guard of a policy, standing at {@link Place#BOTH}. */
  public static Guard of(Policy policy) {
    return new Guard(policy, Place.BOTH);
  }

  /** The same policy where the guard stands elsewhere: only the rules for that place apply. */
  public Guard at(Place standing) {
    return new Guard(policy, standing);
  }

  /** The policy. */
  public Policy policy() {
    return policy;
  }

  /** Where it stands. */
  public Place place() {
    return place;
  }

  /** The rules that apply where it stands. */
  public List<Rule> rules() {
    return rules;
  }

  /** The scanners that there are, by name. */
  public static List<Scanner> scanners() {
    return ServiceLoader.load(Scanner.class, Guard.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(Scanner::name))
        .toList();
  }

  /**
   * Makes an exchange of whole messages: passages of user and system messages become texts of their
   * own that nobody trusts.
   *
   * @param conversation a name for events
   * @param messages the messages so far, oldest first
   * @param calls tool calls so far, oldest first
   */
  public Exchange exchange(
      String conversation, Caller caller, List<Text> messages, List<ToolCallView> calls) {
    var texts = new ArrayList<Text>();
    for (Text message : messages) {
      texts.addAll(policy.passages().split(message));
    }
    return new Exchange(conversation, caller, texts, calls);
  }

  /**
   * Checks a message on its way to the model.
   *
   * @param exchange the exchange so far; whether the message is in it does not matter
   * @param message one whole message, passages included
   */
  public Verdict checkInput(Exchange exchange, Text message) {
    Verdict verdict =
        runner.run(rules, Stage.INPUT, message.text(), check -> check.input(exchange, message));
    return verdict.evidence().isEmpty() ? verdict : Origins.of(policy.passages(), message, verdict);
  }

  /** Checks a whole answer; for one that is streamed see {@link #answerStream}. */
  public Verdict checkAnswer(Exchange exchange, String answer) {
    return runner.run(rules, Stage.ANSWER, answer, check -> check.answer(exchange, answer));
  }

  /**
   * Checks a tool call before it is made. Call it before {@link ModelView#restore}, so that nothing
   * hidden is looked at.
   */
  public Verdict checkToolCall(Exchange exchange, ToolCallView call) {
    return runner.run(
        rules, Stage.TOOL_CALL, call.argumentsJson(), check -> check.toolCall(exchange, call));
  }

  /** Prepares what the model is to see: what is hidden from it stands behind placeholders. */
  public ModelView prepareForModel(Exchange exchange) {
    return runner.modelView(rules, exchange);
  }

  /** Begins to check an answer that comes in pieces. */
  public AnswerStream answerStream(Exchange exchange) {
    List<Rule> late =
        policy.bufferFull()
            ? List.of()
            : rules.stream().filter(r -> r.check().needsWhole()).toList();
    List<Rule> inTime = rules.stream().filter(r -> !late.contains(r)).toList();
    return new AnswerStream(
        policy,
        text -> runner.scan(inTime, Stage.ANSWER, text, c -> c.answer(exchange, text)),
        late.isEmpty()
            ? null
            : text -> runner.scan(late, Stage.ANSWER, text, c -> c.answer(exchange, text)));
  }

  /**
   * Checks a text on its own, as {@code redoubt guard check} does: an answer as an answer, anything
   * else as a message to the model. A tool result of the form {@code {"name": …, "arguments": …}}
   * is checked as a tool call, too.
   */
  public Verdict check(Role role, String text) {
    return check(role, text, null);
  }

  /**
   * Checks a text on its own, beside the system prompt that it must not overrule.
   *
   * @param system the system prompt; null where nobody knows it
   */
  public Verdict check(Role role, String text, @Nullable String system) {
    return LoneText.check(this, role, text, system);
  }
}
