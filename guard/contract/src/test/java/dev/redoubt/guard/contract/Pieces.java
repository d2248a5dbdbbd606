package dev.redoubt.guard.contract;

import java.util.ArrayList;
import java.util.List;

/** Cuts a text as models send it. */
final class Pieces {
  private Pieces() {}

  static List<String> of(String text) {
    var pieces = new ArrayList<String>();
    int at = 0;
    int length = 1;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + length);
      // Whole characters, as tokenisers of real models give them in JSON.
      if (end < text.length() && Character.isLowSurrogate(text.charAt(end))) {
        end++;
      }
      pieces.add(text.substring(at, end));
      at = end;
      length = length % 7 + 1;
    }
    return pieces;
  }
}
