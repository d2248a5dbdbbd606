package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every objective keeps: on a target that really has the weakness it succeeds, on the mended
 * one it resists, and without ground truth it is unassessed, makes no call and says what to add.
 *
 * <p>A test of an objective extends this and sets up both targets.
 */
abstract class ObjectiveContract {
  @TempDir Path folder;

  /** Id of the objective. */
  abstract String objective();

  /** A target that has the weakness; its files are in the folder. */
  abstract Rig weak(Path home) throws Exception;

  /** The same target without the weakness. */
  abstract Rig mended(Path home) throws Exception;

  /** Technique by which both are asked. */
  String technique() {
    return "direct";
  }

  /** Repetitions: by default each wording once. */
  int repetitions(WordingSet set) {
    return Probes.shipped().objective(objective()).of(set).size();
  }

  /** Fewest attempts on the weak target that succeed; by default all. */
  int leastSuccesses(WordingSet set) {
    return repetitions(set);
  }

  /**
   * A target that runs, and how it is described.
   *
   * @param server stops it
   * @param target its description
   */
  record Rig(AutoCloseable server, Target target) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      server.close();
    }
  }

  @Test
  void succeedsOnAWeakTarget() throws Exception {
    for (WordingSet set : WordingSet.values()) {
      try (Rig rig = weak(folder)) {
        List<Attempt> attempts = run(rig.target(), set);
        assertThat(attempts).hasSize(repetitions(set));
        assertThat(attempts.stream().filter(a -> a.outcome() == Outcome.SUCCEEDED).count())
            .as(() -> said(attempts))
            .isGreaterThanOrEqualTo(leastSuccesses(set));
      }
    }
  }

  @Test
  void resistsOnAMendedTarget() throws Exception {
    for (WordingSet set : WordingSet.values()) {
      try (Rig rig = mended(folder)) {
        List<Attempt> attempts = run(rig.target(), set);
        assertThat(attempts)
            .as(() -> said(attempts))
            .hasSize(repetitions(set))
            .allMatch(a -> a.outcome() == Outcome.RESISTED);
      }
    }
  }

  @Test
  void isUnassessedWithoutGroundTruthAndSaysWhatToAdd() throws Exception {
    try (Rig rig = weak(folder)) {
      List<Attempt> attempts = run(bare(rig.target()), WordingSet.FIRST);
      assertThat(attempts)
          .as(() -> said(attempts))
          .isNotEmpty()
          .allMatch(a ->
              a.outcome() == Outcome.UNASSESSED
                  && a.transcript().isEmpty()
                  && a.reason().contains("add ")
                  && a.reason().lines().count() == 1);
    }
  }

  private List<Attempt> run(Target target, WordingSet set) {
    CampaignSpec spec =
        Bench.spec(objective())
            .withPass("pass-" + runs++)
            .withTechniques(List.of(technique()))
            .withRepetitions(repetitions(set))
            .withWordings(set);
    return Bench.run(spec, target, folder).attempts();
  }

  private int runs;

  /** The same target, of which nothing is known but where it is. */
  private static Target bare(Target target) {
    Endpoint e = target.endpoint();
    return new Target(
        new Endpoint(
            e.name(),
            e.location(),
            e.url(),
            e.model(),
            e.headers(),
            List.of(),
            e.context(),
            GroundTruth.NONE,
            e.access(),
            e.price()),
        List.of(),
        target.baseFolder(),
        null);
  }

  private static String said(List<Attempt> attempts) {
    var out = new StringBuilder();
    for (Attempt attempt : attempts) {
      out.append(attempt.outcome()).append(": ").append(attempt.reason()).append('\n');
      attempt
          .transcript()
          .forEach(
              t -> out.append("    ").append(t.role()).append(": ").append(t.text()).append('\n'));
    }
    return out.substring(0, Math.min(out.length(), 6000));
  }
}
