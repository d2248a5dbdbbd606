package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Seeds;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Lays out the attempts of a pass: objective × technique × repetition. */
final class Planner {
  /** Longer texts are refused by every model, and a run keeps them all. */
  private static final int LONGEST_TEXT = 1 << 20;

  private final Probes probes;
  private final CampaignSpec spec;
  private final Target target;
  private final PlanSize size;
  private final CallWriter calls;
  private final ForeignCalls foreign;
  private final List<String> conversations = new ArrayList<>();

  Planner(Probes probes, CampaignSpec spec, Target target) {
    this.probes = probes;
    this.spec = spec;
    this.target = target;
    this.size = new PlanSize(probes, spec, target);
    this.calls = new CallWriter(probes, spec, target);
    this.foreign = new ForeignCalls(spec, target, calls);
  }

  Plan plan() {
    Truth truth = Truth.load(target);
    List<Objective> objectives = objectives();
    requirePopulation(objectives);
    List<Technique> techniques = techniques();
    var attempts = new ArrayList<PlannedCall>();
    var ordinaries = new Ordinaries();
    var composer = new Composer(Composition.shipped(), spec, target, truth);
    for (Objective objective : objectives) {
      Optional<String> lacks = probes.judge(objective).missing(truth);
      // A program may decide what the description has no ground truth for.
      Optional<String> missing =
          spec.aids().judgedOutside(objective, lacks.isPresent()) ? Optional.empty() : lacks;
      List<Map<String, String>> cases = probes.judge(objective).cases(truth);
      boolean compares = probes.judge(objective).comparesWithPlain();
      OwnShare own =
          new OwnShare(spec.ownWords(), composer, objective, probes.judge(objective), missing);
      for (CallWriter.Cell cell :
          cells(objective, compares ? plainFirst(techniques) : techniques)) {
        OwnShare.Chosen mine = own.choose(cell.technique(), cell.repetition());
        PlannedCall call = calls.call(attempts.size(), objective, cell, cases, mine);
        PlannedCall planned =
            missing.or(own::leftOut).or(() -> tooLong(call)).map(call::leaveOut).orElse(call);
        own.planned(planned, mine, ordinaries);
        attempts.add(planned);
      }
      foreign.of(objective, attempts.size(), plants(objective), cases).stream()
          .map(call -> missing.map(call::leaveOut).orElse(call))
          .forEach(attempts::add);
    }
    if (spec.ownWords() != OwnWords.OFF) {
      attempts.addAll(ordinaries.calls(spec, probes.technique(Technique.PLAIN), attempts.size()));
    }
    List<PlannedCall> kept = size.withinBudget(attempts);
    List<PlannedCall> attacks = kept.stream().filter(a -> !Ordinaries.is(a.objective())).toList();
    var notes = new ArrayList<>(new PlanNotes(probes, spec).of(objectives, techniques, attacks));
    notes.addAll(conversations);
    composer.note(kept.size() - attacks.size()).ifPresent(notes::add);
    return new Plan(spec, target, kept, size.forecast(kept), notes);
  }

  private void requirePopulation(List<Objective> objectives) {
    if (spec.population() == 0) {
      return;
    }
    if (objectives.stream().noneMatch(o -> probes.judge(o).planting() == Planting.MAIL)) {
      conversations.add("population " + spec.population() + ": none of the objectives spreads");
      return;
    }
    AgentTruth.Mail mail = target.endpoint().groundTruth().agent().mail();
    int mailboxes = mail == null ? 0 : mail.mailboxes().size();
    if (mailboxes < spec.population()) {
      throw new UsageException(
          "%s: a population of %d needs as many mailboxes, each of an identity, and groundTruth.mail"
                  .formatted(target.endpoint().location(), spec.population())
              + " of '%s' has %d; add %d, or ask for a smaller population"
                  .formatted(target.name(), mailboxes, spec.population() - mailboxes));
    }
  }

  /**
   * Where a run may stop early the techniques come in an order drawn from the seed: their rates
   * differ, and one after the other they would not behave as trials of one rate.
   */
  private List<CallWriter.Cell> cells(Objective objective, List<Technique> techniques) {
    var cells = new ArrayList<CallWriter.Cell>();
    for (Technique technique : techniques) {
      if (technique.strategy() != null && plants(objective)) {
        conversations.add(
            technique.id()
                + ": takes several turns, and "
                + objective.id()
                + " plants a text; left out of the plan");
        continue;
      }
      for (int r = 0; r < spec.repetitions(); r++) {
        cells.add(new CallWriter.Cell(technique, r));
      }
    }
    if (spec.stopWidth() != null) {
      Collections.shuffle(cells, new Random(Seeds.derive(spec.seed(), "order", objective.id())));
    }
    return cells;
  }

  private static boolean plants(Objective objective) {
    return objective.wordings().stream().allMatch(w -> w.plant() != null);
  }

  private List<Technique> plainFirst(List<Technique> techniques) {
    var all = new ArrayList<Technique>();
    all.add(probes.technique(Technique.PLAIN));
    techniques.stream().filter(t -> !t.id().equals(Technique.PLAIN)).forEach(all::add);
    return all;
  }

  private List<Objective> objectives() {
    List<Objective> chosen =
        spec.objectives().isEmpty()
            ? probes.objectives()
            : spec.objectives().stream().distinct().map(probes::objective).toList();
    // Those that are called one at a time come last, in one stretch.
    return chosen.stream()
        .sorted(
            Comparator.comparing((Objective o) -> probes.judge(o).oneAtATime())
                .thenComparingInt(Objective::order)
                .thenComparing(Objective::id))
        .toList();
  }

  private List<Technique> techniques() {
    if (spec.techniques().isEmpty()) {
      return probes.standardTechniques().stream().filter(t -> t.has(spec.wordings())).toList();
    }
    List<Technique> chosen = spec.techniques().stream().distinct().map(probes::technique).toList();
    for (Technique technique : chosen) {
      if (!technique.has(spec.wordings())) {
        throw new UsageException(
            "technique '"
                + technique.id()
                + "' has no wordings for "
                + (spec.wordings() == WordingSet.FIRST ? "a first pass" : "a later pass")
                + "; take another technique");
      }
    }
    return chosen.stream()
        .sorted(Comparator.comparingInt(Technique::order).thenComparing(Technique::id))
        .toList();
  }

  private Optional<String> tooLong(PlannedCall call) {
    int length = size.length(call);
    return length <= LONGEST_TEXT
        ? Optional.empty()
        : Optional.of(
            "the text would be "
                + length
                + " characters long, more than "
                + LONGEST_TEXT
                + ": take a smaller size, or fewer parts of the chain");
  }
}
