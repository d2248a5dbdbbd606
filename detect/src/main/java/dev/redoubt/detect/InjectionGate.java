package dev.redoubt.detect;

/**
 * Says whether anything in a text may be encoded, in one cheap pass, so that ordinary texts are
 * spared the decoders. Rather once too often than once too seldom.
 */
final class InjectionGate {
  private static final int LONG_TOKEN = 20;
  private static final int MANY_LONE = 6;
  private static final int FEW = 3;

  private InjectionGate() {}

  static boolean mayHoldEncoded(String normal, int rawLength) {
    if (rawLength - normal.length() > 8) {
      return true; // Invisible characters can carry a text of their own.
    }
    int token = 0;
    boolean mixed = false;
    int lone = 0;
    int escapes = 0;
    for (int i = 0; i < normal.length(); i++) {
      char c = normal.charAt(i);
      if (Ascii.isLetterOrDigit(c) || c == '+' || c == '/' || c == '=') {
        token++;
        mixed |= Ascii.isDigit(c) || c == '+' || c == '=' || (token > 1 && c <= 'Z');
        if (token >= LONG_TOKEN && mixed) {
          return true;
        }
        continue;
      }
      lone = token == 0 ? lone : token <= 2 ? lone + 1 : loneAfter(lone, normal, i, token);
      if (lone >= MANY_LONE) {
        return true;
      }
      token = 0;
      mixed = false;
      escapes += isEscape(normal, i) ? 1 : 0;
      if (escapes >= FEW || (c >= 0x2800 && c <= 0x28FF)) {
        return true;
      }
    }
    return lone + (token > 0 && token <= 2 ? 1 : 0) >= MANY_LONE;
  }

  /** Numbers of up to eight digits may stand for characters, words end a row of them. */
  private static int loneAfter(int lone, String text, int end, int token) {
    for (int k = end - token; k < end; k++) {
      if (!Ascii.isDigit(text.charAt(k))) {
        return 0;
      }
    }
    return token <= 8 ? lone + 1 : 0;
  }

  private static boolean isEscape(String text, int i) {
    if (i + 2 >= text.length()) {
      return false;
    }
    char next = text.charAt(i + 1);
    return switch (text.charAt(i)) {
      case '%', '=' -> isHex(next) && isHex(text.charAt(i + 2));
      case '&' -> next == '#' || (Ascii.isLetter(next) && Ascii.isLetter(text.charAt(i + 2)));
      case '\\' -> next == 'u' || next == 'x' || Ascii.isDigit(next);
      case '.', '-' -> (next == '.' || next == '-' || next == ' ') && isMorse(text, i);
      default -> false;
    };
  }

  private static boolean isMorse(String text, int i) {
    for (int k = i; k < Math.min(i + 6, text.length()); k++) {
      char c = text.charAt(k);
      if (c != '.' && c != '-' && c != ' ' && c != '/') {
        return false;
      }
    }
    return i + 6 <= text.length() && text.charAt(i + 1) != text.charAt(i);
  }

  private static boolean isHex(char c) {
    return Ascii.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
