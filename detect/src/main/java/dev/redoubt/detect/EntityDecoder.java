package dev.redoubt.detect;

import java.util.Map;

/** Undoes HTML entities: numbers, and the names of ASCII characters. */
final class EntityDecoder implements Decoder {
  private static final int LONGEST = 12;
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ensp", " "),
          Map.entry("emsp", " "),
          Map.entry("thinsp", " "),
          Map.entry("Tab", "\t"),
          Map.entry("NewLine", "\n"),
          Map.entry("excl", "!"),
          Map.entry("num", "#"),
          Map.entry("dollar", "$"),
          Map.entry("percnt", "%"),
          Map.entry("lpar", "("),
          Map.entry("rpar", ")"),
          Map.entry("ast", "*"),
          Map.entry("plus", "+"),
          Map.entry("comma", ","),
          Map.entry("hyphen", "-"),
          Map.entry("dash", "-"),
          Map.entry("ndash", "-"),
          Map.entry("mdash", "-"),
          Map.entry("period", "."),
          Map.entry("sol", "/"),
          Map.entry("colon", ":"),
          Map.entry("semi", ";"),
          Map.entry("equals", "="),
          Map.entry("quest", "?"),
          Map.entry("commat", "@"),
          Map.entry("bsol", "\\"),
          Map.entry("lowbar", "_"),
          Map.entry("grave", "`"),
          Map.entry("lbrace", "{"),
          Map.entry("rbrace", "}"),
          Map.entry("lsqb", "["),
          Map.entry("rsqb", "]"),
          Map.entry("vert", "|"),
          Map.entry("shy", ""),
          Map.entry("zwj", ""),
          Map.entry("zwnj", ""));

  @Override
  public void decode(MappedText text, Sink out) {
    String chars = text.text();
    if (chars.indexOf('&') < 0) {
      return;
    }
    MappedText.Builder decoded = text.derive();
    boolean found = false;
    int i = 0;
    while (i < chars.length()) {
      int end = chars.charAt(i) == '&' ? entity(chars, i, decoded) : -1;
      if (end > 0) {
        found = true;
        i = end;
      } else {
        decoded.add(chars.charAt(i), i, i + 1);
        i++;
      }
    }
    if (found) {
      out.accept("html", decoded.build());
    }
  }

  /** Decodes plain text, without places. */
  static String decode(String text) {
    StringBuilder result = new StringBuilder();
    new EntityDecoder().decode(MappedText.identity(text), (name, t) -> result.append(t.text()));
    return result.isEmpty() ? text : result.toString();
  }

  /** Adds the character of the entity at an index; returns the index after it, or -1. */
  private static int entity(String text, int at, MappedText.Builder out) {
    int limit = Math.min(text.length(), at + LONGEST);
    int i = at + 1;
    if (i < limit && text.charAt(i) == '#') {
      return number(text, at, limit, out);
    }
    while (i < limit && Ascii.isLetter(text.charAt(i))) {
      i++;
    }
    if (i >= limit || text.charAt(i) != ';') {
      return -1;
    }
    String plain = NAMES.get(text.substring(at + 1, i));
    if (plain == null) {
      return -1;
    }
    out.add(plain, at, i + 1);
    return i + 1;
  }

  private static int number(String text, int at, int limit, MappedText.Builder out) {
    int i = at + 2;
    boolean hex = i < limit && (text.charAt(i) | 0x20) == 'x';
    if (hex) {
      i++;
    }
    int from = i;
    int value = 0;
    while (i < limit && (hex ? Ascii.isHex(text.charAt(i)) : Ascii.isDigit(text.charAt(i)))) {
      value = Math.min(0x110000, value * (hex ? 16 : 10) + Ascii.hex(text.charAt(i)));
      i++;
    }
    if (i == from || !Character.isValidCodePoint(value) || value == 0) {
      return -1;
    }
    int end = i < text.length() && text.charAt(i) == ';' ? i + 1 : i;
    out.add(Character.toString(value), at, end);
    return end;
  }
}
