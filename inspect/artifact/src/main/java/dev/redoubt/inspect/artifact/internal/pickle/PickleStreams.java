package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Runs all pickles of a source, one after the other, and those in their data. */
final class PickleStreams {
  private static final int DEEPEST = 4;

  private final Scan scan;
  private final Events events = new Events();
  private @Nullable IOException failure;
  private int whole;
  private long opcodes;
  private boolean trailing;
  private boolean legacy;

  PickleStreams(ByteSource source, Budget budget, boolean torch, boolean torchScript, int depth) {
    this.scan = new Scan(source, budget, torch, torchScript, depth);
  }

  /** Runs to the end of the source, or to where Python would raise. */
  PickleStreams run() throws IOException {
    boolean held = scan.budget.large().isHeldByCurrentThread();
    try {
      streams();
      nested();
    } finally {
      if (!held && scan.budget.large().isHeldByCurrentThread()) {
        scan.budget.large().unlock();
      }
    }
    return this;
  }

  private void streams() throws IOException {
    var window = new Window(scan.source, 0);
    var machine = new PickleMachine(scan, window, events, null);
    while (true) {
      long start = window.position();
      var before = opcodes;
      try {
        machine.run();
      } catch (MalformedException e) {
        opcodes = machine.opcodes();
        failed(e, start, opcodes - before);
        break;
      } catch (LimitException e) {
        opcodes = machine.opcodes();
        failure = e;
        break;
      }
      opcodes = machine.opcodes();
      whole++;
      if (whole == 1 && isMagic(machine.result())) {
        legacy = true;
        scan.torch = true;
      }
      if (legacy && whole == 5) {
        storages(window.position());
        break;
      }
      if (window.position() >= window.size) {
        break;
      }
    }
  }

  /** After the end of a pickle there may be anything: only what is a pickle counts as one. */
  private void failed(MalformedException e, long start, long ran) {
    if (whole > 0 && ran < 3 && !events.calls()) {
      trailing = true;
      events.add(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          scan.source.size() - start + " bytes after the end of the pickle",
          start);
    } else if (whole > 0) {
      trailing = true;
      events.add(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          "data after the end of the pickle: " + e.getMessage(),
          start);
    } else {
      failure = e;
    }
  }

  private boolean isMagic(int symbol) {
    return Symbol.is(symbol, Symbol.BIG_INT) && scan.recent.integer(symbol) == Legacy.MAGIC;
  }

  /** Behind the five pickles lies each storage: its length in eight bytes, and its elements. */
  private void storages(long from) {
    long expected = scan.storages.total();
    long there = scan.source.size() - from;
    if (expected != there) {
      events.add(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          "the tensors take " + expected + " bytes, but " + there + " follow",
          from);
    }
  }

  private void nested() throws IOException {
    for (long[] piece : scan.loaded) {
      loaded(piece);
    }
    if (scan.nestedLeftOut) {
      events.add(
          PickleRules.NESTED,
          Verdict.INCOMPLETE,
          "more data that looks like pickles than is read",
          -1);
    }
    for (long[] piece : scan.nested) {
      ByteSource inner = scan.source.slice(piece[0], piece[1]);
      if (scan.depth >= DEEPEST) {
        tooDeep(piece[0]);
        return;
      }
      var streams = new PickleStreams(inner, scan.budget, false, false, scan.depth + 1).run();
      if (streams.isPickle(false, false)) {
        streams
            .events
            .summary(streams.scan.globals)
            .ifPresent(o ->
                events.call(
                    new Observation(
                        PickleRules.NESTED,
                        o.verdict(),
                        "a pickle in its data " + o.what(),
                        piece[0] + Math.max(0, o.offset()))));
      }
    }
  }

  private void tooDeep(long at) {
    events.once(
        PickleRules.NESTED, Verdict.INCOMPLETE, "pickles in pickles, deeper than is read", at);
  }

  private void loaded(long[] piece) throws IOException {
    if (scan.depth >= DEEPEST) {
      tooDeep(piece[0]);
      return;
    }
    ByteSource inner = scan.source.slice(piece[0], piece[1]);
    var streams = new PickleStreams(inner, scan.budget, false, false, scan.depth + 1).run();
    var worst = streams.events.summary(streams.scan.globals);
    if (worst.isPresent() || !streams.legacy || streams.failure != null) {
      events.call(
          new Observation(
              PickleRules.NESTED,
              worst.map(o -> o.verdict()).orElse(Verdict.UNPROVEN),
              "unpickles bytes of its own, which "
                  + worst.map(o -> o.what()).orElse("are no tensor"),
              piece[0]));
    }
  }

  /**
   * Whether this is a pickle, or so close to one that it does harm.
   *
   * @param sure whether the first bytes or the name say so
   * @param maybe whether the name is one that pickles have among others
   */
  boolean isPickle(boolean sure, boolean maybe) {
    if (events.calls() && events.worst() == Verdict.MALICIOUS) {
      return true;
    }
    if (failure instanceof LimitException) {
      return sure || opcodes > 1000;
    }
    if (failure != null) {
      return (sure && (opcodes > 3 || events.globals())) || (maybe && events.calls());
    }
    if (sure) {
      return true;
    }
    // A text may be a pickle by chance, one that refers to a module that nobody has.
    boolean harm = events.calls() || events.worst() != Verdict.UNPROVEN;
    return trailing ? events.calls() && whole > 1 : harm;
  }

  Events events() {
    return events;
  }

  Scan scan() {
    return scan;
  }

  int count() {
    return whole;
  }

  boolean legacy() {
    return legacy;
  }

  @Nullable IOException failure() {
    return failure;
  }
}
