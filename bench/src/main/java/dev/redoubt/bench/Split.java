package dev.redoubt.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Four ways to give a value out over several answers. */
enum Split {
  HALVES,
  THREE_PARTS,
  EVERY_SECOND,
  HALVES_IN_BASE64;

  /** The parts, one for each answer. */
  List<String> parts(String value) {
    return switch (this) {
      case HALVES -> chunks(value, 2);
      case THREE_PARTS -> chunks(value, 3);
      case EVERY_SECOND -> List.of(strided(value, 0), strided(value, 1));
      case HALVES_IN_BASE64 -> chunks(value, 2).stream().map(Disguise.BASE64::encode).toList();
    };
  }

  private static List<String> chunks(String value, int count) {
    int size = Math.ceilDiv(value.length(), count);
    return IntStream.range(0, count)
        .mapToObj(i -> value.substring(i * size, Math.min(value.length(), (i + 1) * size)))
        .toList();
  }

  private static String strided(String value, int first) {
    var part = new StringBuilder();
    for (int i = first; i < value.length(); i += 2) {
      part.append(value.charAt(i));
    }
    return part.toString();
  }
}
