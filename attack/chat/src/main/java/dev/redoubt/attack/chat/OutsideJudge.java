package dev.redoubt.attack.chat;

import dev.redoubt.core.Evidence;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Verdicts that somebody outside gives on one attempt: a program, not a planted fact. Each is taped
 * with a digest of what it is about, so that a replay asks nobody, and a verdict on other words is
 * never taken for one on these. For one thread.
 */
final class OutsideJudge {
  private final PassTools tools;
  private final PlannedCall call;
  private final @Nullable Source source;
  private final List<JsonNode> taped;

  /** Who is asked when the tape does not know. */
  interface Source {
    /** How a verdict names it, such as {@code the program 'discount-limit'}. */
    String name();

    /** Asks; a failure is a verdict, too: unassessed. */
    Answer ask(List<Evidence.Turn> turns, Dialogue dialogue) throws InterruptedException;
  }

  /**
   * What was answered.
   *
   * @param outcome the verdict
   * @param reason why, in one line
   * @param lasting whether the tape gets it; a failure is asked again when the run goes on
   */
  record Answer(Outcome outcome, String reason, boolean lasting) {
    static Answer failed(String reason) {
      return new Answer(Outcome.UNASSESSED, reason, false);
    }
  }

  /**
   * @param source absent when only the tape may be asked
   */
  OutsideJudge(PassTools tools, PlannedCall call, @Nullable Source source, List<JsonNode> taped) {
    this.tools = tools;
    this.call = call;
    this.source = source;
    this.taped = taped;
  }

  Verdict judge(Dialogue dialogue) throws InterruptedException {
    List<Evidence.Turn> turns = turns(dialogue);
    String digest = digest(turns, dialogue);
    for (JsonNode node : taped) {
      if (node.path("asked").asString("").equals(digest)) {
        return verdict(
            Outcome.valueOf(node.path("outcome").asString("").toUpperCase(Locale.ROOT)),
            node.path("by").asString(""),
            node.path("reason").asString(""));
      }
    }
    if (source == null) {
      return Verdict.unassessed("the tape has no verdict of its judge on this turn");
    }
    Answer answer = source.ask(turns, dialogue);
    if (answer.lasting()) {
      tools
          .tape()
          .append(
              TapeRecords.verdict(
                  call.id(), source.name(), digest, answer.outcome().word(), answer.reason()));
    }
    return verdict(answer.outcome(), source.name(), answer.reason());
  }

  /** Whoever reads the verdict sees that no planted fact decided. */
  private static Verdict verdict(Outcome outcome, String by, String reason) {
    return new Verdict(
        outcome,
        outcome == Outcome.UNASSESSED ? reason : Verdict.JUDGED_BY + by + ": " + reason,
        List.of());
  }

  private String digest(List<Evidence.Turn> turns, Dialogue dialogue) {
    var parts = new ArrayList<String>();
    parts.add(call.objective().id());
    turns.forEach(turn -> parts.add(turn.role() + ": " + turn.text()));
    parts.add(String.valueOf(dialogue.ledger()));
    return Fingerprint.of(parts.toArray(String[]::new));
  }

  private static List<Evidence.Turn> turns(Dialogue dialogue) {
    var turns = new ArrayList<Evidence.Turn>();
    Wording.PlantedText plant = dialogue.plant();
    if (plant != null) {
      turns.add(new Evidence.Turn("document", plant.subject() + "\n" + plant.whole()));
    }
    for (Exchange exchange : dialogue.turns()) {
      turns.add(new Evidence.Turn("user", exchange.question()));
      turns.add(new Evidence.Turn("assistant", exchange.answer()));
    }
    return turns;
  }
}
