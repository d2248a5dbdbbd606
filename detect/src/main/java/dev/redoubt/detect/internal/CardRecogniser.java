package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Payment card numbers: 13 to 19 digits with the prefix of a scheme and a right check digit (Luhn,
 * ISO/IEC 7812-1), in one piece or in groups.
 */
@AutoService(Recogniser.class)
public final class CardRecogniser implements Recogniser {

  /** Beside one of these a number of no known scheme counts as well. */
  private static final Set<String> WORDS =
      Set.of(
          "card",
          "cards",
          "card number",
          "cc",
          "credit",
          "debit",
          "visa",
          "mastercard",
          "maestro",
          "amex",
          "jcb",
          "diners",
          "discover",
          "karte",
          "kreditkarte",
          "carte",
          "tarjeta",
          "carta",
          "cartão",
          "kaart",
          "creditcard");

  @Override
  public String type() {
    return "card";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!Digits.isDigit(text.charAt(i)) || Digits.isWordChar(text, i - 1)) {
        i++;
        continue;
      }
      int end = end(text, i);
      if (end > i) {
        found.add(Span.of(type(), text, i, end));
        i = end;
      } else {
        while (i < text.length() && Digits.isDigit(text.charAt(i))) {
          i++;
        }
      }
    }
    return found;
  }

  /** Index after the longest run of groups that is a card; an expiry date may follow. */
  private static int end(String text, int from) {
    int first = Digits.run(text, from, "", 24);
    // Cards are written in one piece or begin with a group of four.
    int end = first - from == 4 ? Digits.run(text, from, " -", 24) : first;
    while (end > from && (Digits.isWordChar(text, end) || !isCard(text, from, end))) {
      end--;
      while (end > from
          && (!Digits.isDigit(text.charAt(end - 1)) || Digits.isWordChar(text, end))) {
        end--;
      }
    }
    return end;
  }

  private static boolean isCard(String text, int from, int to) {
    String digits = Digits.of(text, from, to);
    int n = digits.length();
    if (n < 12 || n > 19 || !grouped(Digits.groups(text, from, to)) || !Checks.luhn(digits)) {
      return false;
    }
    boolean usual = n >= 13 && hasScheme(digits);
    boolean rest =
        from > 1
            && " -".indexOf(text.charAt(from - 1)) >= 0
            && Digits.isDigit(text.charAt(from - 2));
    return usual || (digits.charAt(0) != '0' && !rest && Around.holds(text, from, to, WORDS));
  }

  private static boolean hasScheme(String d) {
    char second = d.charAt(1);
    return switch (d.charAt(0)) {
      case '4', '6' -> true;
      case '5' -> second != '9';
      case '3' -> second == '0' || second >= '4';
      case '1' -> d.startsWith("1800") && d.length() == 15;
      case '2' -> (second >= '2' && second <= '7') || (d.startsWith("2131") && d.length() == 15);
      default -> false;
    };
  }

  private static boolean grouped(String groups) {
    return groups.indexOf('-') < 0
        || groups.startsWith("4-4-4")
        || groups.equals("4-6-5")
        || groups.equals("4-6-4");
  }
}
