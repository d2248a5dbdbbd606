package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Phone numbers: international ones, North American ones in their usual groups, national ones that
 * begin with a zero and are grouped, and any after a word for a phone. Freephone numbers are left
 * out: who calls pays nothing, so they belong to firms, not to people.
 */
@AutoService(Recogniser.class)
public final class PhoneRecogniser implements Recogniser {
  private static final String SEPARATORS = " -./()\u00A0\u2011";
  private static final int CONTEXT = 40;
  private static final List<String> WORDS =
      List.of(
          "phone",
          "tel",
          "mobile",
          "cell",
          "call",
          "fax",
          "whatsapp",
          "telefon",
          "handy",
          "sms",
          "text me",
          "dial",
          "reach me",
          "ring me",
          "contact number",
          "registered number",
          "my registered",
          "teléfono",
          "móvil",
          "celular",
          "llámame",
          "tél",
          "portable",
          "appel",
          "telefoon",
          "mobiel",
          "puhelin",
          "mobil",
          "cellulare",
          "telemóvel",
          "celul",
          "komórk",
          "numer",
          "número de contacto",
          "телефон",
          "電話",
          "电话",
          "手机",
          "전화");

  /**
   * International ones (ITU-T E.169), those of most of Europe, and North America's toll-free ones.
   */
  private static final Pattern FREEPHONE =
      Pattern.compile("(?:00)?800\\d{8}|0(?:800|808|805)\\d{4,}|1?8(?:00|33|44|55|66|77|88)\\d{7}");

  /** What follows an area code in brackets. */
  private static final Pattern AREA =
      Pattern.compile("[2-5]-[3-4]-[3-4]|[2-5]-[6-8]|[2-4]-2-2-2(?:-2)?");

  @Override
  public String type() {
    return "phone";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!isStart(text, i)) {
        i++;
        continue;
      }
      int digits = text.charAt(i) == '+' || text.charAt(i) == '(' ? i + 1 : i;
      int end = Digits.run(text, digits, SEPARATORS, 16);
      if (end > digits && !Digits.isWordChar(text, end) && isPhone(text, i, digits, end)) {
        found.add(Span.of(type(), text, i, end));
        i = end;
      } else {
        i = digits;
        while (i < text.length() && Digits.isDigit(text.charAt(i))) {
          i++;
        }
        i = Math.max(i, digits + 1);
      }
    }
    return found;
  }

  private static boolean isStart(String text, int at) {
    char c = text.charAt(at);
    boolean begins = c == '+' || c == '(' || Digits.isDigit(c);
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    // After a dash, a dot or a slash it is the rest of something else.
    return begins && !Character.isLetterOrDigit(before) && "-./_#$€£+".indexOf(before) < 0;
  }

  private static boolean isPhone(String text, int from, int digitsFrom, int end) {
    String digits = Digits.of(text, digitsFrom, end);
    int n = digits.length();
    String groups = Digits.groups(text, digitsFrom, end);
    if (n < 7
        || n > 15
        || FREEPHONE.matcher(digits).matches()
        || isDate(groups)
        || groups.equals("4-4-4")
        || groups.equals("3-2-4")) {
      return false;
    }
    if (text.charAt(from) == '+') {
      return n >= 8 && digits.charAt(0) != '0';
    }
    if (groups.equals("3-3-4") || groups.equals("1-3-3-4")) {
      return true;
    }
    if (text.charAt(from) == '(' && AREA.matcher(groups).matches()) {
      return true;
    }
    boolean grouped = groups.indexOf('-') > 0;
    if (grouped && digits.charAt(0) == '0' && n >= 9 && n <= 14 && !afterCode(text, from)) {
      return groups.charAt(0) >= '2' || digits.startsWith("00");
    }
    return afterPhoneWord(text, from);
  }

  private static boolean isDate(String groups) {
    return groups.startsWith("4-2-2") || groups.startsWith("2-2-4") || groups.startsWith("1-2-4");
  }

  /** "1Z 999 AA1 01 2345 6784": after a word of letters and digits it is the rest of a code. */
  private static boolean afterCode(String text, int at) {
    int i = at - 1;
    boolean letter = false;
    boolean digit = false;
    if (i < 0 || text.charAt(i) != ' ') {
      return false;
    }
    for (i--; i >= 0 && Character.isLetterOrDigit(text.charAt(i)); i--) {
      letter |= Character.isLetter(text.charAt(i));
      digit |= Character.isDigit(text.charAt(i));
    }
    return letter && digit;
  }

  private static boolean afterPhoneWord(String text, int at) {
    String before = text.substring(Math.max(0, at - CONTEXT), at).toLowerCase(Locale.ROOT);
    for (String word : WORDS) {
      int found = before.lastIndexOf(word);
      boolean whole = found == 0 || (found > 0 && !Character.isLetter(before.charAt(found - 1)));
      if (whole && before.indexOf('.', found + word.length() + 1) < 0) {
        return before.substring(found).chars().noneMatch(c -> c >= '0' && c <= '9');
      }
    }
    return false;
  }
}
