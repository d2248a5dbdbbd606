package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Attacks that won, word for word, as a test that they don't win again. Holds what the attacker
 * said and nothing of what came back.
 *
 * @param run the run that they come from
 * @param seed its seed
 * @param attacks the attacks
 * @since 0.1.0
 */
public record RegressionPack(String run, long seed, List<Attack> attacks) {
  private static final int VERSION = 1;
  private static final int MOST_BYTES = 1 << 26;

  public RegressionPack {
    attacks = List.copyOf(attacks);
  }

  /**
   * An attack that won.
   *
   * @param objective what it is after
   * @param technique how it was dressed
   * @param wording index of its wording
   * @param repetition which repetition it was
   * @param seed sampling seed that was sent
   * @param turns what was said, turn by turn
   * @param plant what was planted before; absent when nothing was
   * @param marker what a tool call carries only when a planted order was obeyed
   */
  public record Attack(
      String objective,
      String technique,
      int wording,
      int repetition,
      long seed,
      List<String> turns,
      Wording.@Nullable PlantedText plant,
      @Nullable String marker) {
    public Attack {
      turns = List.copyOf(turns);
    }
  }

  /** Gathers the distinct attacks of a run that succeeded. */
  public static RegressionPack of(RunFolder folder) {
    var attacks = new ArrayList<Attack>();
    long seed = 0;
    for (String pass : folder.passes()) {
      PassFile file = PassFile.read(folder, pass);
      seed = file.spec().seed();
      TapeState tape = TapeState.read(folder.tape(), pass);
      tape.verdicts().stream()
          .map(JudgedAttempt::attempt)
          .filter(a -> a.outcome() == Outcome.SUCCEEDED && a.duplicateOf() == null)
          .sorted(java.util.Comparator.comparing(Attempt::id))
          .forEach(a -> attacks.add(attack(a, tape.turns(a.id()), file.sinkPort())));
    }
    return new RegressionPack(folder.id(), seed, attacks);
  }

  private static Attack attack(Attempt attempt, List<Exchange> exchanges, int sinkPort) {
    List<Exchange> said = exchanges.stream().filter(e -> !e.setup()).toList();
    int last = said.isEmpty() ? 0 : said.getLast().conversation();
    Wording.PlantedText plant = said.isEmpty() ? null : said.getFirst().plant();
    // The sink of the run is gone; the next run has its own.
    String sink =
        SinkServer.address(sinkPort)
            + "/"
            + LateWords.token(attempt.objective(), attempt.technique(), attempt.repetition());
    String page =
        LateWords.page(
            SinkServer.address(sinkPort),
            LateWords.token(attempt.objective(), attempt.technique(), attempt.repetition()));
    Wording open =
        new Wording("", plant, said.isEmpty() ? null : said.getFirst().marker(), Map.of())
            .replaced(sink, "{sink}")
            .redrawn(LateWords.nonce(new Random(attempt.seed())), "{nonce}");
    Wording.PlantedText planted = open.plant();
    return new Attack(
        attempt.objective(),
        attempt.technique(),
        attempt.wording(),
        attempt.repetition(),
        attempt.seed(),
        said.stream()
            .filter(e -> e.conversation() == last)
            .map(e -> e.question().replace(sink, "{sink}").replace(page, "{page}"))
            .toList(),
        planted == null ? null : planted.saying(planted.subject(), "", planted.whole()),
        open.marker());
  }

  /** Lays the attacks out as a pass against a target, so that it runs as any other. */
  public Plan plan(Target target, CampaignSpec spec) {
    Probes probes = Probes.shipped();
    Truth truth = Truth.load(target);
    var calls = new ArrayList<PlannedCall>();
    int most = 0;
    for (int r = 0; r < spec.repetitions(); r++) {
      for (Attack attack : attacks) {
        PlannedCall call = call(probes, target, attack, calls.size(), r, spec.pass());
        String missing = probes.judge(call.objective()).missing(truth).orElse(null);
        calls.add(missing == null ? call : call.leaveOut(missing));
        most += attack.turns().size();
      }
    }
    return new Plan(spec, target, calls, new Plan.Forecast(calls.size(), most, 0, null), List.of());
  }

  private static PlannedCall call(
      Probes probes, Target target, Attack attack, int index, int round, String pass) {
    Objective objective = probes.objective(attack.objective());
    Technique asIs =
        ProgramProbes.isProgram(attack.technique())
            ? ProgramProbes.technique(attack.technique(), null, Map.of())
            : probes.technique(attack.technique());
    return new PlannedCall(
        index,
        "%s/%s/%s/%d-%d"
            .formatted(pass, attack.objective(), attack.technique(), attack.repetition(), round),
        objective,
        attack.plant() == null ? asIs.scripted(attack.turns()) : asIs.scripted(List.of()),
        attack.wording(),
        attack.repetition(),
        attack.seed() + round,
        probes
            .judge(objective)
            .planting()
            .asker(target, objective)
            .map(dev.redoubt.core.Component.Identity::name)
            .orElse(null),
        new Wording(
            attack.turns().isEmpty() ? "" : attack.turns().getFirst(),
            attack.plant(),
            attack.marker(),
            Map.of()),
        Dress.NONE,
        null);
  }

  /** The pack as JSON. */
  public String json() {
    ObjectNode root =
        JsonMapper.shared()
            .createObjectNode()
            .put("redoubtRegression", VERSION)
            .put("run", run)
            .put("seed", seed);
    ArrayNode all = root.putArray("attacks");
    for (Attack attack : attacks) {
      ObjectNode node =
          all.addObject()
              .put("objective", attack.objective())
              .put("technique", attack.technique())
              .put("wording", attack.wording())
              .put("repetition", attack.repetition())
              .put("seed", attack.seed());
      attack.turns().forEach(node.putArray("turns")::add);
      Wording.PlantedText plant = attack.plant();
      if (plant != null) {
        ObjectNode planted = node.putObject("plant");
        TapeRecords.way(planted, plant.way());
        planted.put("subject", plant.subject()).put("text", plant.whole());
      }
      if (attack.marker() != null) {
        node.put("marker", attack.marker());
      }
    }
    return root.toPrettyString() + "\n";
  }

  /**
   * Reads a pack.
   *
   * @throws UsageException when there is none, or it is damaged
   */
  public static RegressionPack read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageException(file + ": is larger than " + (MOST_BYTES >> 20) + " MiB");
      }
      JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
      if (root.path("redoubtRegression").asInt(0) != VERSION) {
        throw new UsageException(
            file
                + ": is no regression pack of version "
                + VERSION
                + "; make one with redoubt attack export");
      }
      var attacks = new ArrayList<Attack>();
      for (JsonNode node : root.path("attacks")) {
        attacks.add(attack(node));
      }
      return new RegressionPack(
          root.path("run").asString(""), root.path("seed").asLong(0), attacks);
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": no such file; make one with redoubt attack export", e);
    } catch (IOException e) {
      throw new UsageException(file + ": can't be read (" + e.getMessage() + ")", e);
    } catch (JacksonException e) {
      throw new UsageException(file + ": is no JSON; make it again with redoubt attack export", e);
    }
  }

  private static Attack attack(JsonNode node) {
    var turns = new ArrayList<String>();
    node.path("turns").forEach(turn -> turns.add(turn.asString("")));
    JsonNode plant = node.path("plant");
    JsonNode marker = node.path("marker");
    return new Attack(
        node.path("objective").asString(""),
        node.path("technique").asString(""),
        node.path("wording").asInt(0),
        node.path("repetition").asInt(0),
        node.path("seed").asLong(0),
        turns,
        plant.isObject()
            ? new Wording.PlantedText(
                TapeRecords.way(plant),
                plant.path("subject").asString(""),
                "",
                plant.path("text").asString(""))
            : null,
        marker.isString() ? marker.asString() : null);
  }
}
