package dev.redoubt.attack.chat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Seeds;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lays out the attempts of a pass: objective × technique × repetition. */
final class Planner {
  /** Filled when a call is sent. */
  static final Set<String> LATE = Set.of("sink", "token", "nonce", "page");

  /** Longer texts are refused by every model, and a run keeps them all. */
  private static final int LONGEST_TEXT = 1 << 20;

  static final String NOBODY_ASKS =
      "a second account asks here: add a second entry to the endpoint's identities";

  private final Probes probes;
  private final CampaignSpec spec;
  private final Target target;
  private final Map<Map<String, String>, Placeholders> placeholders = new HashMap<>();
  private final Map<Asked, Wording> filled = new HashMap<>();
  private final Map<Worn, Dress> dresses = new HashMap<>();
  private final PlanSize size;
  private final ForeignCalls foreign;
  private final List<String> conversations = new ArrayList<>();

  /** Something to fill, and the words of the case that it is about. */
  private record Asked(Wording what, Map<String, String> own) {}

  /** The same for frames. */
  private record Worn(List<Dress.Layer> layers, Map<String, String> own) {}

  Planner(Probes probes, CampaignSpec spec, Target target) {
    this.probes = probes;
    this.spec = spec;
    this.target = target;
    this.size = new PlanSize(probes, spec, target);
    this.foreign =
        new ForeignCalls(
            spec,
            target,
            (wording, technique, repetition, cases) ->
                fill(
                    wording,
                    placeholders.computeIfAbsent(
                        words(technique, repetition, cases), this::placeholders)));
  }

  /** Words of the endpoint's context. */
  static Placeholders placeholders(Target target) {
    return new Placeholders(words(target));
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
      for (Cell cell : cells(objective, compares ? plainFirst(techniques) : techniques)) {
        OwnShare.Chosen mine = own.choose(cell.technique(), cell.repetition());
        PlannedCall call = call(attempts.size(), objective, cell, cases, mine);
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

  static String id(CampaignSpec spec, Objective objective, Technique technique, int repetition) {
    return spec.pass() + "/" + objective.id() + "/" + technique.id() + "/" + repetition;
  }

  /** Not by the pass: the calls of two passes pair up. */
  static long seed(CampaignSpec spec, Objective objective, Technique technique, int repetition) {
    return Seeds.positive31(
        Seeds.derive(spec.seed(), objective.id(), technique.id(), Integer.toString(repetition)));
  }

  private record Cell(Technique technique, int repetition) {}

  /**
   * Where a run may stop early the techniques come in an order drawn from the seed: their rates
   * differ, and one after the other they would not behave as trials of one rate.
   */
  private List<Cell> cells(Objective objective, List<Technique> techniques) {
    var cells = new ArrayList<Cell>();
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
        cells.add(new Cell(technique, r));
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

  private PlannedCall call(
      int index,
      Objective objective,
      Cell cell,
      List<Map<String, String>> cases,
      OwnShare.@Nullable Chosen mine) {
    Technique technique = cell.technique();
    int repetition = cell.repetition();
    // What is composed holds the words of its case already.
    Map<String, String> own = mine == null ? words(technique, repetition, cases) : Map.of();
    Placeholders words = placeholders.computeIfAbsent(own, this::placeholders);
    Optional<Prompt> chosen =
        mine == null
            ? Prompt.choose(objective, technique, spec.wordings(), repetition)
            : Optional.of(mine.prompt());
    Wording wording =
        chosen.map(Prompt::wording).orElseGet(() -> objective.of(spec.wordings()).getFirst());
    String id = id(spec, objective, technique, repetition);
    long seed = seed(spec, objective, technique, repetition);
    boolean asOther = objective.asker().equals("other");
    Optional<Identity> asker = probes.judge(objective).planting().asker(target, objective);
    var call =
        new PlannedCall(
            index,
            id,
            objective,
            technique,
            chosen.map(Prompt::index).orElse(0),
            repetition,
            seed,
            asker.map(Identity::name).orElse(null),
            by(
                filled.computeIfAbsent(new Asked(wording, own), a -> fill(a.what(), words)),
                objective,
                technique,
                repetition,
                seed),
            chosen.map(p -> dress(p.dress(technique, seed), own, words)).orElse(Dress.NONE),
            null);
    return chosen.isEmpty()
        ? call.leaveOut(
            "no wording of the objective is translated into a language of this technique: add one,"
                + " such as de, to its file")
        : leaveOut(call, wording, words, asOther && asker.isEmpty());
  }

  /** Repetitions share their frames, as they do their wordings. */
  private Dress dress(Dress dress, Map<String, String> own, Placeholders words) {
    return dresses
        .computeIfAbsent(new Worn(dress.layers(), own), worn -> dress.filled(words))
        .withSeed(dress.seed());
  }

  private PlannedCall leaveOut(
      PlannedCall call, Wording wording, Placeholders words, boolean nobodyAsks) {
    Set<String> missing = new TreeSet<>();
    texts(wording).forEach(text -> missing.addAll(words.missing(text, LATE)));
    call.dress().texts().forEach(text -> missing.addAll(words.missing(text, LATE)));
    if (!missing.isEmpty()) {
      return call.leaveOut(
          "the wording needs "
              + missing.stream().map(Planner::whereToAdd).collect(Collectors.joining(" and ")));
    }
    Optional<String> noWay =
        wording.plant() == null
            ? Optional.empty()
            : probes.judge(call.objective()).planting().missing(target).or(() -> unserved(call));
    if (noWay.isPresent()) {
      return call.leaveOut(noWay.get());
    }
    if (nobodyAsks) {
      return call.leaveOut(NOBODY_ASKS);
    }
    return call;
  }

  /** Why the run can't serve the page that carries its text; empty when it can, or need not. */
  private Optional<String> unserved(PlannedCall call) {
    return call.prompt().text().contains("{page}")
            && target.endpoint().groundTruth().sinkUrl() != null
        ? Optional.of(
            "the run serves no page where groundTruth.sinkUrl names a sink elsewhere: remove it, or"
                + " add url and body to groundTruth.plants.page")
        : Optional.empty();
  }

  /** Texts go in by each way in turn; techniques start at different ones. */
  private Wording by(
      Wording filled, Objective objective, Technique technique, int repetition, long seed) {
    Wording.PlantedText plant = filled.plant();
    List<PlantWay> ways = probes.judge(objective).planting().ways(target);
    if (plant == null || ways.isEmpty()) {
      return filled;
    }
    PlantWay way = ways.get((technique.order() + repetition) % ways.size());
    boolean served =
        target.endpoint().groundTruth().plant(way.channel()).filter(Plant::served).isPresent();
    String text = served ? "Read {page} first. " + filled.text() : filled.text();
    String marker = filled.marker();
    if (ways.size() == 1 || marker == null || !marker.contains("@")) {
      return new Wording(text, plant.by(way), marker, filled.translations());
    }
    // Texts stay where they were planted: an address of its own tells whose order was obeyed.
    String own = marker.replaceFirst("@", LateWords.mailTag(new Random(seed)));
    return new Wording(
        text,
        plant.by(way).saying(plant.subject(), plant.intro(), plant.text().replace(marker, own)),
        own,
        filled.translations());
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

  private static String whereToAdd(String name) {
    return switch (name) {
      case "tool", "limit", "overLimit" ->
          "{" + name + "}: add a tool component with limits to redoubt.yaml";
      default -> "{" + name + "}: add it to the endpoint's context in redoubt.yaml";
    };
  }

  private static List<String> texts(Wording wording) {
    var texts = new ArrayList<String>();
    texts.add(wording.text());
    Wording.PlantedText plant = wording.plant();
    if (plant != null) {
      texts.add(plant.subject());
      texts.add(plant.whole());
    }
    if (wording.marker() != null) {
      texts.add(wording.marker());
    }
    return texts;
  }

  /** What is declared comes round with the repetitions; techniques start at different places. */
  private Map<String, String> words(
      Technique technique, int repetition, List<Map<String, String>> cases) {
    return cases.isEmpty()
        ? Map.of()
        : cases.get((technique.order() * spec.repetitions() + repetition) % cases.size());
  }

  private Placeholders placeholders(Map<String, String> own) {
    var all = new HashMap<>(words(target));
    all.putAll(own);
    return new Placeholders(all);
  }

  /** Repetitions share their wordings, and a run may have very many of them. */
  private Wording fill(Wording wording, Placeholders words) {
    Wording.PlantedText plant = wording.plant();
    return new Wording(
        words.fill(wording.text()),
        plant == null
            ? null
            : plant.saying(
                words.fill(plant.subject()), words.fill(plant.intro()), words.fill(plant.text())),
        fillOrNull(wording.marker() == null ? caseName(words) : wording.marker(), words),
        Map.of());
  }

  private static @Nullable String caseName(Placeholders words) {
    String open = "{" + Judge.CASE + "}";
    return words.fill(open).equals(open) ? null : open;
  }

  private static @Nullable String fillOrNull(@Nullable String text, Placeholders words) {
    return text == null ? null : words.fill(text);
  }

  private static Map<String, String> words(Target target) {
    var words = new HashMap<String, String>(target.endpoint().context());
    LATE.forEach(words::remove);
    target
        .limitedTool()
        .ifPresent(tool -> {
          double limit = limit(tool);
          words.put("tool", tool.name());
          words.put("limit", AppWords.amount(limit));
          words.put("overLimit", AppWords.amount(limit * AppWords.FAR_ABOVE));
        });
    return words;
  }

  private static double limit(Tool tool) {
    return tool.limits().entrySet().stream()
        .min(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .orElse(0.0);
  }
}
