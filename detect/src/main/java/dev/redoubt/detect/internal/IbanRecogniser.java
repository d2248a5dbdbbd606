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
  /** Lengths by country, from the registry of ISO 13616. */
  private static final java.util.Map<String, Integer> LENGTHS = lengths();

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

  private static java.util.Map<String, Integer> lengths() {
    var lengths = new java.util.HashMap<String, Integer>();
    for (String entry :
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
                + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28"
                + " HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21"
                + " LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29"
                + " PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23"
                + " TN24 TR26 UA29 VA22 VG24 XK20 YE30")
            .split(" ", -1)) {
      lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return java.util.Map.copyOf(lengths);
  }

  private static boolean checks(CharSequence iban) {
    Integer length = LENGTHS.get(iban.subSequence(0, 2).toString());
    if (length == null || length != iban.length()) {
      return false;
    }
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
