package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;

/** Persistent ids: those that PyTorch writes in its own files, and any other. */
final class PersistentIds {
  private final Scan scan;
  private final Events events;
  private final Effects effects;

  PersistentIds(Scan scan, Events events, Effects effects) {
    this.scan = scan;
    this.events = events;
    this.effects = effects;
  }

  /** Gives what the id stands for. */
  int follow(int id, long position) throws IOException {
    int[] parts = scan.recent.elements(id);
    if (scan.torch && parts != null && torchStorage(parts, position)) {
      return Symbol.of(Symbol.PERSISTENT);
    }
    // A class with its source, which the loader compares and gives back (torch.serialization).
    if (scan.torch
        && parts != null
        && parts.length == 4
        && "module".equals(effects.text(parts[0]))
        && Symbol.is(parts[1], Symbol.GLOBAL)
        && isTextOrNone(parts[2])
        && isTextOrNone(parts[3])) {
      return parts[1];
    }
    events.add(
        PickleRules.PERSISTENT,
        Verdict.UNPROVEN,
        "asks its loader for " + scan.renderer.render(id, 0),
        position);
    return Symbol.of(Symbol.UNKNOWN);
  }

  private static boolean isTextOrNone(int symbol) {
    return Symbol.isText(symbol) || Symbol.is(symbol, Symbol.NONE);
  }

  /** {@code ('storage', class, key, location, number of elements[, None])}, and no other. */
  private boolean torchStorage(int[] parts, long position) throws IOException {
    if (parts.length < 5
        || parts.length > 6
        || !"storage".equals(effects.text(parts[0]))
        || !Symbol.is(parts[1], Symbol.GLOBAL)) {
      return false;
    }
    int size = Storages.elementSize(scan.globals.get(Symbol.payload(parts[1])).path());
    String key = effects.text(parts[2]);
    long count = scan.recent.integer(parts[4]);
    if (size < 0 || key == null || effects.text(parts[3]) == null || count < 0) {
      return false;
    }
    if (parts.length == 6
        && !Symbol.is(parts[5], Symbol.NONE)
        && !Symbol.is(parts[5], Symbol.TUPLE)) {
      return false;
    }
    if (!scan.storages.add(key, Math.multiplyExact(Math.min(count, Long.MAX_VALUE / 16), size))) {
      events.once(
          PickleRules.STRUCTURE,
          Verdict.UNPROVEN,
          "names storage " + key + " with two different sizes",
          position);
    }
    return true;
  }
}
