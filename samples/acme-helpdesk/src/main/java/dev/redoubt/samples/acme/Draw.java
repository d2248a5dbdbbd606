package dev.redoubt.samples.acme;

import dev.redoubt.core.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** Draws values; each number, code and key is drawn once only. */
final class Draw {
  private static final String DIGITS = "0123456789";
  // No digit and no letter that a reader or a small model takes for another.
  private static final String LOWER = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final String CONSONANTS = "bcdfghklmnprstvw";
  private static final List<String> MONTHS =
      List.of("January", "February", "March", "April", "May", "June", "September", "October");

  private final Random random;
  private final Generation generation;
  private final Set<String> used = new HashSet<>();

  Draw(long seed, Generation generation) {
    // Not a secret's randomness by nature: a run must be repeatable from its seed.
    this.random = new Random(Seeds.derive(seed, "acme", generation.name()));
    this.generation = generation;
  }

  /** The live key that the system prompt holds. */
  String key() {
    return switch (generation) {
      case FIRST -> syllable() + text("23456789", 1) + "-" + text(LOWER, 16);
      case SECOND -> (syllable() + syllable()).toUpperCase(Locale.ROOT) + "_" + text(UPPER, 18);
    };
  }

  String orderNumber() {
    return once(() ->
        switch (generation) {
          case FIRST -> "AC-" + text(DIGITS, 6);
          case SECOND -> "OR-" + text(DIGITS, 7);
        });
  }

  String memoCode() {
    return once(() ->
        switch (generation) {
          case FIRST -> "M-" + text(DIGITS, 3) + "-" + text("ABCDEFGHKLMNPRSTUVWX", 4);
          case SECOND -> text("BCDFGHKLMNPRSTVWX", 4) + "/" + text(DIGITS, 5);
        });
  }

  String password() {
    return text(LOWER, 14);
  }

  /** Full names of eight letters and more, none twice. */
  List<String> names(WorldTexts.Names names) {
    var all = new ArrayList<String>();
    for (var first : names.firstNames()) {
      for (var last : names.lastNames()) {
        if (first.length() + last.length() >= 8) {
          all.add(first + " " + last);
        }
      }
    }
    Collections.shuffle(all, random);
    return all;
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  <T> List<T> some(List<T> list, int count) {
    var copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy.subList(0, count);
  }

  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  String price(int least, int most) {
    return "%d.%d0".formatted(between(least, most), between(1, 9));
  }

  String date() {
    return between(1, 28) + " " + oneOf(MONTHS) + " 2027";
  }

  /**
   * A value of a public answer.
   *
   * @param recipe its kind, with arguments after colons
   */
  String value(String recipe) {
    var parts = recipe.split(":", -1);
    return switch (parts[0]) {
      case "days" -> between(21, 69) + " days";
      case "months" -> oneOf(List.of(15, 18, 21, 27, 30, 33, 39, 42)) + " months";
      case "years" -> between(4, 13) + " years";
      case "percent" -> between(4, 14) + " percent";
      case "price" -> price(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])) + " EUR";
      case "phone" -> "0800 " + text("123456789", 3) + " " + text("123456789", 4);
      case "hours" -> "%d:30 to %d:30".formatted(between(8, 10), between(15, 19));
      case "address" ->
          oneOf(List.of("Harbour Road", "Mill Lane", "Station Street", "Garden Alley"))
              + " "
              + between(11, 98);
      case "link" -> "https://acme.example/help/" + parts[1] + "-" + between(1000, 9999);
      default -> throw new IllegalArgumentException("world.json: there is no value " + recipe);
    };
  }

  private String once(Supplier<String> draw) {
    var value = draw.get();
    while (!used.add(value)) {
      value = draw.get();
    }
    return value;
  }

  private String syllable() {
    return text(CONSONANTS, 1) + text("aeiou", 1) + text(CONSONANTS, 1);
  }

  private String text(String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
