package dev.redoubt.attack.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says before a pass which of its options will have no effect, and what its techniques need. */
final class PlanNotes {
  private final Probes probes;
  private final CampaignSpec spec;

  PlanNotes(Probes probes, CampaignSpec spec) {
    this.probes = probes;
    this.spec = spec;
  }

  List<String> of(
      List<Objective> objectives, List<Technique> techniques, List<PlannedCall> attempts) {
    var notes = new ArrayList<String>();
    oneAtATime(objectives, notes);
    repeats(attempts, notes);
    attacker(techniques, attempts, notes);
    ModelJudge model = spec.aids().model();
    if (model != null) {
      notes.add(
          "judge "
              + model.label()
              + ": decides "
              + String.join(", ", model.objectives())
              + (model.calibrated()
                  ? ", " + model.errors()
                  : "; it is not calibrated, so that what it would decide is unassessed"));
    }
    for (ProgramChoice judge : spec.aids().judges()) {
      notes.add(
          "judge '"
              + judge.shown()
              + "': decides "
              + (judge.objectives().isEmpty()
                  ? "what the description has no ground truth for"
                  : String.join(", ", judge.objectives()))
              + "; planted facts that come out decide before it is asked");
    }
    for (Technique technique : techniques) {
      if (technique.note() != null) {
        notes.add(technique.id() + ": " + technique.note());
      }
    }
    return notes;
  }

  private void oneAtATime(List<Objective> objectives, List<String> notes) {
    if (spec.concurrency() == 1) {
      return;
    }
    String single =
        objectives.stream()
            .filter(o -> probes.judge(o).oneAtATime())
            .map(Objective::id)
            .collect(Collectors.joining(", "));
    if (!single.isEmpty()) {
      notes.add(
          single
              + ": called one at a time in spite of concurrency "
              + spec.concurrency()
              + ", so that each record of the tool ledger has one possible cause");
    }
  }

  /** Who writes the words of adaptive techniques, and for which the choice means nothing. */
  private void attacker(
      List<Technique> techniques, List<PlannedCall> attempts, List<String> notes) {
    List<String> asking =
        techniques.stream().filter(probes::asksAttacker).map(Technique::id).toList();
    ModelChoice model = spec.aids().attacker();
    if (model == null) {
      if (!asking.isEmpty()) {
        notes.add(
            String.join(", ", asking)
                + ": the rule-based attacker writes the words; --attacker local or --attacker URL"
                + " has a model write them");
      }
      return;
    }
    boolean rewords = attempts.stream().anyMatch(c -> OwnRewriter.applies(c, spec));
    if (rewords) {
      notes.add(
          "attacker "
              + model.name()
              + ": says the requests that are composed of the description in words of its own");
    }
    if (asking.isEmpty() && !rewords) {
      notes.add(
          "attacker "
              + model.name()
              + ": has no effect, since no technique of this plan asks an attacker's model; "
              + probes.techniques().stream()
                  .filter(probes::asksAttacker)
                  .map(Technique::id)
                  .collect(Collectors.joining(", "))
              + " do");
    } else if (!asking.isEmpty()) {
      notes.add(
          "attacker "
              + model.name()
              + ": writes the words of "
              + String.join(", ", asking)
              + (asking.size() == techniques.size() ? "" : "; no effect on the other techniques"));
    }
  }

  /** More repetitions than there are texts only ask the same again. */
  private void repeats(List<PlannedCall> attempts, List<String> notes) {
    Map<String, Map<String, Set<Integer>>> texts = new LinkedHashMap<>();
    for (PlannedCall call : attempts) {
      Technique technique = call.technique();
      if (call.leftOut() == null
          && technique.strategy() == null
          && technique.allTransforms().noneMatch(Transform::draws)) {
        texts
            .computeIfAbsent(technique.id(), t -> new LinkedHashMap<>())
            .computeIfAbsent(call.objective().id(), o -> new HashSet<>())
            .add(call.wording());
      }
    }
    String few =
        texts.entrySet().stream()
            .filter(e -> fewest(e.getValue()) < spec.repetitions())
            .map(e -> e.getKey() + " " + fewest(e.getValue()))
            .collect(Collectors.joining(", "));
    if (!few.isEmpty()) {
      notes.add(
          "repetitions "
              + spec.repetitions()
              + ": more than some techniques have different texts for an objective ("
              + few
              + "); what goes beyond asks the same again with another sampling seed, and answers"
              + " that repeat don't count twice");
    }
  }

  private static int fewest(Map<String, Set<Integer>> byObjective) {
    return byObjective.values().stream().mapToInt(Set::size).min().orElse(0);
  }
}
