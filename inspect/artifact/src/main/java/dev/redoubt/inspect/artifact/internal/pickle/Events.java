package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a machine saw, kept until somebody decides that it was a pickle at all. */
final class Events {
  private static final int MOST = 200;

  private final List<Observation> observations = new ArrayList<>();
  private final Map<Integer, Long> referred = new LinkedHashMap<>();
  private final Set<Integer> called = new HashSet<>();
  private final Set<String> said = new HashSet<>();
  private Verdict worst = Verdict.INERT;
  private boolean calls;
  private boolean globals;

  /** The worst of it all. */
  Verdict worst() {
    return worst;
  }

  /** Whether something that is not on the allow-list was called, not merely referred to. */
  boolean calls() {
    return calls;
  }

  /** A global that is not on the allow-list was resolved. */
  void refer(int number, Verdict verdict, long position) {
    worst = worst.worst(verdict);
    referred.putIfAbsent(number, position);
    globals = true;
  }

  /** Whether a global that is not on the allow-list was resolved. */
  boolean globals() {
    return globals;
  }

  /** It was called. */
  void call(int number, Observation observation) {
    called.add(number);
    call(observation);
  }

  /** Something was called. */
  void call(Observation observation) {
    calls = true;
    add(observation);
  }

  void add(String rule, Verdict verdict, String what, long position) {
    add(new Observation(rule, verdict, what, position));
  }

  /** Something that is said once for each pickle, however often it happens. */
  void once(String rule, Verdict verdict, String what, long position) {
    if (said.add(what)) {
      add(rule, verdict, what, position);
    }
  }

  void add(Observation observation) {
    worst = worst.worst(observation.verdict());
    if (observations.size() < MOST) {
      observations.add(observation);
    } else if (observation.verdict() == Verdict.MALICIOUS) {
      observations.set(MOST - 1, observation);
    }
  }

  /** Takes over what another machine saw. */
  void addAll(Events other, Globals globals) {
    other.finish(globals);
    other.observations.forEach(this::add);
    calls |= other.calls;
  }

  /** Adds what was referred to and not called. */
  private void finish(Globals globals) {
    referred.forEach((number, position) -> {
      if (!called.contains(number)) {
        Globals.Entry entry = globals.get(number);
        add(
            entry.danger() == null ? PickleRules.UNPROVEN : PickleRules.DANGEROUS,
            entry.verdict(),
            "refers to "
                + entry.path()
                + (entry.danger() == null
                    ? ", which is not on the allow-list"
                    : ", which " + entry.danger()),
            position);
      }
    });
    referred.clear();
  }

  /** The first of the worst; empty where all of it is inert. */
  Optional<Observation> summary(Globals globals) {
    finish(globals);
    return observations.stream()
        .filter(o -> o.verdict() == worst && o.verdict() != Verdict.INERT)
        .findFirst();
  }

  /** Tells a context all of it. */
  void tell(ReadContext context, Globals globals) {
    finish(globals);
    observations.forEach(context::observe);
  }
}
