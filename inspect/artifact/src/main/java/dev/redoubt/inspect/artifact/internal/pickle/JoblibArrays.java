package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;

/**
 * Steps over the raw arrays that joblib writes into the middle of a pickle (joblib, {@code
 * numpy_pickle.py}: {@code NumpyArrayWrapper.write_array} and {@code read_array}).
 */
final class JoblibArrays {
  private static final int MAX_DEPTH = 8;

  /** Nearly all arrays stop being opcodes within the first piece. */
  private static final int[] PIECES = {1 << 9, 1 << 13, 1 << 20};

  /** Things on the stack that the bytes may take for theirs. */
  private static final int SEED = 128;

  private final PickleMachine machine;

  JoblibArrays(PickleMachine machine) {
    this.machine = machine;
  }

  void read(int state, long position) throws IOException {
    Scan scan = machine.scan;
    Effects effects = machine.effects();
    Integer shape = effects.item(state, "shape");
    Integer type = effects.item(state, "dtype");
    Integer alignment = effects.item(state, "numpy_array_alignment_bytes");
    int[] lengths = shape == null ? null : scan.recent.elements(shape);
    if (lengths == null || type == null || !Symbol.is(type, Symbol.DTYPE)) {
      machine.events.once(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          "describes an array in a way that joblib does not",
          position);
      return;
    }
    ArrayTypes.Type element = scan.types.get(type);
    if (element.objects) {
      objects(position);
      return;
    }
    long bytes = element.size;
    for (int length : lengths) {
      long n = scan.recent.integer(length);
      if (n < 0 || bytes < 0 || (n != 0 && bytes > Long.MAX_VALUE / n)) {
        throw new MalformedException("an array whose size nobody can tell", position);
      }
      bytes *= n;
    }
    if (bytes < 0) {
      throw new MalformedException("an array whose size nobody can tell", position);
    }
    Window window = machine.window;
    otherwise(window.position());
    if (alignment != null && !Symbol.is(alignment, Symbol.NONE)) {
      int padding = window.u1();
      window.skip(padding);
    }
    window.skip(bytes);
  }

  /**
   * Whoever loads the file by pickle instead of joblib takes the bytes of the array for opcodes:
   * they are run as such, on a stack of unknown things, and count where they call what is
   * dangerous.
   */
  private void otherwise(long from) throws IOException {
    Scan scan = machine.scan;
    for (int length : PIECES) {
      ByteSource piece = scan.source.slice(from, Math.min(length, scan.source.size() - from));
      var inner = new Scan(piece, scan.budget, scan.torch, false, scan.depth + 1);
      var events = new Events();
      boolean cut = false;
      try {
        new PickleMachine(inner, new Window(piece, 0), events, null).runOn(SEED);
      } catch (MalformedException e) {
        cut = e.offset() >= piece.size() && piece.size() == length;
      } catch (LimitException e) {
        return;
      }
      if (events.calls() && events.worst() == Verdict.MALICIOUS) {
        events
            .summary(inner.globals)
            .ifPresent(o ->
                machine.events.call(
                    new Observation(
                        PickleRules.NESTED,
                        o.verdict(),
                        "the bytes of an array are a pickle to pickle.load: " + o.what(),
                        from + Math.max(0, o.offset()))));
        return;
      }
      if (!cut) {
        return;
      }
    }
  }

  /** An array of objects is a pickle of its own in the middle of the other. */
  private void objects(long position) throws IOException {
    Scan scan = machine.scan;
    if (scan.depth >= MAX_DEPTH) {
      throw new MalformedException("arrays of arrays of objects", position);
    }
    var inner = new Scan(scan.source, scan.budget, scan.torch, false, scan.depth + 1);
    var events = new Events();
    var below = new PickleMachine(inner, machine.window, events, null);
    try {
      below.run();
    } finally {
      machine.events.addAll(events, inner.globals);
    }
    for (long[] piece : inner.nested) {
      scan.nested(piece[0], piece[1]);
    }
  }
}
