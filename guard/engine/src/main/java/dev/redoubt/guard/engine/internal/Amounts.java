package dev.redoubt.guard.engine.internal;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts as people and models write them. Where a writing has two readings, such as {@code
 * 1.000}, it gives both: a limit must hold for each.
 */
final class Amounts {
  private static final int LONGEST = 64;
  private static final int LARGEST_EXPONENT = 300;
  private static final String BODY =
      "[+-]?(?:[0-9][0-9.,' _]*+|\\.[0-9]++)(?:[eE][+-]?[0-9]{1,3})?";
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<before>[^0-9.,+-]{0,12}+)(?<sign>[+-]?)(?<mid>[^0-9.,+-]{0,12}+)(?<body>"
              + BODY
              + ")(?<after>[^0-9]{0,12}+)");
  private static final Pattern IN_TEXT =
      Pattern.compile("[0-9]++(?:[.,' ][0-9]++)*+(?:[eE][+-]?[0-9]{1,3})?");
  private static final Set<String> UNITS =
      Currency.getAvailableCurrencies().stream()
          .map(c -> c.getCurrencyCode().toLowerCase(Locale.ROOT))
          .collect(Collectors.toCollection(HashSet::new));

  static {
    UNITS.addAll(
        Set.of("euro", "euros", "dollar", "dollars", "pound", "pounds", "us$", "units", "items"));
  }

  private Amounts() {}

  /**
   * All readings of a value that is meant to be one amount.
   *
   * @return empty when it can't be read for certain
   */
  static Set<BigDecimal> readings(String value) {
    String text = plain(value).strip();
    Matcher m = text.length() <= LONGEST ? VALUE.matcher(text) : null;
    if (m == null || !m.matches()) {
      return Set.of();
    }
    if (!isUnit(m.group("before") + m.group("mid")) || !isUnit(m.group("after"))) {
      return Set.of();
    }
    boolean twoSigns = !m.group("sign").isEmpty() && "+-".indexOf(m.group("body").charAt(0)) >= 0;
    return twoSigns ? Set.of() : bodies(m.group("sign") + m.group("body").strip());
  }

  /** A JSON number; empty for one whose exponent no amount has, and which no sum could hold. */
  static Set<BigDecimal> number(BigDecimal value) {
    return Math.abs((long) value.scale()) > LARGEST_EXPONENT + LONGEST ? Set.of() : Set.of(value);
  }

  /** Every amount that a running text may be said to hold, generously. */
  static Set<BigDecimal> inText(String text) {
    var found = new HashSet<BigDecimal>();
    Matcher m = IN_TEXT.matcher(plain(text));
    while (m.find()) {
      String run = m.group();
      if (run.length() <= LONGEST) {
        found.addAll(bodies(run));
      }
      for (String part : run.split("[ ']", -1)) {
        if (part.length() <= LONGEST) {
          found.addAll(bodies(part));
        }
      }
    }
    return found;
  }

  private static boolean isUnit(String word) {
    String unit = word.strip().toLowerCase(Locale.ROOT);
    return unit.isEmpty()
        || UNITS.contains(unit)
        || (unit.codePointCount(0, unit.length()) == 1
            && Character.getType(unit.codePointAt(0)) == Character.CURRENCY_SYMBOL);
  }

  private static Set<BigDecimal> bodies(String body) {
    var readings = new HashSet<BigDecimal>();
    boolean negative = body.startsWith("-");
    String digits = negative || body.startsWith("+") ? body.substring(1) : body;
    int dots = count(digits, '.');
    int commas = count(digits, ',');
    String ungrouped = ungroup(digits);
    if (ungrouped == null) {
      return readings;
    }
    if (dots > 0 && commas > 0) {
      boolean dotLast = ungrouped.lastIndexOf('.') > ungrouped.lastIndexOf(',');
      if ((dotLast ? dots : commas) == 1) {
        add(readings, ungrouped.replace(dotLast ? "," : ".", "").replace(',', '.'));
      }
    } else if (dots + commas > 1) {
      add(readings, ungrouped.replace(".", "").replace(",", ""));
    } else {
      add(readings, ungrouped.replace(',', '.'));
      if (ungrouped.matches("[1-9][0-9]{0,2}[.,][0-9]{3}")) {
        add(readings, ungrouped.replace(".", "").replace(",", ""));
      }
    }
    if (!negative) {
      return readings;
    }
    return readings.stream().map(BigDecimal::negate).collect(Collectors.toSet());
  }

  /** Takes out blanks, apostrophes and underscores where they group by three; null elsewhere. */
  private static @Nullable String ungroup(String digits) {
    if (!digits.contains(" ") && !digits.contains("'") && !digits.contains("_")) {
      return digits;
    }
    return digits.matches("[0-9]{1,3}(?:[ '_][0-9]{3})++(?:[.,][0-9]++)?(?:[eE][+-]?[0-9]++)?")
        ? digits.replaceAll("[ '_]", "")
        : null;
  }

  private static void add(Set<BigDecimal> readings, String number) {
    try {
      BigDecimal value = new BigDecimal(number);
      if (Math.abs((long) value.scale()) <= LARGEST_EXPONENT) {
        readings.add(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
      }
    } catch (NumberFormatException e) {
      // No number in this reading.
    }
  }

  private static int count(String text, char c) {
    return (int) text.chars().filter(x -> x == c).count();
  }

  /** Digits of every script made ASCII, minus signs and blanks made plain. */
  private static String plain(String text) {
    String n = Normalizer.normalize(text, Normalizer.Form.NFKC);
    var out = new StringBuilder(n.length());
    for (int i = 0; i < n.length(); ) {
      int c = n.codePointAt(i);
      i += Character.charCount(c);
      if (Character.isDigit(c)) {
        out.append((char) ('0' + Character.digit(c, 10)));
      } else if (c == 0x2212 || c == 0x2013) {
        out.append('-');
      } else if (c == 0x2019 || c == 0x66c) {
        out.append('\'');
      } else if (c == 0x66b) {
        out.append(',');
      } else if (Character.isSpaceChar(c) || Character.isWhitespace(c)) {
        out.append(' ');
      } else if (Character.getType(c) != Character.FORMAT) {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }
}
