package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;

/** Social security numbers of the United States, in their groups, without areas never issued. */
@AutoService(Recogniser.class)
public final class SsnRecogniser implements Recogniser {
  private static final int LENGTH = 11;

  @Override
  public String type() {
    return "us-ssn";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    for (int i = 0; i + LENGTH <= text.length(); i++) {
      if (isNumber(text, i)) {
        found.add(Span.of(type(), text, i, i + LENGTH));
        i += LENGTH - 1;
      }
    }
    return found;
  }

  private static boolean isNumber(String text, int at) {
    for (int k = 0; k < LENGTH; k++) {
      char c = text.charAt(at + k);
      boolean dash = k == 3 || k == 6;
      if (dash ? c != '-' : !Digits.isDigit(c)) {
        return false;
      }
    }
    String area = text.substring(at, at + 3);
    return edge(text, at - 1)
        && edge(text, at + LENGTH)
        && !area.equals("000")
        && !area.equals("666")
        && area.charAt(0) != '9'
        && !text.startsWith("00", at + 4)
        && !text.startsWith("0000", at + 7);
  }

  private static boolean edge(String text, int at) {
    return !Digits.isWordChar(text, at)
        && (at < 0 || at >= text.length() || text.charAt(at) != '-');
  }
}
