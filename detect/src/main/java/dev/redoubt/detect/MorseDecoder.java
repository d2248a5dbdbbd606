package dev.redoubt.detect;

import java.util.HashMap;
import java.util.Map;

/**
 * Reads Morse code (ITU-R M.1677-1, and the usual marks for symbols it lacks): dots and dashes with
 * blanks between characters, and a slash, a bar or a wide blank between words.
 */
final class MorseDecoder implements Decoder {
  private static final int MINIMUM = 6;
  private static final Map<String, Character> CODES = new HashMap<>();

  static {
    String codes =
        "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-."
            + " s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5....."
            + " 6-.... 7--... 8---.. 9----. @.--.-. =-...- +.-.-. /-..-. ?..--.. :---... ;-.-.-."
            + " !-.-.-- &.-... $...-..- _..--.- (-.--. )-.--.- ,--..--";
    for (String code : codes.split(" ", -1)) {
      CODES.put(code.substring(1), code.charAt(0));
    }
    CODES.put("-....-", '-');
    CODES.put(".-.-.-", '.');
  }

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    MappedText.Builder run = text.derive(16);
    int lastEnd = -1;
    int i = 0;
    while (i < chars.length()) {
      char c = chars.charAt(i);
      if (Ascii.isWhitespace(c)) {
        i++;
        continue;
      }
      int from = i;
      while (i < chars.length() && !Ascii.isWhitespace(chars.charAt(i))) {
        i++;
      }
      boolean word = i - from > 8 || Ascii.isAlnum(chars.charAt(from));
      String token = word ? "" : token(chars, from, i);
      Character letter = CODES.get(token);
      boolean wordGap = token.equals("/") || token.equals("|");
      boolean symbol = run.length() > 0 && token.length() == 1 && !Ascii.isAlnum(token.charAt(0));
      if (letter == null && !symbol) {
        if (run.length() > 0) {
          flush(run, out);
          run = text.derive(16);
        }
        continue;
      }
      if (run.length() > 0 && (wordGap || (lastEnd >= 0 && from - lastEnd > 2))) {
        run.add(' ', lastEnd, from);
      }
      if (!wordGap) {
        run.add(letter == null ? token.charAt(0) : letter, from, i);
      }
      lastEnd = i;
    }
    flush(run, out);
  }

  private static String token(String chars, int from, int to) {
    StringBuilder token = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = chars.charAt(i);
      // Marks of code and emphasis at the ends of a run are no part of it.
      if (c != '`' && c != '"' && c != '*') {
        token.append(c == '\u00B7' || c == '\u2022' || c == '\u2219' ? '.' : c == '_' ? '-' : c);
      }
    }
    return token.toString();
  }

  private static void flush(MappedText.Builder run, Sink out) {
    if (run.length() >= MINIMUM) {
      out.accept("morse", run.build());
    }
  }
}
