package dev.redoubt.inspect.artifact.internal.pickle;

/** Ids of the rules of pickles; their words are in {@code rules/pickle.yaml}. */
final class PickleRules {
  private static final String PREFIX = "inspect.artifact.pickle-";

  static final String DANGEROUS = PREFIX + "dangerous";
  static final String UNPROVEN = PREFIX + "unproven";
  static final String CHANGE = PREFIX + "change";
  static final String COMPUTED = PREFIX + "computed";
  static final String HOOK = PREFIX + "hook";
  static final String PERSISTENT = PREFIX + "persistent-id";
  static final String STRUCTURE = PREFIX + "structure";
  static final String NESTED = PREFIX + "nested";

  private PickleRules() {}
}
