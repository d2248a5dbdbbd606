package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates of birth: any date after words that say so. */
@AutoService(Recogniser.class)
public final class BirthDateRecogniser implements Recogniser {
  private static final int BEFORE = 40;
  private static final String MONTH =
      "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|januar|märz|mai|juni|juli|okt|dez|enero|abril"
          + "|agosto|janv|févr|avril|juin|juil|août|déc)\\p{L}{0,7}+\\.?";
  private static final Pattern DATE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/. ]{1,2}[0-9]{1,2}[-/. ]{1,2}"
              + "(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}(?:st|nd|rd|th|\\.)? (?:of |de )?"
              + MONTH
              + ",? (?:de )?[0-9]{4}"
              + "|"
              + MONTH
              + " [0-9]{1,2}(?:st|nd|rd|th)?,? [0-9]{4})(?![\\p{L}\\p{N}])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  private static final Pattern BORN =
      Pattern.compile(
          "born|birth|birthday|dob|d\\.o\\.b|geb\\.|geboren|geburts|né le|née le|naissance|nacid|nacimiento"
              + "|fecha de nac|nato|nata|nascita|nascid|nascimento|född|født|syntynyt|urodz|生年月日|出生|생년월일");

  @Override
  public String type() {
    return "date-of-birth";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    Matcher m = DATE.matcher(text);
    while (m.find()) {
      String before =
          text.substring(Math.max(0, m.start() - BEFORE), m.start()).toLowerCase(Locale.ROOT);
      Matcher born = BORN.matcher(before);
      int at = -1;
      while (born.find()) {
        at = born.end();
      }
      if (at >= 0
          && before.indexOf(". ", at) < 0
          && before.chars().skip(at).noneMatch(Character::isDigit)) {
        found.add(Span.of(type(), text, m.start(), m.end()));
      }
    }
    return found;
  }
}
