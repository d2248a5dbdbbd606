package dev.redoubt.guard.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * One conversation as an application learns of it: texts and calls in the order of their coming,
 * each checked with what is known by then. What must not pass is not remembered, and what is
 * rewritten is remembered as rewritten. The adapters for frameworks are thin layers over it.
 *
 * <p>Thread-safe; a check blocks its thread until the scanners are done, which is at most {@link
 * ScanLimits#budget} a rule.
 *
 * @since 0.2.0
 */
public final class GuardSession {
  /** Older texts are forgotten beyond it: a session must not grow for as long as a process runs. */
  private static final int MOST_TEXTS = 2_000;

  private final Guard guard;
  private final Confirmations confirmations;
  private Exchange exchange;

  private GuardSession(Guard guard, Exchange exchange, Confirmations confirmations) {
    this.guard = guard;
    this.exchange = exchange;
    this.confirmations = confirmations;
  }

  /** Begins a conversation in which nobody can be asked: what needs a person's yes is refused. */
  public static GuardSession begin(Guard guard, String conversation, Caller caller) {
    return begin(guard, conversation, caller, Confirmations.NOBODY);
  }

  /**
   * Begins a conversation.
   *
   * @param conversation a name for events
   * @param confirmations where a person is asked about what the policy wants confirmed
   */
  public static GuardSession begin(
      Guard guard, String conversation, Caller caller, Confirmations confirmations) {
    return new GuardSession(
        guard, new Exchange(conversation, caller, List.of(), List.of()), confirmations);
  }

  /** What is known so far. */
  public synchronized Exchange exchange() {
    return exchange;
  }

  /** Notes a text that was checked before or elsewhere, such as the history of a chat. */
  public synchronized void note(Text text) {
    var texts = new ArrayList<>(exchange.texts());
    texts.addAll(guard.policy().passages().split(text));
    boolean tainted = exchange.holdsUntrusted();
    while (texts.size() > MOST_TEXTS) {
      texts.removeFirst();
    }
    Exchange next =
        new Exchange(exchange.conversation(), exchange.caller(), texts, exchange.calls());
    // What was forgotten may have been what nobody trusts.
    exchange =
        tainted && !next.holdsUntrusted()
            ? next.with(Text.document("forgotten", "[forgotten]"))
            : next;
  }

  /** Notes a tool call that was made. */
  public synchronized void note(ToolCallView call) {
    exchange = exchange.withCall(call);
  }

  /** Checks a text on its way to the model, and leaves it to the caller to {@link #note} it. */
  public Verdict check(Text text) {
    return settle("message", text.text(), guard.checkInput(exchange(), text));
  }

  /** Checks a text on its way to the model, and notes what passes of it. */
  public Verdict input(Text text) {
    Verdict verdict = check(text);
    if (verdict.passes()) {
      note(new Text(text.role(), text.origin(), text.trusted(), verdict.shown(text.text())));
    }
    return verdict;
  }

  /** Checks a whole answer, and notes what passes of it. */
  public Verdict answer(String text) {
    Verdict verdict = settle("answer", text, guard.checkAnswer(exchange(), text));
    if (verdict.passes()) {
      note(Text.answer(verdict.shown(text)));
    }
    return verdict;
  }

  /** Begins to check an answer that comes in pieces; {@link #note} what came out of it. */
  public AnswerStream answerStream() {
    return guard.answerStream(exchange());
  }

  /** Checks a tool call before it is made, waits for a person where asked to, and notes it. */
  public Verdict toolCall(ToolCallView call) {
    Verdict checked = guard.checkToolCall(exchange(), call);
    Verdict verdict = settle(call.name(), call.argumentsJson(), checked);
    if (verdict.passes()) {
      note(call);
    }
    return verdict;
  }

  /** What the model is to see; see {@link Guard#prepareForModel}. */
  public ModelView modelView() {
    return guard.prepareForModel(exchange());
  }

  private Verdict settle(String what, String content, Verdict verdict) {
    Exchange known = exchange();
    return confirmations.settle(known.conversation(), known.caller(), what, content, verdict);
  }
}
