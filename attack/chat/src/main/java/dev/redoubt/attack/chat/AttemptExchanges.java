package dev.redoubt.attack.chat;

import dev.redoubt.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The exchanges of one attempt, in order: each comes from the tape, or is made and taped. Belongs
 * to one attempt and one thread.
 */
final class AttemptExchanges implements AutoCloseable {
  private final PassTools tools;
  private final PlannedCall call;
  private final Judge judge;
  private final Function<String, AttemptOver> unassessed;
  private final List<Exchange> all = new ArrayList<>();
  private final Slots slots = new Slots();
  private Caller.@Nullable Line line;
  private int conversation;

  /**
   * @param unassessed takes note of why there is no verdict, and ends the attempt
   */
  AttemptExchanges(
      PassTools tools, PlannedCall call, Judge judge, Function<String, AttemptOver> unassessed) {
    this.tools = tools;
    this.call = call;
    this.judge = judge;
    this.unassessed = unassessed;
  }

  /** Where in an attempt something is said. */
  enum Part {
    SETUP,
    ATTACK,
    AFTER
  }

  /**
   * Says something and hears the answer.
   *
   * @param account who speaks; absent for an anonymous caller
   * @param prompt the attempt's wording
   * @param before the turns of this conversation, when it is the attacker's
   * @return an exchange that has a reply
   */
  Exchange say(
      @Nullable String account, String text, Part part, Wording prompt, List<Exchange> before)
      throws AttemptOver, InterruptedException {
    int turn = all.size();
    Exchange exchange = tools.before().turn(call.id(), turn).orElse(null);
    if (exchange == null) {
      exchange = make(account, text, part, prompt, before);
    } else {
      slots.add(turn, tools.before().slot(call.id(), turn));
      if (tools.offline()) {
        tools.circuit().hear(exchange);
      }
    }
    all.add(exchange);
    Exchange.Failure failure = exchange.failure();
    if (failure != null) {
      throw unassessed.apply(failure.message());
    }
    return exchange;
  }

  private Exchange make(
      @Nullable String account, String text, Part part, Wording prompt, List<Exchange> before)
      throws AttemptOver, InterruptedException {
    int turn = all.size();
    Caller caller = tools.caller();
    if (caller == null) {
      throw unassessed.apply(cutOff());
    }
    Optional<String> over = tools.budget().over();
    if (over.isPresent() && turn > 0) {
      throw unassessed.apply("cut off after " + turn + " turn(s): " + over.get());
    }
    tools.tape().append(TapeRecords.sent(call.id(), turn, tools.clock().instant()));
    boolean resent = tools.before().lost(call.id(), turn);
    boolean attack = part == Part.ATTACK;
    Caller.Line open = line;
    if (open == null) {
      open = caller.line(call, account, attack ? before : List.of());
      line = open;
    }
    // Every conversation of the attempt is about the same drawn value.
    boolean first = attack && before.isEmpty();
    Exchange exchange =
        open.say(
            new Caller.Saying(
                conversation,
                turn,
                part == Part.SETUP,
                text,
                first ? prompt : null,
                judge.planting(),
                resent,
                attack ? judge.watches() : Judge.Watch.NOTHING,
                prompt.marker()));
    slots.add(turn, tools.tape().append(TapeRecords.exchange(exchange)));
    tools.circuit().hear(exchange);
    return exchange;
  }

  /** Why the attempt went no further when it was made, as far as the tape knows. */
  private String cutOff() {
    JudgedAttempt known = tools.before().judged(call.id());
    return known != null && known.attempt().outcome() == Outcome.UNASSESSED
        ? known.attempt().reason()
        : "the tape has no answer to this turn";
  }

  /** The exchange that comes next belongs to another conversation. */
  void nextConversation() {
    close();
    conversation++;
  }

  /** All exchanges so far, those of set-up and follow-up included. */
  List<Exchange> all() {
    return List.copyOf(all);
  }

  /** Where they stand on the tape. */
  Slots slots() {
    return slots;
  }

  /** Ends the conversation that is open. */
  @Override
  public void close() {
    Caller.Line open = line;
    line = null;
    if (open != null) {
      open.close();
    }
  }
}
