package dev.redoubt.inspect.artifact.internal.pickle;

import org.jspecify.annotations.Nullable;

/** What is known of names of Python, for formats other than pickle that name them. */
public final class KnownNames {
  private KnownNames() {}

  /** Says whether evidence shows that building an object of the class, or naming it, can't call. */
  public static boolean harmless(String module, String name) {
    return AllowList.shipped().find(module, name) != null;
  }

  /** Says what a name is known to do; null where nothing is known. */
  public static @Nullable String danger(String module, String name) {
    return Dangers.shipped().find(module, name);
  }
}
