package dev.redoubt.attack.chat;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * The objectives, techniques and judges on the class path. Thread-safe.
 *
 * <p>A new objective or technique is one YAML file in a folder of the class path, a new judge one
 * class with a service entry; nothing else names them.
 *
 * @since 0.1.0
 */
public final class Probes {
  private static final String FOLDER = "dev/redoubt/attack/chat/";

  private final Map<String, Objective> objectives;
  private final Map<String, Technique> techniques;
  private final Map<String, Judge> judges;
  private final Map<String, Strategy> strategies;
  private final Map<String, Transform> transforms;

  private Probes(
      Map<String, Objective> objectives,
      Map<String, Technique> techniques,
      Map<String, Judge> judges,
      Map<String, Strategy> strategies,
      Map<String, Transform> transforms) {
    this.objectives = objectives;
    this.techniques = techniques;
    this.judges = judges;
    this.strategies = strategies;
    this.transforms = transforms;
  }

  private static final class Shipped {
    static final Probes PROBES = load(Probes.class.getClassLoader());
  }

  /** What is on the class path of this class; read once. */
  public static Probes shipped() {
    return Shipped.PROBES;
  }

  /**
   * Reads what is on a class path.
   *
   * @throws UsageException when a file is wrong, with file, line and key
   */
  public static Probes load(ClassLoader loader) {
    var judges = new LinkedHashMap<String, Judge>();
    ServiceLoader.load(Judge.class, loader).forEach(j -> judges.put(j.id(), j));
    var strategies = new LinkedHashMap<String, Strategy>();
    ServiceLoader.load(Strategy.class, loader).forEach(s -> strategies.put(s.id(), s));
    var transforms = new LinkedHashMap<String, Transform>();
    ServiceLoader.load(Transform.class, loader).forEach(t -> transforms.put(t.id(), t));
    var objectives =
        read(
            loader,
            "objectives",
            ProbeReader::objective,
            Comparator.comparingInt(Objective::order).thenComparing(Objective::id),
            Objective::id);
    var techniques =
        read(
            loader,
            "techniques",
            (id, file, yaml) -> TechniqueReader.read(id, file, yaml, transforms),
            Comparator.comparingInt(Technique::order).thenComparing(Technique::id),
            Technique::id);
    for (Objective objective : objectives.values()) {
      if (!judges.containsKey(objective.judge())) {
        throw new UsageException(
            "objectives/"
                + objective.id()
                + ".yaml: judge: no judge '"
                + objective.judge()
                + "'; "
                + Suggestion.howToMend(objective.judge(), judges.keySet()));
      }
    }
    for (Technique technique : techniques.values()) {
      String strategy = technique.strategy();
      if (strategy != null && !strategies.containsKey(strategy)) {
        throw new UsageException(
            "techniques/"
                + technique.id()
                + ".yaml: strategy: no strategy '"
                + strategy
                + "'; "
                + Suggestion.howToMend(strategy, strategies.keySet()));
      }
    }
    return new Probes(objectives, techniques, judges, strategies, transforms);
  }

  /** The objectives, in the order of a plan. */
  public List<Objective> objectives() {
    return List.copyOf(objectives.values());
  }

  /** The single techniques, in the order of a plan. */
  public List<Technique> techniques() {
    return List.copyOf(techniques.values());
  }

  /** Those that a pass uses when none is named. */
  public List<Technique> standardTechniques() {
    return techniques.values().stream().filter(Technique::standard).toList();
  }

  /** The transforms that techniques name. */
  public List<Transform> transforms() {
    return List.copyOf(transforms.values());
  }

  /**
   * Finds an objective.
   *
   * @throws UsageException when there is none of that id
   */
  public Objective objective(String id) {
    return find(objectives, id, "objective");
  }

  /**
   * Finds a technique, or a chain of several: {@code role-play+base64} encodes the request in its
   * role play, {@code base64+role-play} plays a role around the encoded request. {@code
   * many-shot:64} takes another size than the usual one.
   *
   * @param id name, or names joined by {@code +}
   * @throws UsageException when a part is unknown, or the parts make no sense together
   */
  public Technique technique(String id) {
    return TechniqueChain.read(techniques, id);
  }

  /** The judge of an objective. */
  public Judge judge(Objective objective) {
    return find(judges, objective.judge(), "judge");
  }

  /** The strategy of a technique; empty when it takes a single turn. */
  public Optional<Strategy> strategy(Technique technique) {
    String id = technique.strategy();
    return id == null ? Optional.empty() : Optional.of(find(strategies, id, "strategy"));
  }

  /** Most turns of one attempt by a technique, conversations before it not counted. */
  public int mostTurns(Technique technique) {
    return strategy(technique).map(s -> s.mostTurns(technique)).orElse(1);
  }

  /** Says whether an attacker's model writes the words of a technique, where there is one. */
  public boolean asksAttacker(Technique technique) {
    return strategy(technique).map(Strategy::asksAttacker).orElse(false);
  }

  private static <T> T find(Map<String, T> known, String id, String what) {
    T found = known.get(id);
    if (found == null) {
      throw new UsageException(
          "no " + what + " '" + id + "'; " + Suggestion.howToMend(id, known.keySet()));
    }
    return found;
  }

  private interface Reader<T> {
    T read(String id, String file, String yaml);
  }

  private static <T> Map<String, T> read(
      ClassLoader loader,
      String folder,
      Reader<T> reader,
      Comparator<T> order,
      Function<T, String> id) {
    var all = new ArrayList<T>();
    ResourceFolder.read(loader, FOLDER + folder, ".yaml")
        .forEach((name, text) -> all.add(reader.read(name, folder + "/" + name + ".yaml", text)));
    all.sort(order);
    var map = new LinkedHashMap<String, T>();
    all.forEach(t -> map.put(id.apply(t), t));
    return map;
  }
}
