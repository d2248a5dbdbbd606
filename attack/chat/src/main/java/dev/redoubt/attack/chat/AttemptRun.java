package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.AttemptExchanges.Part;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays one attempt: the conversations before the attack, then its turns, each taped before it is
 * judged. Turns that the tape holds are not said again. Used once, by one thread.
 */
final class AttemptRun implements Stage {
  private final PassTools tools;
  private final PlannedCall call;
  private final CallSlots.Slot slot;
  private Wording prompt;
  private final Judge judge;
  private final boolean missing;
  private final @Nullable OutsideJudge outside;
  private final @Nullable Strategy strategy;
  private final int mostTurns;
  private final RandomGenerator random;
  private final List<JsonNode> attackerAnswers;
  private final AttemptExchanges exchanges;
  private final List<Exchange> setup = new ArrayList<>();
  private final List<Exchange> current = new ArrayList<>();
  private final List<Exchange> after = new ArrayList<>();
  private int attackTurns;
  private @Nullable Verdict verdict;

  /**
   * @param slot held; let go while a verdict is found
   */
  AttemptRun(PassTools tools, PlannedCall call, CallSlots.Slot slot) {
    this(tools, call, slot, tools.probes().strategy(call.technique()).orElse(null));
  }

  /**
   * @param slot held; let go while a verdict is found
   * @param strategy how it is played; absent for a single turn
   */
  AttemptRun(PassTools tools, PlannedCall call, CallSlots.Slot slot, @Nullable Strategy strategy) {
    this.tools = tools;
    this.call = call;
    this.slot = slot;
    this.prompt = tools.words().filled(call);
    this.judge = tools.probes().judge(call.objective());
    this.missing = judge.missing(tools.truth()).isPresent();
    this.outside = ProgramJudges.of(tools, call, missing);
    this.exchanges = new AttemptExchanges(tools, call, judge, this::unassessed);
    this.strategy = strategy;
    this.mostTurns = strategy == null ? 1 : strategy.mostTurns(call.technique());
    // The generator of Java's specification: the same numbers on every machine.
    this.random = new Random(call.seed());
    this.attackerAnswers = tools.before().attackerAnswers(call.id());
  }

  /**
   * An attempt that was played.
   *
   * @param call which
   * @param exchanges its exchanges, in order
   * @param transcript what was said, read from the tape when it is looked at
   * @param verdict what the judge says in the end
   * @param spread how it spread through a population; absent when that was not measured
   */
  record Played(
      PlannedCall call,
      List<Exchange> exchanges,
      List<Turn> transcript,
      Verdict verdict,
      @Nullable Spread spread) {}

  /** Plays. An interrupt ends it early, and nothing is known then but what is on the tape. */
  Played play() throws InterruptedException {
    try {
      attack();
      followUp();
    } finally {
      exchanges.close();
    }
    Verdict last = verdict;
    return new Played(
        call,
        exchanges.all(),
        new TapedTranscript(tools.tape().reader(), exchanges.slots()),
        last == null ? Verdict.unassessed("no turn was played") : last,
        current.isEmpty()
            ? null
            : judge.spread(dialogue(), tools.truth(), population()).orElse(null));
  }

  private void attack() throws InterruptedException {
    Target target = tools.plan().target();
    try {
      reword();
      Wording.PlantedText plant = prompt.plant();
      for (Objective.SetupTurn turn : call.objective().setup()) {
        hold(target.account(turn.as()), tools.words().fill(call, turn.text()));
      }
      if (plant != null && judge.planting() == Planting.CONVERSATION) {
        hold(target.account("attacker"), plant.whole());
      }
      if (strategy == null) {
        say(prompt.text());
      } else {
        strategy.play(this);
      }
    } catch (AttemptOver over) {
      // The verdict says how.
    }
  }

  /** Gives a composed request to the attacker's model, where there is one. */
  private void reword() throws AttemptOver, InterruptedException {
    Optional<Attacker> model = attacker();
    boolean asPlanned = tools.plan().isPlanned(call);
    if (model.isPresent() && asPlanned && OwnRewriter.applies(call, tools.plan().spec())) {
      String words = OwnRewriter.rewrite(model.get(), call.plain());
      prompt = tools.words().filled(call.saying(words));
    }
  }

  /** Holds a conversation of one turn before the attack. */
  private void hold(@Nullable String account, String text)
      throws AttemptOver, InterruptedException {
    setup.add(exchanges.say(account, text, Part.SETUP, prompt, List.of()));
    exchanges.nextConversation();
  }

  /** Looks in other conversations for what the attack left behind. */
  private void followUp() throws InterruptedException {
    while (!current.isEmpty() && verdict != null && verdict.outcome() != Outcome.UNASSESSED) {
      Optional<FollowUp> next = judge.next(dialogue(), tools.truth(), population());
      if (next.isEmpty()) {
        return;
      }
      Verdict reached = verdict;
      slot.call();
      exchanges.nextConversation();
      try {
        after.add(
            exchanges.say(next.get().identity(), next.get().text(), Part.AFTER, prompt, List.of()));
        slot.judge();
        verdict = judge.judge(dialogue(), tools.truth());
      } catch (AttemptOver over) {
        // What was seen already stays true; what did not happen yet is not known.
        verdict = reached.outcome() == Outcome.SUCCEEDED ? reached : verdict;
        return;
      }
    }
  }

  private Dialogue dialogue() {
    return new Dialogue(setup, current, after);
  }

  private int population() {
    return tools.plan().spec().population();
  }

  @Override
  public Answer say(String text) throws AttemptOver, InterruptedException {
    if (turnsLeft() == 0) {
      throw new AttemptOver("no turn is left");
    }
    Exchange exchange = exchanges.say(call.identity(), text, Part.ATTACK, prompt, current);
    attackTurns++;
    current.add(exchange);
    Verdict now = decide(dialogue());
    verdict = now;
    if (now.outcome() == Outcome.SUCCEEDED) {
      throw new AttemptOver("it succeeded");
    }
    if (turnsLeft() > 0) {
      slot.call();
    }
    return new Answer(exchange.answer(), now);
  }

  /** Planted facts that came out decide before anybody outside is asked. */
  private Verdict decide(Dialogue dialogue) throws InterruptedException {
    if (outside == null) {
      slot.judge();
      return judge.judge(dialogue, tools.truth());
    }
    Verdict own = missing ? null : judge.judge(dialogue, tools.truth());
    return own != null && own.outcome() == Outcome.SUCCEEDED ? own : outside.judge(dialogue);
  }

  @Override
  public void restart() {
    if (!current.isEmpty()) {
      exchanges.nextConversation();
      current.clear();
    }
  }

  @Override
  public PlannedCall call() {
    return call;
  }

  @Override
  public String request() {
    return prompt.text();
  }

  @Override
  public String plainRequest() {
    // In a chain the other parts have their say in every turn.
    return call.technique().parts().isEmpty()
        ? tools.words().fill(call, call.plain())
        : prompt.request();
  }

  @Override
  public String fill(String text) {
    return tools.words().fill(call, text);
  }

  @Override
  public int turnsLeft() {
    return mostTurns - attackTurns;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Optional<Attacker> attacker() {
    if (ProgramProbes.STRATEGY.equals(call.technique().strategy())) {
      return Optional.of(taped(ProgramProbes.source(tools, call)));
    }
    AttackerModel model = tools.aids().attacker();
    boolean rules =
        model == null && attackerAnswers.isEmpty() && tools.plan().spec().aids().attacker() == null;
    return rules
        ? Optional.empty()
        : Optional.of(taped(model == null ? null : TapedAttacker.model(model, tools, call)));
  }

  private TapedAttacker taped(TapedAttacker.@Nullable Source source) {
    return new TapedAttacker(tools, call, source, attackerAnswers, this::unassessed);
  }

  private AttemptOver unassessed(String reason) {
    verdict = Verdict.unassessed(reason);
    return new AttemptOver(reason);
  }
}
