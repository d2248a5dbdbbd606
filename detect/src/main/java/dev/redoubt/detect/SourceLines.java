package dev.redoubt.detect;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Tells source code from what people write to each other, line by line.
 *
 * <p>A line belongs to source when it and enough of its neighbours look like it, so a line of code
 * in a chat, a dump of settings or a small piece of JSON does not.
 */
final class SourceLines {
  private static final int NEIGHBOURS = 8;
  private static final int ENOUGH = 4;
  private static final int LONGEST = 400;

  /** What hardly any sentence has: calls, ends of statements, operators, keywords, tags, paths. */
  private static final Pattern CODE =
      Pattern.compile(
          "[A-Za-z0-9_$]\\(|[;{}\\[\\](,]\\s*+$|^\\s*+[})\\]]|==|!=|&&|\\|\\||->|::|:=|\\+=|</|/>"
              + "|\\s=\\s|^\\s*+(?://|/\\*|\\*|#(?!#| )|--|@|\\.\\. |:[a-z]{2,20}:|<[A-Za-z!?/])"
              + "|^\\s*+(?:def|class|import|from|return|if|elif|else|for|while|try|except|public"
              + "|private|protected|static|final|const|let|var|func|fn|function|package|using"
              + "|namespace|struct|enum|interface|type|use|pub|impl|case|switch|raise|throw|with"
              + "|assert|export|module|require)\\b(?![^(={\\n]{0,300}[.?!]$)"
              + "|^\\s*+\"[^\"]{0,120}+\"\\s*+:|^\\s*+[A-Za-z0-9_.-]{1,60}+\\s*+[=:]\\s*+\\S+$");

  private final int[] starts;
  private final boolean[] source;

  private SourceLines(int[] starts, boolean[] source) {
    this.starts = starts;
    this.source = source;
  }

  static SourceLines of(String text) {
    int n = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int[] starts = new int[n];
    int[] filled = new int[n];
    int[] code = new int[n];
    boolean[] squeezed = new boolean[n];
    int count = 0;
    int at = 0;
    for (int line = 0; line < n; line++) {
      starts[line] = at;
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String piece = text.substring(at, Math.min(end, at + LONGEST));
      if (!piece.isBlank()) {
        filled[count] = line;
        // A line that nobody would write by hand is data or a program that was squeezed.
        squeezed[line] =
            piece.length() == LONGEST && CODE.matcher(piece).results().limit(8).count() == 8;
        code[count++] = CODE.matcher(piece.stripTrailing()).find() ? 1 : 0;
      }
      at = end + 1;
    }
    boolean[] source = mark(n, Arrays.copyOf(filled, count), code);
    for (int line = 0; line < n; line++) {
      source[line] |= squeezed[line];
    }
    return new SourceLines(starts, source);
  }

  private static boolean[] mark(int lines, int[] filled, int[] code) {
    boolean[] source = new boolean[lines];
    int near = 0;
    for (int i = 0; i < Math.min(NEIGHBOURS, filled.length); i++) {
      near += code[i];
    }
    for (int i = 0; i < filled.length; i++) {
      near += i + NEIGHBOURS < filled.length ? code[i + NEIGHBOURS] : 0;
      near -= i - NEIGHBOURS - 1 >= 0 ? code[i - NEIGHBOURS - 1] : 0;
      source[filled[i]] = near >= ENOUGH;
    }
    return source;
  }

  /** Says whether the line of a char belongs to source. */
  boolean at(int index) {
    int line = Arrays.binarySearch(starts, index);
    return source[line >= 0 ? line : -line - 2];
  }
}
