package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/** Finds private keys in PEM armour and passwords in URLs. */
final class CredentialBlocks {
  private static final String BEGIN = "-----BEGIN ";
  private static final int LONGEST_KEY = 16_384;

  private CredentialBlocks() {}

  static List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    privateKeys(text, found);
    urlPasswords(text, found);
    return found;
  }

  private static void privateKeys(String text, List<Span> out) {
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int name = at + BEGIN.length();
      int nameEnd = boundedIndexOf(text, "-----", name, name + 48);
      int next = name;
      if (nameEnd > 0 && text.substring(name, nameEnd).contains("PRIVATE KEY")) {
        int end = boundedIndexOf(text, "-----", nameEnd + 5, nameEnd + LONGEST_KEY);
        boolean closed = end > 0 && text.startsWith("-----END ", end);
        int close = closed ? boundedIndexOf(text, "-----", end + 9, end + 64) : -1;
        // A key that is cut off is still a key as far as it goes.
        next = close > 0 ? close + 5 : bodyEnd(text, nameEnd + 5);
        if (text.substring(nameEnd + 5, next)
                .replaceAll("-----END.*", "")
                .chars()
                .distinct()
                .count()
            >= 8) {
          out.add(Span.of("private-key", text, at, next));
        }
      }
      at = text.indexOf(BEGIN, next);
    }
  }

  private static int bodyEnd(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST_KEY);
    int i = from;
    while (i < limit && (Ascii.isAlnum(text.charAt(i)) || "+/=\r\n".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    return i;
  }

  private static int boundedIndexOf(String text, String what, int from, int limit) {
    int end = Math.min(text.length(), limit);
    for (int i = from; i + what.length() <= end; i++) {
      if (text.startsWith(what, i)) {
        return i;
      }
    }
    return -1;
  }

  /** {@code user:pass@}, {@code postgres:postgres@}, {@code %s:%s@} and masks are examples. */
  private static boolean isPassword(String user, String value) {
    return value.length() >= 5
        && "$%{[*".indexOf(value.charAt(0)) < 0
        && !value.equalsIgnoreCase(user)
        && value.chars().distinct().count() >= 4
        && !SourceValue.isStandIn(value);
  }

  private static void urlPasswords(String text, List<Span> out) {
    int at = text.indexOf("://");
    while (at >= 0) {
      int colon = -1;
      int i = at + 3;
      int limit = Math.min(text.length(), i + 512);
      while (i < limit && text.charAt(i) > ' ' && "/?#@\"'<>".indexOf(text.charAt(i)) < 0) {
        colon = text.charAt(i) == ':' && colon < 0 ? i : colon;
        i++;
      }
      boolean password = colon > 0 && i < limit && text.charAt(i) == '@' && i - colon > 3;
      if (password && isPassword(text.substring(at + 3, colon), text.substring(colon + 1, i))) {
        out.add(Span.of("url-password", text, colon + 1, i));
      }
      at = text.indexOf("://", at + 3);
    }
  }
}
