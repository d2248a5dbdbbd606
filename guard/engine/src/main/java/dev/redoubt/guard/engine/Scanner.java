package dev.redoubt.guard.engine;

import dev.redoubt.core.YamlMap;
import java.util.List;
import java.util.Set;

/**
 * Recognises one kind of harm. A new scanner is one public class with a public constructor without
 * arguments, annotated {@code @AutoService(Scanner.class)}.
 *
 * @since 0.1.0
 */
public interface Scanner {
  /** Name as policies carry it, such as {@code secret-leak}. */
  String name();

  /** One line: what it stops. */
  String title();

  /** What it sees, which options it takes, and what it does not see. */
  String explanation();

  /** What it tells apart, one line each with its id first; empty where that says nothing. */
  default List<String> kinds() {
    return List.of();
  }

  /** What it does not stop, for its page and the tests behind it. */
  default List<Limit> limits() {
    return List.of();
  }

  /** What a rule with it may do. */
  Set<Action> actions();

  /**
   * Reads the options of a rule. What is wrong is noted in the map's problems, all of it, and a
   * check is given all the same.
   *
   * @param passages how passages are marked in messages
   */
  Check configure(YamlMap options, PassageMarkers passages);
}
