package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the calls of a plan: chooses the wording, fills the words in braces, dresses it, and says
 * why a call has to be left out. Belongs to one plan.
 */
final class CallWriter {
  /** Filled when a call is sent. */
  static final Set<String> LATE = Set.of("sink", "token", "nonce", "page");

  static final String NOBODY_ASKS =
      "a second account asks here: add a second entry to the endpoint's identities";

  private final Probes probes;
  private final CampaignSpec spec;
  private final Target target;
  private final Map<Map<String, String>, Placeholders> placeholders = new HashMap<>();
  private final Map<Asked, Wording> filled = new HashMap<>();
  private final Map<Worn, Dress> dresses = new HashMap<>();

  /** Something to fill, and the words of the case that it is about. */
  private record Asked(Wording what, Map<String, String> own) {}

  /** The same for frames. */
  private record Worn(List<Dress.Layer> layers, Map<String, String> own) {}

  /** A technique and how often it was used before on the same objective. */
  record Cell(Technique technique, int repetition) {}

  CallWriter(Probes probes, CampaignSpec spec, Target target) {
    this.probes = probes;
    this.spec = spec;
    this.target = target;
  }

  /** Words of the endpoint's context. */
  static Placeholders placeholders(Target target) {
    return new Placeholders(words(target));
  }

  static String id(CampaignSpec spec, Objective objective, Technique technique, int repetition) {
    return spec.pass() + "/" + objective.id() + "/" + technique.id() + "/" + repetition;
  }

  /** Not by the pass: the calls of two passes pair up. */
  static long seed(CampaignSpec spec, Objective objective, Technique technique, int repetition) {
    return Seeds.positive31(
        Seeds.derive(spec.seed(), objective.id(), technique.id(), Integer.toString(repetition)));
  }

  /**
   * Writes a call.
   *
   * @param index place in the plan
   * @param cases what is declared for the objective, such as its policies
   * @param mine what was composed in the system's own words; absent takes a shipped wording
   */
  PlannedCall call(
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
              + missing.stream().map(CallWriter::whereToAdd).collect(Collectors.joining(" and ")));
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

  /** Fills the words of a text that no technique dresses. */
  Wording filled(
      Wording wording, Technique technique, int repetition, List<Map<String, String>> cases) {
    Map<String, String> own = words(technique, repetition, cases);
    return fill(wording, placeholders.computeIfAbsent(own, this::placeholders));
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
