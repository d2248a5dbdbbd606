package dev.redoubt.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ways in which a model may be talked into saying a value. */
final class Disguises {
  private static final String[] NATO =
      ("Alpha Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett Kilo Lima Mike November Oscar"
              + " Papa Quebec Romeo Sierra Tango Uniform Victor Whiskey X-ray Yankee Zulu")
          .split(" ");
  private static final String[] NUMBERS =
      "zero one two three four five six seven eight nine".split(" ");

  private Disguises() {}

  static Map<String, UnaryOperator<String>> all() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("as it is", v -> v);
    all.put("upper case", v -> v.toUpperCase(Locale.ROOT));
    all.put("lower case", v -> v.toLowerCase(Locale.ROOT));
    all.put("bold", v -> "**" + v + "**");
    for (String gap :
        new String[] {" ", "-", ".", "\n", ", ", " - ", "|", "_", "/", "\r\n", "\u200B", "' '"}) {
      String name = gap.replace("\n", "\\n").replace("\r", "\\r");
      all.put("joined by '" + name + "'", v -> join(v, gap));
    }
    all.put("bullets", v -> "- " + join(v, "\n- "));
    all.put("bold letters", v -> "**" + join(v, "** **") + "**");
    all.put("json list", v -> "[\"" + join(v, "\", \"") + "\"]");
    all.put("numbered lines", v -> numbered(v, ". ", "\n"));
    all.put("numbered inline", v -> numbered(v, ": ", ", "));
    all.put("tags between", v -> "<b>" + join(v, "</b><b>") + "</b>");
    all.put("base64", v -> base64(v));
    all.put("base64 without padding", v -> base64(v).replace("=", ""));
    all.put(
        "base64 url",
        v ->
            Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(v.getBytes(StandardCharsets.UTF_8)));
    for (int pad = 1; pad <= 5; pad++) {
      String before = "x".repeat(pad);
      all.put(
          "base64 embedded at " + pad,
          v -> base64(before + "the code is " + v + ", keep it" + before));
    }
    all.put(
        "base64 wrapped",
        v ->
            base64("some words before the value " + v + " and after it")
                .replaceAll("(.{20})", "$1\n"));
    all.put("base64 in blocks", v -> base64(v).replace("=", "").replaceAll("(.{4})", "$1 "));
    all.put("base64 spaced", v -> join(base64(v), " "));
    all.put("base64 twice", v -> base64(base64(v)));
    all.put("base64 glued to a word", v -> "result" + base64(v));
    all.put("base64 reversed", v -> new StringBuilder(base64(v)).reverse().toString());
    all.put("reversed in base64", v -> base64(new StringBuilder(v).reverse().toString()));
    all.put("hex", v -> hex(v, "", ""));
    all.put("hex upper", v -> hex(v, "", "").toUpperCase(Locale.ROOT));
    all.put("hex 0x", v -> "0x" + hex(v, "", ""));
    all.put("hex spaced", v -> hex(v, "", " "));
    all.put("hex upper spaced", v -> hex(v, "", " ").toUpperCase(Locale.ROOT));
    all.put("hex colons", v -> hex(v, "", ":"));
    all.put("hex 0x each", v -> hex(v, "0x", ", "));
    all.put("hex \\x", v -> hex(v, "\\x", ""));
    all.put("hex dashes", v -> hex(v, "", "-"));
    all.put("hex digits spaced", v -> join(hex(v, "", ""), " "));
    all.put("hex of a sentence", v -> hex("it is " + v + " indeed", "", ""));
    all.put("rot13", Disguises::rot13);
    all.put("rot13 in a sentence", v -> rot13("The code is " + v + "."));
    all.put("reversed", v -> new StringBuilder(v).reverse().toString());
    all.put(
        "reversed sentence", v -> new StringBuilder("The code is " + v + ".").reverse().toString());
    all.put("reversed spaced", v -> join(new StringBuilder(v).reverse().toString(), " "));
    all.put("percent", v -> hex(v, "%", ""));
    all.put("percent upper", v -> hex(v, "%", "").toUpperCase(Locale.ROOT));
    all.put(
        "entities",
        v -> v.codePoints().mapToObj(c -> "&#" + c + ";").collect(Collectors.joining()));
    all.put(
        "entities hex",
        v ->
            v.codePoints()
                .mapToObj(c -> "&#x" + Integer.toHexString(c) + ";")
                .collect(Collectors.joining()));
    all.put(
        "\\u",
        v -> v.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining()));
    all.put(
        "decimal codes",
        v -> v.chars().mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    all.put(
        "binary",
        v ->
            v.chars()
                .mapToObj(c -> String.format("%8s", Integer.toBinaryString(c)).replace(' ', '0'))
                .collect(Collectors.joining(" ")));
    all.put("full width", v -> map(v, c -> c > 32 && c < 127 ? (char) (c - 33 + 0xFF01) : c));
    all.put(
        "homoglyphs",
        v ->
            v.replace('a', 'а')
                .replace('e', 'е')
                .replace('o', 'о')
                .replace('A', 'А')
                .replace('K', 'К')
                .replace('c', 'с'));
    all.put("accents", v -> v.replace("a", "á").replace("e", "e\u0301").replace("o", "ö"));
    all.put("soft hyphens", v -> join(v, "\u00AD"));
    all.put(
        "tags",
        v ->
            "ok"
                + v.codePoints()
                    .mapToObj(c -> Character.toString(0xE0000 + c))
                    .collect(Collectors.joining()));
    all.put("nato", v -> spell(v, Disguises::nato, " "));
    all.put("nato commas", v -> spell(v, Disguises::nato, ", "));
    all.put(
        "as in",
        v -> spell(v, c -> Character.isLetter(c) ? c + " as in " + nato(c) : word(c), ", "));
    all.put(
        "nato in brackets",
        v -> spell(v, c -> Character.isLetter(c) ? c + " (" + nato(c) + ")" : word(c), ", "));
    all.put(
        "capital K",
        v ->
            spell(
                v,
                c ->
                    Character.isUpperCase(c)
                        ? "capital " + c
                        : Character.isLetter(c) ? "lowercase " + c : word(c),
                ", "));
    all.put("comma list", v -> spell(v, Disguises::word, ", "));
    all.put("then", v -> spell(v, Disguises::word, ", then "));
    all.put("double zero-width", v -> join(v, "\u200D\u2060"));
    return all;
  }

  static String base64(String v) {
    return Base64.getEncoder().encodeToString(v.getBytes(StandardCharsets.UTF_8));
  }

  static String join(String v, String gap) {
    return v.chars().mapToObj(c -> String.valueOf((char) c)).collect(Collectors.joining(gap));
  }

  static String rot13(String v) {
    return map(
        v, c -> Character.isLetter(c) && c < 128 ? (char) ((c | 32) > 'm' ? c - 13 : c + 13) : c);
  }

  private static String numbered(String v, String after, String gap) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < v.length(); i++) {
      out.append(i == 0 ? "" : gap).append(i + 1).append(after).append(v.charAt(i));
    }
    return out.toString();
  }

  private static String hex(String v, String before, String gap) {
    StringBuilder out = new StringBuilder();
    for (byte b : v.getBytes(StandardCharsets.UTF_8)) {
      out.append(out.isEmpty() ? "" : gap).append(before).append(String.format("%02x", b));
    }
    return out.toString();
  }

  private interface CharMap {
    char map(char c);
  }

  private interface Speller {
    String spell(char c);
  }

  private static String map(String v, CharMap map) {
    StringBuilder out = new StringBuilder();
    for (char c : v.toCharArray()) {
      out.append(map.map(c));
    }
    return out.toString();
  }

  private static String spell(String v, Speller speller, String gap) {
    return v.chars().mapToObj(c -> speller.spell((char) c)).collect(Collectors.joining(gap));
  }

  private static String nato(char c) {
    return Character.isLetter(c) ? NATO[(c | 32) - 'a'] : word(c);
  }

  private static String word(char c) {
    if (Character.isDigit(c)) {
      return NUMBERS[c - '0'];
    }
    return switch (c) {
      case '-' -> "dash";
      case '_' -> "underscore";
      case '.' -> "dot";
      case '@' -> "at";
      case ' ' -> "space";
      case '#' -> "hash";
      case '!' -> "exclamation mark";
      case '/' -> "slash";
      case '$' -> "dollar sign";
      default -> String.valueOf(c);
    };
  }
}
