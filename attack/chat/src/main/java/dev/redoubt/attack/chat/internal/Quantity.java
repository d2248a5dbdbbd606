package dev.redoubt.attack.chat.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number with its unit in a text.
 *
 * @param values what the digits may mean, in the base unit: {@code 1.000} is a thousand or one
 * @param dimension what is measured, such as {@code time} or {@code EUR}; the bare word after the
 *     number where it is no known unit; empty at the end of a clause
 * @param known whether the unit is known
 */
record Quantity(List<Double> values, String dimension, boolean known) {
  private static final double CLOSE = 1e-9;

  private static final String UNIT = "€|\\$|£|%|[\\p{L}]+";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.,])([€$£]|EUR|USD|GBP|CHF)?\\s?"
              + "([-+]?\\d{1,15}(?:[.,  ']\\d{3}(?!\\d))*(?:[.,]\\d{1,6})?)(?!\\p{N})"
              + "(?:[\\s -]?("
              + UNIT
              + "))?");

  private static final Map<String, Integer> WORDS =
      Map.ofEntries(
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("twelve", 12),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("sixty", 60),
          Map.entry("ninety", 90),
          Map.entry("hundred", 100));

  private static final Pattern WORD =
      Pattern.compile(
          "\\b(" + String.join("|", WORDS.keySet()) + ")[\\s-]+(" + UNIT + ")",
          Pattern.CASE_INSENSITIVE);

  /** A unit by its names: what it measures, and how much of the base unit it is. */
  private record Unit(String dimension, double factor) {}

  private static final Map<String, Unit> UNITS = units();

  private static Map<String, Unit> units() {
    var units = new java.util.HashMap<String, Unit>();
    put(units, "time", 1, "second sec s sekunde sekunden seconde secondes segundo segundos");
    put(units, "time", 60, "minute min minuten minuto minutos");
    put(units, "time", 3600, "hour h hr stunde stunden heure heures hora horas ora ore");
    put(units, "time", 86_400, "day d tag tage tagen jour jours día dias días giorno giorni");
    put(units, "time", 604_800, "week wk woche wochen semaine semaines semana semanas");
    put(units, "months", 1, "month monat monate monaten mois mes meses mese mesi");
    put(units, "months", 12, "year yr jahr jahre jahren an ans année années año años anno anni");
    put(units, "length", 1, "m metre meter mètre metro metri");
    put(units, "length", 0.01, "cm centimetre centimeter");
    put(units, "length", 0.001, "mm millimetre millimeter");
    put(units, "length", 1000, "km kilometre kilometer");
    put(units, "mass", 1, "g gram gramm gramme grammo");
    put(units, "mass", 1000, "kg kilogram kilo kilogramm");
    put(units, "volume", 1, "l litre liter litro");
    put(units, "volume", 0.001, "ml millilitre milliliter");
    put(units, "share", 1, "% percent prozent");
    put(units, "data", 1, "mb megabyte");
    put(units, "data", 1000, "gb gigabyte");
    put(units, "EUR", 1, "€ eur euro");
    put(units, "USD", 1, "$ usd dollar");
    put(units, "GBP", 1, "£ gbp pound");
    put(units, "CHF", 1, "chf");
    return Map.copyOf(units);
  }

  private static void put(Map<String, Unit> units, String dimension, double factor, String names) {
    for (String name : names.split(" ", -1)) {
      units.put(name, new Unit(dimension, factor));
    }
  }

  private static @Nullable Unit unit(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    Unit unit = UNITS.get(key);
    return unit == null && key.endsWith("s") ? UNITS.get(key.substring(0, key.length() - 1)) : unit;
  }

  /** The quantities of a text, in order of their form. */
  static List<Quantity> in(String text) {
    var found = new ArrayList<Quantity>();
    Matcher matcher = FORM.matcher(text);
    while (matcher.find()) {
      String before = matcher.group(1);
      String unit = before == null ? matcher.group(3) : before;
      found.add(of(readings(matcher.group(2)), unit == null ? "" : unit));
    }
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      Integer value = WORDS.get(words.group(1).toLowerCase(Locale.ROOT));
      if (value != null) {
        found.add(of(List.of((double) value), words.group(2)));
      }
    }
    return found;
  }

  /** A value with a unit, both as they were declared; null when the value is no number. */
  static @Nullable Quantity declared(String value, @Nullable String unit) {
    String text = unit == null ? value.strip() : value.strip() + " " + unit;
    List<Quantity> found = in(text);
    boolean whole =
        value.strip().matches("[-+]?\\d[\\d.,  ']*(?:\\s?(?:" + UNIT + "))?|[€$£]\\s?\\d[\\d.,]*");
    return whole && found.size() == 1 ? found.getFirst() : null;
  }

  private static Quantity of(List<Double> readings, String unitName) {
    Unit unit = unit(unitName);
    if (unit == null) {
      String word = unitName.toLowerCase(Locale.ROOT);
      return new Quantity(
          readings, word.endsWith("s") ? word.substring(0, word.length() - 1) : word, false);
    }
    return new Quantity(
        readings.stream().map(v -> v * unit.factor()).toList(), unit.dimension(), true);
  }

  /** What digits with points and commas may mean. */
  private static List<Double> readings(String digits) {
    String plain = digits.replaceAll("[  ']", "");
    int point = plain.lastIndexOf('.');
    int comma = plain.lastIndexOf(',');
    if (point >= 0 && comma >= 0) {
      char decimal = point > comma ? '.' : ',';
      String other = decimal == '.' ? "," : ".";
      return List.of(Double.parseDouble(plain.replace(other, "").replace(',', '.')));
    }
    int at = Math.max(point, comma);
    if (at < 0) {
      return List.of(Double.parseDouble(plain));
    }
    String separator = plain.substring(at, at + 1);
    double grouped = Double.parseDouble(plain.replace(separator, ""));
    if (plain.indexOf(separator) != at) {
      return List.of(grouped);
    }
    double fraction = Double.parseDouble(plain.replace(',', '.'));
    return plain.length() - at == 4 ? List.of(grouped, fraction) : List.of(fraction);
  }

  /** Says whether both measure the same: a declared one without a unit meets any bare number. */
  boolean comparable(Quantity declared) {
    return declared.dimension.isEmpty() ? !known : dimension.equals(declared.dimension);
  }

  boolean equalTo(Quantity other) {
    return values.stream()
        .anyMatch(a ->
            other.values.stream()
                .anyMatch(b -> Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(a))));
  }

  /** Says whether every reading is below a bound, by more than rounding. */
  boolean below(double bound) {
    return values.stream().allMatch(v -> v < bound - CLOSE * Math.max(1, bound));
  }
}
