package dev.redoubt.attack.chat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Evidence;
import dev.redoubt.runtime.llm.ChatMessage;
import dev.redoubt.runtime.program.ProbeProgram;
import dev.redoubt.runtime.program.ProbeRequest;
import dev.redoubt.runtime.program.ProgramException;
import dev.redoubt.runtime.program.ProgramProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Probes of programs: asked for once, then played as techniques of their own.
 *
 * @since 0.1.0
 */
public final class ProgramProbes {
  /** Id of the strategy that asks a program for its next words. */
  public static final String STRATEGY = "program";

  /** Part of the technique's script with the turns that are known beforehand. */
  public static final String TURNS = "turns";

  private static final String PREFIX = "program-";
  private static final String PROBER = "prober";
  private static final int LAST = 1_000_000;

  private ProgramProbes() {}

  /**
   * Asks the programs for their probes. A program that fails costs its probes and nothing else:
   * what it was asked for is unassessed, and says why.
   *
   * @param aids what was chosen
   * @param live the open programs
   * @param objectives ids of the objectives that are tried; empty for all
   * @return the same with what the programs answered
   */
  public static Aids ask(
      Aids aids,
      LiveAids live,
      AiSystem system,
      Endpoint endpoint,
      List<String> objectives,
      long seed,
      Duration timeout)
      throws InterruptedException {
    if (live.probers().isEmpty()) {
      return aids;
    }
    List<String> all =
        objectives.isEmpty()
            ? Probes.shipped().objectives().stream().map(Objective::id).toList()
            : objectives.stream().distinct().toList();
    var given = new ArrayList<Aids.Probe>();
    var silent = new ArrayList<Aids.Silence>();
    for (int i = 0; i < live.probers().size(); i++) {
      List<String> own = aids.probers().get(i).objectives();
      List<String> wanted = own.isEmpty() ? all : all.stream().filter(own::contains).toList();
      try {
        for (ProgramProbe probe :
            live.probers()
                .get(i)
                .probes(
                    new ProbeRequest(
                        system.name(), system.purpose(), endpoint.context(), wanted, seed),
                    timeout)) {
          given.add(new Aids.Probe(i, probe));
        }
      } catch (ProgramException e) {
        for (String objective : wanted) {
          silent.add(new Aids.Silence(i, objective, "no probes: " + e.getMessage()));
        }
      }
    }
    return aids.withProbes(given, silent);
  }

  /** A probe as a technique. */
  static Technique technique(Aids.Probe probe) {
    ProgramProbe own = probe.probe();
    boolean single = own.turns().size() == 1 && !own.adaptive();
    return technique(
        id(probe.prober(), own.name()),
        single ? null : own.adaptive() ? STRATEGY : "script",
        Map.of(TURNS, own.turns(), PROBER, List.of(Integer.toString(probe.prober()))));
  }

  /** What a program that gave no probes stands for in a plan. */
  static Technique technique(Aids.Silence silence) {
    return technique(id(silence.prober(), "none"), null, Map.of());
  }

  /** Says whether a technique is a program's probe, so that nobody else knows it. */
  static boolean isProgram(String technique) {
    return technique.startsWith(PREFIX);
  }

  static Technique technique(
      String id, @Nullable String strategy, Map<String, List<String>> script) {
    return new Technique(
        id,
        LAST,
        "Probe of a program",
        "What a program of the user's asks.",
        null,
        false,
        null,
        List.of("{request}"),
        List.of("{request}"),
        List.of(),
        Technique.On.REQUEST,
        strategy,
        script,
        List.of());
  }

  private static String id(int prober, String name) {
    return PREFIX + (prober == 0 ? "" : (prober + 1) + "-") + name;
  }

  /** What asks the program of an adaptive probe; null when it is not open. */
  static TapedAttacker.@Nullable Source source(PassTools tools, PlannedCall call) {
    List<ProbeProgram> open = tools.aids().probers();
    int prober =
        Integer.parseInt(call.technique().script().getOrDefault(PROBER, List.of("0")).getFirst());
    Aids.Probe probe =
        tools.plan().spec().aids().probes().stream()
            .filter(p -> p.probe().objective().equals(call.objective().id()))
            .filter(p -> id(p.prober(), p.probe().name()).equals(call.technique().id()))
            .findFirst()
            .orElse(null);
    if (probe == null || prober >= open.size()) {
      return null;
    }
    ProbeProgram program = open.get(prober);
    return new TapedAttacker.Source() {
      @Override
      public String name() {
        return "the program '" + program.name() + "'";
      }

      @Override
      public String ask(List<ChatMessage> conversation, int number)
          throws TapedAttacker.NoWords, InterruptedException {
        List<Evidence.Turn> turns =
            conversation.stream().map(m -> new Evidence.Turn(m.role(), m.text())).toList();
        try {
          return program
              .next(probe.probe(), turns, call.seed(), tools.plan().spec().timeout())
              .orElse("");
        } catch (ProgramException e) {
          throw new TapedAttacker.NoWords("the probe failed: " + e.getMessage(), e);
        }
      }
    };
  }
}
