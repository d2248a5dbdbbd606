package dev.redoubt.attack.chat;

import dev.redoubt.runtime.program.ProgramProbe;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a pass asks besides its target. Data only: it lies beside the tape, so that the pass can be
 * laid out, resumed and judged anew; {@link LiveAids} are the open connections.
 *
 * @param attacker the model that writes the attacker's words in adaptive techniques; absent lets
 *     rules write them
 * @param judges the programs that give verdicts; the first that is for an objective decides it
 * @param probers the programs that gave {@code probes}
 * @param probes what those programs want to be tried; they are not asked again when a run goes on
 * @param silent programs that gave no probes for an objective, and why
 * @param model the model that gives verdicts on what it is named for; absent when none does
 * @since 0.1.0
 */
public record Aids(
    @Nullable ModelChoice attacker,
    List<ProgramChoice> judges,
    List<ProgramChoice> probers,
    List<Probe> probes,
    List<Silence> silent,
    @Nullable ModelJudge model) {
  /** Nothing but the target. */
  public static final Aids NONE = new Aids(null, List.of(), List.of(), List.of(), List.of(), null);

  public Aids {
    judges = List.copyOf(judges);
    probers = List.copyOf(probers);
    probes = List.copyOf(probes);
    silent = List.copyOf(silent);
  }

  /** What options and a description choose, before any program was asked. */
  public static Aids of(
      @Nullable ModelChoice attacker,
      List<ProgramChoice> judges,
      List<ProgramChoice> probers,
      @Nullable ModelJudge model) {
    return new Aids(attacker, judges, probers, List.of(), List.of(), model);
  }

  /**
   * A probe and where it comes from.
   *
   * @param prober index of its program in {@link Aids#probers}
   * @param probe the probe
   */
  public record Probe(int prober, ProgramProbe probe) {}

  /**
   * A program that gave no probes for an objective.
   *
   * @param prober index of the program in {@link Aids#probers}
   * @param objective id of the objective
   * @param reason why, in one line
   */
  public record Silence(int prober, String objective, String reason) {}

  /**
   * Which program decides an objective beside its ground truth.
   *
   * @param missing whether its own ground truth is missing
   * @return its index in {@link #judges}; empty when none does
   */
  OptionalInt judge(Objective objective, boolean missing) {
    return IntStream.range(0, judges.size())
        .filter(i -> {
          List<String> own = judges.get(i).objectives();
          return own.isEmpty() ? missing : own.contains(objective.id());
        })
        .findFirst();
  }

  /** Says whether somebody outside decides an objective. */
  boolean judgedOutside(Objective objective, boolean missing) {
    return judge(objective, missing).isPresent() || judgedByModel(objective);
  }

  boolean judgedByModel(Objective objective) {
    return model != null && model.objectives().contains(objective.id());
  }

  /** The same with what the programs answered. */
  Aids withProbes(List<Probe> given, List<Silence> none) {
    return new Aids(attacker, judges, probers, given, none, model);
  }
}
