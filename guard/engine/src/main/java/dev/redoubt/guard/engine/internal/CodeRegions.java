package dev.redoubt.guard.engine.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of a text that markdown shows as code: fenced blocks and spans between backticks. */
final class CodeRegions {
  private static final Pattern FENCE = Pattern.compile("(?m)^ {0,3}(```+|~~~+)[^\\n]{0,200}$");
  private static final int LONGEST_SPAN = 2_000;

  private record Region(int start, int end) {}

  private final List<Region> regions = new ArrayList<>();

  private CodeRegions() {}

  static CodeRegions of(String text) {
    var found = new CodeRegions();
    Matcher m = FENCE.matcher(text);
    int plain = 0;
    while (m.find(plain)) {
      found.spans(text, plain, m.start());
      String fence = m.group(1);
      int end = text.length();
      int from = m.end();
      while (m.find()) {
        if (m.group(1).startsWith(fence.substring(0, 3)) && m.group(1).length() >= fence.length()) {
          end = m.end();
          break;
        }
      }
      found.regions.add(new Region(from, end));
      plain = end;
      if (plain >= text.length()) {
        return found;
      }
    }
    found.spans(text, plain, text.length());
    return found;
  }

  private void spans(String text, int from, int to) {
    int at = text.indexOf('`', from);
    while (at >= 0 && at < to) {
      int run = at;
      while (run < to && text.charAt(run) == '`') {
        run++;
      }
      int close = text.indexOf(text.substring(at, run), run);
      if (close < 0 || close >= to || close - run > LONGEST_SPAN) {
        at = text.indexOf('`', run);
        continue;
      }
      regions.add(new Region(run, close));
      at = text.indexOf('`', close + run - at);
    }
  }

  /** Says whether a char is shown as code. */
  boolean holds(int index) {
    int low = 0;
    int high = regions.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Region region = regions.get(middle);
      if (index < region.start()) {
        high = middle - 1;
      } else if (index >= region.end()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }
}
