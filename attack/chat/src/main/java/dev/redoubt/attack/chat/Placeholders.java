package dev.redoubt.attack.chat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills words in braces: {@code {name}}, or {@code {name|words to take without one}}. A name that
 * has neither stays as it is and can be asked for.
 */
final class Placeholders {
  private static final Pattern WORD =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)(?:\\|([^{}|]*))?\\}");

  private final Map<String, String> values;

  Placeholders(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  String fill(String text) {
    return WORD.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m)));
  }

  private String value(MatchResult word) {
    String value = values.get(word.group(1));
    if (value != null) {
      return value;
    }
    return word.group(2) == null ? word.group() : word.group(2);
  }

  /** Names that a text uses, other than the given ones, and that have no value here. */
  Set<String> missing(String text, Set<String> later) {
    var missing = new TreeSet<String>();
    WORD.matcher(text)
        .results()
        .filter(m -> m.group(2) == null)
        .map(m -> m.group(1))
        .filter(name -> !values.containsKey(name) && !later.contains(name))
        .forEach(missing::add);
    return missing;
  }
}
