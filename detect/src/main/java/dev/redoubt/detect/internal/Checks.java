package dev.redoubt.detect.internal;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Check digits of national numbers, each as the authority that gives them out describes it. */
final class Checks {
  /** Tables of Verhoeff's dihedral check (1969), for Aadhaar. */
  private static final String[] VERHOEFF_D = {
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
  };

  private static final String[] VERHOEFF_P = {
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258"
  };

  private static final String ITALIAN_ODD_LETTERS =
      "1,0,5,7,9,13,15,17,19,21,2,4,18,20,11,3,6,8,12,14,16,10,22,25,24,23";
  private static final int[] ITALIAN_ODD =
      java.util.Arrays.stream(ITALIAN_ODD_LETTERS.split(",", -1))
          .mapToInt(Integer::parseInt)
          .toArray();

  private Checks() {}

  /** ISO/IEC 7812-1. */
  static boolean luhn(String d) {
    int sum = 0;
    for (int k = 0; k < d.length(); k++) {
      int digit = d.charAt(d.length() - 1 - k) - '0';
      int weighted = k % 2 == 1 ? digit * 2 : digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  static int weighted(String d, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (d.charAt(i) - '0');
    }
    return sum;
  }

  static int digit(String d, int at) {
    return d.charAt(at) - '0';
  }

  /** Says whether a day exists; years of two digits are taken for both centuries. */
  static boolean isDate(int year, int month, int day) {
    try {
      int full = year < 100 ? 2000 + year : year;
      LocalDate.of(full, month, day);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static int number(String d, int from, int to) {
    return Integer.parseInt(d.substring(from, to));
  }

  static boolean sameDigits(String d) {
    return d.chars().distinct().count() == 1;
  }

  /** Weights 9 to 2 and minus one, divisible by eleven ("elfproef"). */
  static boolean dutch(String d) {
    return !d.startsWith("00") && weighted(d, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
  }

  /** ISO/IEC 7064 MOD 11,10: the German tax id and the Croatian OIB. */
  static boolean mod1110(String d) {
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int sum = (digit(d, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(d, 10);
  }

  /** One digit of the first ten comes twice or thrice, and the first is not zero. */
  static boolean german(String d) {
    int[] counts = new int[10];
    d.substring(0, 10).chars().forEach(c -> counts[c - '0']++);
    int repeated = (int) java.util.Arrays.stream(counts).filter(c -> c > 1).count();
    boolean most = java.util.Arrays.stream(counts).allMatch(c -> c <= 3);
    return d.charAt(0) != '0' && repeated == 1 && most && mod1110(d);
  }

  /** Thirteen digits, where Corsica writes 2A and 2B, and 97 minus them modulo 97. */
  static boolean french(String s) {
    String number = s.replaceFirst("(?i)2A", "19").replaceFirst("(?i)2B", "18");
    int month = number(number, 3, 5);
    boolean sane = (month >= 1 && month <= 12) || month >= 20;
    return sane && 97 - Long.parseLong(number.substring(0, 13)) % 97 == number(number, 13, 15);
  }

  static boolean spanish(String s) {
    String number =
        switch (Character.toUpperCase(s.charAt(0))) {
          case 'X' -> "0" + s.substring(1, 8);
          case 'Y' -> "1" + s.substring(1, 8);
          case 'Z' -> "2" + s.substring(1, 8);
          default -> s.substring(0, 8);
        };
    char check = "TRWAGMYFPDXBNJZSQVHLCKE".charAt(Integer.parseInt(number) % 23);
    return Character.toUpperCase(s.charAt(8)) == check;
  }

  static boolean italian(String code) {
    String s = code.toUpperCase(java.util.Locale.ROOT);
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = s.charAt(i);
      int value = c >= 'A' ? c - 'A' : c - '0';
      sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
    }
    return s.charAt(15) == 'A' + sum % 26;
  }

  static boolean portuguese(String d) {
    int rest = weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (rest < 2 ? 0 : 11 - rest) == digit(d, 8);
  }

  static boolean belgian(String d) {
    long nine = Long.parseLong(d.substring(0, 9));
    int check = number(d, 9, 11);
    boolean date = number(d, 2, 4) % 20 <= 12 && number(d, 4, 6) <= 31;
    return date && (97 - nine % 97 == check || 97 - (2_000_000_000L + nine) % 97 == check);
  }

  static boolean swedish(String d) {
    String ten = d.length() == 12 ? d.substring(2) : d;
    int day = number(ten, 4, 6);
    return isDate(number(ten, 0, 2), number(ten, 2, 4), day > 60 ? day - 60 : day) && luhn(ten);
  }

  static boolean finnish(String s) {
    String d = s.substring(0, 6) + s.substring(7, 10);
    char check = "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt((int) (Long.parseLong(d) % 31));
    return isDate(number(d, 4, 6), number(d, 2, 4), number(d, 0, 2))
        && Character.toUpperCase(s.charAt(10)) == check;
  }

  static boolean norwegian(String d) {
    int day = number(d, 0, 2);
    int month = number(d, 2, 4);
    return isDate(number(d, 4, 6), month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
        && weighted(d, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        && weighted(d, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  static boolean danish(String d) {
    return isDate(number(d, 4, 6), number(d, 2, 4), number(d, 0, 2));
  }

  static boolean polish(String d) {
    return isDate(number(d, 0, 2), number(d, 2, 4) % 20, number(d, 4, 6))
        && weighted(d, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
  }

  static boolean brazilian(String d) {
    int first = weighted(d, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    int second = weighted(d, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
    return !sameDigits(d) && first == digit(d, 9) && second == digit(d, 10);
  }

  static boolean indian(String d) {
    int c = 0;
    for (int i = 0; i < d.length(); i++) {
      int permuted = VERHOEFF_P[i % 8].charAt(digit(d, d.length() - 1 - i)) - '0';
      c = VERHOEFF_D[c].charAt(permuted) - '0';
    }
    return c == 0 && d.charAt(0) >= '2';
  }

  /** GB 11643: a date, and ISO 7064 MOD 11-2. */
  static boolean chinese(String s) {
    int sum = weighted(s, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    boolean date = isDate(number(s, 6, 10), number(s, 10, 12), number(s, 12, 14));
    return date && "10X98765432".charAt(sum % 11) == Character.toUpperCase(s.charAt(17));
  }

  static boolean australian(String d) {
    return weighted(d, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && !sameDigits(d);
  }

  static boolean southAfrican(String d) {
    return isDate(number(d, 0, 2), number(d, 2, 4), number(d, 4, 6)) && luhn(d);
  }

  static boolean korean(String d) {
    int sum = weighted(d, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
    return isDate(number(d, 0, 2), number(d, 2, 4), number(d, 4, 6))
        && (11 - sum % 11) % 10 == digit(d, 12);
  }

  static boolean japanese(String d) {
    int rest = weighted(d, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
    return (rest <= 1 ? 0 : 11 - rest) == digit(d, 11);
  }

  /** EAN-13, as the AHV number of Switzerland is checked. */
  static boolean swiss(String d) {
    return weighted(d, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
  }

  static boolean romanian(String d) {
    int check = weighted(d, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
    return isDate(number(d, 1, 3), number(d, 3, 5), number(d, 5, 7))
        && (check == 10 ? 1 : check) == digit(d, 12);
  }

  static boolean czech(String d) {
    int month = number(d, 2, 4) % 50;
    return isDate(number(d, 0, 2), month > 20 ? month - 20 : month, number(d, 4, 6))
        && Long.parseLong(d) % 11 == 0;
  }

  static boolean turkish(String d) {
    int odd = digit(d, 0) + digit(d, 2) + digit(d, 4) + digit(d, 6) + digit(d, 8);
    int even = digit(d, 1) + digit(d, 3) + digit(d, 5) + digit(d, 7);
    int tenth = Math.floorMod(odd * 7 - even, 10);
    return d.charAt(0) != '0' && tenth == digit(d, 9) && (odd + even + tenth) % 10 == digit(d, 10);
  }

  static boolean austrian(String d) {
    int sum = weighted(d, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6);
    return d.charAt(0) != '0' && sum % 11 == digit(d, 3);
  }

  static boolean irish(String s) {
    int sum = weighted(s, 8, 7, 6, 5, 4, 3, 2);
    if (s.length() > 8) {
      char extra = Character.toUpperCase(s.charAt(8));
      sum += extra == 'W' ? 0 : 9 * (extra - 'A' + 1);
    }
    return Character.toUpperCase(s.charAt(7)) == "WABCDEFGHIJKLMNOPQRSTUV".charAt(sum % 23);
  }

  static boolean bulgarian(String d) {
    int check = weighted(d, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10;
    int month = number(d, 2, 4);
    month = month > 40 ? month - 40 : month > 20 ? month - 20 : month;
    return isDate(number(d, 0, 2), month, number(d, 4, 6)) && check == digit(d, 9);
  }

  static boolean singaporean(String code) {
    String s = code.toUpperCase(java.util.Locale.ROOT);
    int sum = weighted(s.substring(1), 2, 7, 6, 5, 4, 3, 2);
    char first = s.charAt(0);
    int index = (sum + (first == 'T' || first == 'G' ? 4 : first == 'M' ? 3 : 0)) % 11;
    return switch (first) {
      case 'S', 'T' -> "JZIHGFEDCBA".charAt(index) == s.charAt(8);
      case 'F', 'G' -> "XWUTRQPNMLK".charAt(index) == s.charAt(8);
      default -> "KLJNPQRTUWX".charAt(10 - index) == s.charAt(8);
    };
  }

  static boolean british(String code) {
    String s = code.toUpperCase(java.util.Locale.ROOT);
    String two = s.substring(0, 2);
    return "DFIQUV".indexOf(s.charAt(0)) < 0
        && "DFIOQUV".indexOf(s.charAt(1)) < 0
        && !java.util.Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ").contains(two);
  }

  static boolean canadian(String d) {
    return d.charAt(0) != '0' && d.charAt(0) != '8' && luhn(d) && !sameDigits(d);
  }
}
