package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was put into tuples, lists and dictionaries not long ago. Older contents are forgotten,
 * which whoever asks takes for "nobody knows".
 */
final class Recent {
  private static final int MOST = 1 << 14;
  private static final int LEAST = 1 << 6;
  private static final int LONGEST = 256;

  private final int tupleRing;
  private final int elementRing;
  private final int itemRing;
  private final int[] tupleStart;
  private final int[] tupleLength;
  private final int[] elements;
  private int tuples;
  private int written;

  private final int[] itemOf;
  private final int[] itemKey;
  private final int[] itemValue;
  private int items;

  private final long[] wideValues;
  private int wides;

  /**
   * @param size of the source in bytes: a small one can't fill long memories
   */
  Recent(long size) {
    int ring = LEAST;
    while (ring < MOST && ring < size) {
      ring *= 2;
    }
    tupleRing = ring;
    elementRing = 4 * ring;
    itemRing = ring;
    tupleStart = new int[tupleRing];
    tupleLength = new int[tupleRing];
    elements = new int[elementRing];
    itemOf = new int[itemRing];
    itemKey = new int[itemRing];
    itemValue = new int[itemRing];
    wideValues = new long[ring];
  }

  /** Numbers start anew with each pickle file, never with each pickle of a file. */
  int tuple(int[] from, int start, int length) {
    if (tuples >= Symbol.PAYLOAD || written > Integer.MAX_VALUE - LONGEST) {
      return Symbol.of(Symbol.TUPLE, Symbol.PAYLOAD);
    }
    int number = tuples++;
    int slot = number & (tupleRing - 1);
    tupleLength[slot] = length;
    if (length <= LONGEST) {
      tupleStart[slot] = written;
      for (int i = 0; i < length; i++) {
        elements[written++ & (elementRing - 1)] = from[start + i];
      }
    } else {
      tupleStart[slot] = -1;
    }
    return Symbol.of(Symbol.TUPLE, number);
  }

  /** Elements of a tuple; null where they are forgotten. */
  int @Nullable [] elements(int tuple) {
    if (!Symbol.is(tuple, Symbol.TUPLE)) {
      return null;
    }
    int number = Symbol.payload(tuple);
    int slot = number & (tupleRing - 1);
    if (number >= tuples
        || tuples - number > tupleRing
        || tupleStart[slot] < 0
        || written - tupleStart[slot] > elementRing) {
      return null;
    }
    int[] copy = new int[tupleLength[slot]];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = elements[(tupleStart[slot] + i) & (elementRing - 1)];
    }
    return copy;
  }

  void item(int container, int key, int value) {
    int slot = items++ & (itemRing - 1);
    itemOf[slot] = container;
    itemKey[slot] = key;
    itemValue[slot] = value;
  }

  /** Keys and values that were put into a container, in order, as far as they are remembered. */
  List<int[]> items(int container) {
    var found = new ArrayList<int[]>();
    int from = items < 0 || items > itemRing ? items - itemRing : 0;
    for (int i = from; i != items; i++) {
      int slot = i & (itemRing - 1);
      if (itemOf[slot] == container) {
        found.add(new int[] {itemKey[slot], itemValue[slot]});
      }
    }
    return found;
  }

  int wide(int kind, long value) {
    if (wides >= Symbol.PAYLOAD) {
      return Symbol.of(kind, Symbol.PAYLOAD);
    }
    wideValues[wides & (wideValues.length - 1)] = value;
    return Symbol.of(kind, wides++);
  }

  /** A value or position; -1 where it is forgotten. */
  long wide(int symbol) {
    int number = Symbol.payload(symbol);
    return number >= wides || wides - number > wideValues.length
        ? -1
        : wideValues[number & (wideValues.length - 1)];
  }

  /** A whole number; {@code Long.MIN_VALUE} for anything else and where it is forgotten. */
  long integer(int symbol) {
    if (Symbol.is(symbol, Symbol.INT)) {
      return Symbol.smallValue(symbol);
    }
    if (Symbol.is(symbol, Symbol.BIG_INT)) {
      int number = Symbol.payload(symbol);
      return number >= wides || wides - number > wideValues.length
          ? Long.MIN_VALUE
          : wideValues[number & (wideValues.length - 1)];
    }
    return Long.MIN_VALUE;
  }
}
