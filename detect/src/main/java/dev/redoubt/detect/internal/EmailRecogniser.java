package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;

/** E-mail addresses as people write them; quoted local parts and address literals are left out. */
@AutoService(Recogniser.class)
public final class EmailRecogniser implements Recogniser {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;

  @Override
  public String type() {
    return "email";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int at = text.indexOf('@');
    int free = 0;
    while (at >= 0) {
      int from = localStart(text, at, free);
      int to = domainEnd(text, at + 1);
      if (from < at && to > at) {
        found.add(Span.of(type(), text, from, to));
        free = to;
      }
      at = text.indexOf('@', at + 1);
    }
    return found;
  }

  private static int localStart(String text, int at, int free) {
    int i = at;
    while (i > free && at - i < MAX_LOCAL && isLocal(text.charAt(i - 1))) {
      i--;
    }
    while (i < at && !Character.isLetterOrDigit(text.charAt(i))) {
      i++;
    }
    boolean dotBeforeAt = at > 0 && text.charAt(at - 1) == '.';
    return dotBeforeAt ? at : i;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'&".indexOf(c) >= 0;
  }

  /** Index after a domain of at least two labels that ends in letters; -1 when there is none. */
  private static int domainEnd(String text, int from) {
    int end = -1;
    int label = from;
    int i = from;
    while (i <= text.length() && i - from < MAX_DOMAIN) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || (c == '-' && i > label)) {
        i++;
        continue;
      }
      if (i == label) {
        break;
      }
      int last = text.charAt(i - 1) == '-' ? i - 1 : i;
      if (label > from && last - label >= 2 && isLetters(text, label, last)) {
        end = last;
      }
      if (c != '.') {
        break;
      }
      i++;
      label = i;
    }
    return end;
  }

  private static boolean isLetters(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Character.isLetter(text.charAt(i))) {
        return text.startsWith("xn--", from);
      }
    }
    return true;
  }
}
