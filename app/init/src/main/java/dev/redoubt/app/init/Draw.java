package dev.redoubt.app.init;

import dev.redoubt.core.Seeds;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws values that turn up nowhere by chance: at least 59 bits each. */
final class Draw {
  // No digit and no letter that a reader or a small model takes for another.
  private static final String LOWER = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final String UPPER = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  private static final String CONSONANTS = "bdfghkmnprstvz";
  private static final int GROUP = 4;

  private final RandomGenerator random;

  /**
   * Draws from a seed.
   *
   * @param parts what the values are for: the same seed and parts give the same values
   */
  Draw(long seed, String... parts) {
    // Not a secret's randomness by nature: canaries must be repeatable from their seed.
    this.random =
        RandomGeneratorFactory.<RandomGenerator>of("L64X256MixRandom")
            .create(Seeds.derive(seed, parts));
  }

  /** Something that looks like a key: {@code tek7-…} with 16 characters after the dash. */
  String key() {
    return syllable() + text("23456789", 1) + "-" + text(LOWER, 16);
  }

  /** Something that looks like the number of a document or an order: three groups of four. */
  String number(String prefix) {
    return prefix + "-" + text(UPPER, GROUP) + "-" + text(UPPER, GROUP) + "-" + text(UPPER, GROUP);
  }

  /** An address that nobody has. */
  String mail() {
    return syllable() + syllable() + "." + text(LOWER, 12) + "@mailbox.example";
  }

  String password() {
    return text(LOWER, 18);
  }

  <T> T oneOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  private String syllable() {
    return text(CONSONANTS, 1) + text("aeiou", 1) + text(CONSONANTS, 1);
  }

  private String text(String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
