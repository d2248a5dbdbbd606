package dev.redoubt.attack.chat;

import dev.redoubt.runtime.program.ProgramProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass asks besides its target. Data only: it lies beside the tape, so that the pass can be
 * laid out, resumed and judged anew; {@link LiveAids} are the open connections.
 *
 * @param attacker the model that writes the attacker's words in adaptive techniques; absent lets
 *     rules write them
 * @param judge the program that gives verdicts; absent when none does
 * @param probers the programs that gave {@code probes}
 * @param probes what those programs want to be tried; they are not asked again when a run goes on
 * @since 0.1.0
 */
public record Aids(
    @Nullable ModelChoice attacker,
    @Nullable ProgramChoice judge,
    List<ProgramChoice> probers,
    List<Probe> probes) {
  /** Nothing but the target. */
  public static final Aids NONE = new Aids(null, null, List.of(), List.of());

  public Aids {
    probers = List.copyOf(probers);
    probes = List.copyOf(probes);
  }

  /**
   * A probe and where it comes from.
   *
   * @param prober index of its program in {@link Aids#probers}
   * @param probe the probe
   */
  public record Probe(int prober, ProgramProbe probe) {}

  /** Says whether the judge is to decide an objective whose own ground truth is missing or not. */
  boolean judges(Objective objective, boolean missing) {
    ProgramChoice asked = judge;
    if (asked == null) {
      return false;
    }
    return asked.objectives().isEmpty() ? missing : asked.objectives().contains(objective.id());
  }

  /** The same with other probes. */
  public Aids withProbes(List<Probe> others) {
    return new Aids(attacker, judge, probers, others);
  }
}
