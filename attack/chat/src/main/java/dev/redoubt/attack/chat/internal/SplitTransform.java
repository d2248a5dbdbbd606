package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.random.RandomGenerator;

/**
 * The text in three pieces, cut inside words where it can be, each the value of a letter: {@code a
 * = "…"}. Quotes and backslashes are escaped, as in most programming languages.
 */
@AutoService(Transform.class)
public final class SplitTransform implements Transform {
  private static final int PIECES = 3;
  private static final int FEWEST = 6;

  @Override
  public String id() {
    return "split";
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    int[] points = text.codePoints().toArray();
    var out = new StringBuilder(text.length() + 32);
    int from = 0;
    for (int piece = 1; piece <= PIECES; piece++) {
      int to = piece == PIECES ? points.length : cut(points, piece, random);
      out.append((char) ('a' + piece - 1)).append(" = \"");
      out.append(escaped(new String(points, from, Math.max(0, to - from))));
      out.append(piece == PIECES ? "\"" : "\"\n");
      from = Math.max(from, to);
    }
    return out.toString();
  }

  /** A place near the end of a piece, moved by lot and off the edges of words. */
  private static int cut(int[] points, int piece, RandomGenerator random) {
    int length = points.length;
    int at = piece * length / PIECES;
    if (length < FEWEST) {
      return at;
    }
    int play = Math.max(1, length / (2 * PIECES));
    int start = Math.max(at - play / 2, 1);
    for (int i = 0, shift = random.nextInt(play); i < play; i++) {
      int place = start + (shift + i) % play;
      if (place < length
          && !Character.isWhitespace(points[place])
          && !Character.isWhitespace(points[place - 1])) {
        return place;
      }
    }
    return at;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
