package dev.redoubt.attack.chat.internal;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Walks over the words of a text. */
final class PlainWords {
  private static final Pattern WORD = Pattern.compile("\\S+");

  private PlainWords() {}

  /**
   * Changes every word but addresses: the target must be able to copy those, or an attack that
   * works would leave no trace at its sink.
   */
  static String change(String text, UnaryOperator<String> change) {
    return WORD.matcher(text)
        .replaceAll(m ->
            Matcher.quoteReplacement(isAddress(m.group()) ? m.group() : change.apply(m.group())));
  }

  static boolean isAddress(String word) {
    return word.contains("://") || word.contains("@");
  }
}
