package dev.redoubt.attack.chat;

import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Seeds;
import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes one attempt of a run again, with the same words or others: for a repeater, a minimiser, a
 * regression test. What it sends goes to a tape of its own in the run's folder, {@code
 * retries.jsonl}; the run stays as it was. For one thread.
 *
 * @since 0.1.0
 */
public final class Repeater implements AutoCloseable {
  private static final String TAPE = "retries.jsonl";

  private final Probes probes = Probes.shipped();
  private final Plan plan;
  private final TapeState taped;
  private final Tape tape;
  private final @Nullable SinkServer sink;
  private final Caller caller;
  private final PassTools tools;
  private final LiveAids aids;
  private int shots;

  private Repeater(RunFolder folder, PassFile file, Plan plan, Limits limits, LiveAids aids) {
    this.plan = plan;
    this.aids = aids;
    this.taped = TapeState.read(folder.tape(), plan.spec().pass());
    InstantSource clock = InstantSource.system();
    Path retries = folder.path().resolve(TAPE);
    this.tape = Tape.open(retries, clock.instant());
    boolean external = plan.target().endpoint().groundTruth().sinkUrl() != null;
    boolean named = plan.attempts().stream().anyMatch(PlannedCall::usesSink);
    this.sink = external || !named ? null : SinkServer.start(file.sinkPort());
    var budget = new Budget(limits, AttemptUsage.NONE, System::nanoTime);
    this.caller = new Caller(plan.target(), plan.spec(), sink, budget, clock);
    this.tools =
        new PassTools(
            plan,
            probes,
            Truth.load(plan.target()),
            new LateWords(plan.target(), caller.sinkBase()),
            caller,
            tape,
            // Nothing of this pass is there: every turn goes out.
            TapeState.read(retries, "none"),
            budget,
            new Circuit(true, 0),
            aids,
            clock);
  }

  /**
   * Opens the pass of an attempt.
   *
   * @param folder folder of the run
   * @param attempt id of the attempt
   * @param environment variables for the description of the system
   * @param limits what may be used up
   * @throws UsageException when there is no such attempt
   */
  public static Repeater open(
      RunFolder folder, String attempt, Map<String, String> environment, Limits limits)
      throws InterruptedException {
    return open(folder, attempt, environment, limits, aids -> LiveAids.NONE);
  }

  /**
   * The same for a pass that asks something besides its target.
   *
   * @param opener opens it; closed with the repeater
   */
  public static Repeater open(
      RunFolder folder,
      String attempt,
      Map<String, String> environment,
      Limits limits,
      LiveAids.Opener opener)
      throws InterruptedException {
    int slash = attempt.indexOf('/');
    String pass = slash < 0 ? attempt : attempt.substring(0, slash);
    if (!folder.passes().contains(pass)) {
      throw new UsageException(
          "no attempt '"
              + attempt
              + "' in run '"
              + folder.id()
              + "'; ids look like "
              + (folder.passes().isEmpty() ? "run" : folder.passes().getFirst())
              + "/secret-leak/direct/0");
    }
    PassFile file = PassFile.read(folder, pass);
    Target target = Campaign.target(folder, file, environment);
    Plan plan = Campaign.plan(file.spec(), target);
    call(plan, attempt);
    return new Repeater(folder, file, plan, limits, opener.open(file.spec().aids()));
  }

  /**
   * The attempt as it was planned.
   *
   * @throws UsageException when the plan has none of that id
   */
  public PlannedCall call(String attempt) {
    return call(plan, attempt);
  }

  private static PlannedCall call(Plan plan, String attempt) {
    return plan.attempts().stream()
        .filter(c -> c.id().equals(attempt))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("the plan of this run has no attempt '" + attempt + "'"));
  }

  /**
   * The words that the attacker chose in the conversation that decided: the planted text, or the
   * turns of the chat.
   *
   * @throws UsageException when the tape has none
   */
  public List<String> words(String attempt) {
    List<Exchange> turns = taped.turns(attempt).stream().filter(e -> !e.setup()).toList();
    if (turns.isEmpty()) {
      throw new UsageException(
          "attempt '" + attempt + "' was never sent; there is nothing to send");
    }
    Wording.PlantedText plant = turns.getFirst().plant();
    int last = turns.getLast().conversation();
    return plant != null
        ? List.of(plant.whole())
        : turns.stream().filter(e -> e.conversation() == last).map(Exchange::question).toList();
  }

  /**
   * What came of sending an attempt again.
   *
   * @param id its id on the tape
   * @param verdict what the judge says
   * @param transcript what was said
   */
  public record Shot(String id, Verdict verdict, List<Turn> transcript) {}

  /**
   * Sends an attempt again.
   *
   * @param attempt id of the attempt
   * @param words what to say instead of its own words, turn by turn; for a planted text one item
   * @param trial 0 for the seed of the attempt itself, else a number that a seed is drawn from
   */
  public Shot fire(String attempt, List<String> words, int trial) throws InterruptedException {
    PlannedCall call = call(attempt);
    long seed =
        trial == 0
            ? call.seed()
            : Seeds.positive31(Seeds.derive(call.seed(), "trial", Integer.toString(trial)));
    PlannedCall again =
        fresh(call, call.again("retry-" + ++shots + "/" + attempt, seed, planted(attempt, words)));
    boolean open = again.prompt().plant() == null;
    try (CallSlots.Slot slot = new CallSlots(1).take()) {
      AttemptRun.Played played =
          new AttemptRun(tools, again, slot, open ? new Script(words) : null).play();
      return new Shot(again.id(), played.verdict(), List.copyOf(played.transcript()));
    }
  }

  /**
   * Draws the attempt's value anew: what an earlier shot left in the memory or the mail of the
   * target would else be taken for the effect of this one. It must stand in the words in plain.
   */
  private PlannedCall fresh(PlannedCall call, PlannedCall again) {
    Exchange first = attacked(call.id());
    String marker = first.marker();
    String tag = LateWords.mailTag(new Random(call.seed()));
    boolean tagged = marker != null && marker.contains(tag);
    String old = tagged ? tag : LateWords.nonce(call);
    // An effect is what was not there before the shot, so that its value may stay.
    boolean effect = probes.judge(call.objective()).watches() != Judge.Watch.NOTHING;
    if (effect || marker == null || !marker.contains(old)) {
      return again;
    }
    boolean lasts = first.plant() != null;
    if (!lasts || first.attackerText().contains(old)) {
      var random = new SecureRandom();
      String drawn =
          tagged
              ? LateWords.mailTag(random)
              : lasts ? LateWords.nonce(random) : LateWords.nonce(again);
      return again.again(again.id(), again.seed(), again.prompt().replaced(old, drawn));
    }
    throw new UsageException(
        "'"
            + call.technique().id()
            + "' hides the drawn value of the attempt, so that what an earlier attempt left behind"
            + " can't be told from what this one does; take an attempt by another technique");
  }

  private Exchange attacked(String attempt) {
    return taped.turns(attempt).stream().filter(e -> !e.setup()).findFirst().orElseThrow();
  }

  /** A planted text comes from the tape, since it carries what was drawn for the attempt. */
  private Wording planted(String attempt, List<String> words) {
    Exchange first = attacked(attempt);
    Wording.PlantedText plant = first.plant();
    return new Wording(
        first.question(),
        plant == null ? null : plant.saying(plant.subject(), "", String.join("\n", words)),
        first.marker(),
        Map.of());
  }

  /** Says given words, turn by turn. */
  private record Script(List<String> words) implements Strategy {
    @Override
    public String id() {
      return "script";
    }

    @Override
    public int mostTurns(Technique technique) {
      return words.size();
    }

    @Override
    public void play(Stage stage) throws AttemptOver, InterruptedException {
      for (String text : words) {
        stage.say(text);
      }
    }
  }

  @Override
  public void close() {
    aids.close();
    caller.close();
    tape.close();
    if (sink != null) {
      sink.close();
    }
  }
}
