package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.List;

/**
 * An entry of the allow-list.
 *
 * @param use what may be done with it on load
 * @param items whether items may be put into what it makes: its own methods for that are part of
 *     the evidence
 * @param template whether its state holds source that SciPy executes, which must be SciPy's own
 *     form
 * @param arguments globals that it may be given, since it calls what it is given; empty where it
 *     calls nothing
 * @param evidence why it can't call
 */
record Allowed(Use use, boolean items, boolean template, List<String> arguments, String evidence) {
  /** What may be done, each including the ones before. */
  enum Use {
    /** It may be referred to. */
    VALUE,
    /**
     * A class of which objects may be made without calling its constructor, and be given a state.
     */
    NEW,
    /** It may be called with anything. */
    CALL
  }

  Allowed {
    arguments = List.copyOf(arguments);
  }
}
