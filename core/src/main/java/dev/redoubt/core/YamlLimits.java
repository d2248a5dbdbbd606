package dev.redoubt.core;

/**
 * How much of a YAML document is read before it is refused: what a file from outside may cost.
 *
 * @param maxCharacters longest text, in UTF-16 characters
 * @param maxDepth deepest nesting of lists and maps
 * @param maxNodes most values, where an alias counts as all that it stands for (the attack is a
 *     small file whose aliases multiply: "billion laughs")
 * @since 0.1.0
 */
public record YamlLimits(int maxCharacters, int maxDepth, int maxNodes) {
  /** One mebi character, depth 32, 50,000 values: ample for anything that people write by hand. */
  public static final YamlLimits DEFAULT = new YamlLimits(1 << 20, 32, 50_000);

  public YamlLimits {
    if (maxCharacters < 1 || maxDepth < 1 || maxNodes < 1) {
      throw new IllegalArgumentException(
          "limits start at 1, not " + maxCharacters + ", " + maxDepth + ", " + maxNodes);
    }
    if (maxDepth > 500) {
      throw new IllegalArgumentException("a depth of " + maxDepth + " could overflow the stack");
    }
  }
}
