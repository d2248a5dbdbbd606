package dev.redoubt.inspect.artifact.internal.pickle;

/**
 * What stands for an object, packed into an {@code int}: a text is the position of its opcode (zero
 * or more); anything else is negative, with its kind in four bits and a payload in 27.
 */
final class Symbol {
  static final int PAYLOAD = (1 << 27) - 1;

  /** Kinds. */
  static final int NONE = 0;

  /** Payload: the number, where it is small. */
  static final int INT = 1;

  /** Payload: number of an entry of {@link Recent#wide}, which holds the value. */
  static final int BIG_INT = 2;

  static final int FLOAT = 3;

  /** Payload: number of an entry of {@link Recent#wide}, which holds the position. */
  static final int BYTES = 4;

  /** Payload: a number of its own. */
  static final int LIST = 5;

  static final int DICT = 6;
  static final int SET = 7;

  /** Payload: number of an entry of {@link Recent#tuple}. */
  static final int TUPLE = 8;

  /** Payload: number in {@link Globals}. */
  static final int GLOBAL = 9;

  /** What calling a global gave; payload: number of the global. */
  static final int RESULT = 10;

  /** A NumPy data type; payload: number in {@link ArrayTypes}. */
  static final int DTYPE = 11;

  /** Nobody knows. */
  static final int UNKNOWN = 12;

  /** What a persistent id gave. */
  static final int PERSISTENT = 13;

  /** A text beyond the first two gigabytes; payload: as for bytes. */
  static final int FAR_TEXT = 14;

  static final int BOOL = 15;

  /** No symbol: an entry of the memo that was never put. */
  static final int UNSET = -1;

  private static final int SMALL = 1 << 25;

  private Symbol() {}

  static int of(int kind, int payload) {
    return 0x8000_0000 | (kind << 27) | (payload & PAYLOAD);
  }

  static int of(int kind) {
    return of(kind, 0);
  }

  static boolean isText(int symbol) {
    return symbol >= 0 || kind(symbol) == FAR_TEXT;
  }

  /** Kind of a symbol that is not a near text. */
  static int kind(int symbol) {
    return symbol >= 0 ? -1 : (symbol >>> 27) & 15;
  }

  static boolean is(int symbol, int kind) {
    return symbol < 0 && ((symbol >>> 27) & 15) == kind;
  }

  static int payload(int symbol) {
    return symbol & PAYLOAD;
  }

  static boolean isSmall(long value) {
    return value >= -SMALL && value < SMALL;
  }

  static int small(long value) {
    return of(INT, (int) value + SMALL);
  }

  static long smallValue(int symbol) {
    return (long) payload(symbol) - SMALL;
  }
}
