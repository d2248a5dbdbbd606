package dev.redoubt.inspect.artifact.internal.pickle;

import org.jspecify.annotations.Nullable;

/** What is known of dotted names of Python, for configurations that have one imported or called. */
public final class PythonNames {
  private PythonNames() {}

  /** Says what a name such as {@code os.system} is known for; null where nothing is. */
  public static @Nullable String danger(String dotted) {
    int dot = dotted.lastIndexOf('.');
    return dot < 1
        ? Dangers.shipped().find("builtins", dotted)
        : Dangers.shipped().find(dotted.substring(0, dot), dotted.substring(dot + 1));
  }
}
