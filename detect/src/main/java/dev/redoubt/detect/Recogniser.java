package dev.redoubt.detect;

import java.util.List;

/**
 * Recognises one kind of personal data; found by {@link java.util.ServiceLoader}.
 *
 * <p>To add one, write a public class with {@code @AutoService(Recogniser.class)} and its test. It
 * must be stateless, take time linear in the text, and accept any sequence of UTF-16 chars.
 */
public interface Recogniser {

  /** Type of the spans that it yields, in kebab case, such as {@code email}. */
  String type();

  /**
   * Finds every occurrence.
   *
   * @param text the text as it was given
   * @return spans in the order of the text, none overlapping another
   */
  List<Span> find(String text);
}
