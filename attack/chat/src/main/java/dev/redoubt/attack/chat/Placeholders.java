package dev.redoubt.attack.chat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
    return WORD.matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(values.getOrDefault(m.group(1), m.group())));
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
