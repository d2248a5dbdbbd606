package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * International bank account numbers: a country, two check digits and up to 30 characters, with a
 * right checksum (ISO 13616, modulo 97), in one piece or in groups of four.
 */
@AutoService(Recogniser.class)
public final class IbanRecogniser implements Recogniser {
  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;

  @Override
  public String type() {
    return "iban";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i + SHORTEST <= text.length()) {
      int end = isStart(text, i) ? end(text, i) : -1;
      if (end > 0) {
        found.add(Span.of(type(), text, i, end));
        i = end;
      } else {
        i++;
      }
    }
    return found;
  }

  private static boolean isStart(String text, int at) {
    return !Digits.isWordChar(text, at - 1)
        && isLetter(text.charAt(at))
        && isLetter(text.charAt(at + 1))
        && Digits.isDigit(text.charAt(at + 2))
        && Digits.isDigit(text.charAt(at + 3));
  }

  /** Index after the longest prefix that is a whole number; -1 when none is. */
  private static int end(String text, int from) {
    StringBuilder chars = new StringBuilder(LONGEST);
    int end = -1;
    int i = from;
    while (i < text.length() && chars.length() < LONGEST) {
      char c = text.charAt(i);
      if (c == ' ' && i > from && text.charAt(i - 1) != ' ') {
        i++;
        continue;
      }
      if (!isLetter(c) && !Digits.isDigit(c)) {
        break;
      }
      chars.append(Character.toUpperCase(c));
      i++;
      boolean whole = !Digits.isWordChar(text, i);
      if (whole && chars.length() >= SHORTEST && checks(chars)) {
        end = i;
      }
    }
    return end;
  }

  private static boolean checks(CharSequence iban) {
    int rest = 0;
    for (int k = 0; k < iban.length(); k++) {
      char c = iban.charAt((k + 4) % iban.length());
      int value = Digits.isDigit(c) ? c - '0' : c - 'A' + 10;
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }

  private static boolean isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
}
