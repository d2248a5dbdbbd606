package dev.redoubt.detect;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A kind of credential with a form of its own, as {@code secret-kinds.yaml} describes it.
 *
 * @param id type of its spans
 * @param title in words
 * @param starts text that it begins with, or that stands inside it where {@code back} is given
 * @param words words of which one has to stand before it; empty for a form that stands for itself
 * @param back class of the characters before {@code starts} that belong to it
 * @param form the whole of it, possessive throughout
 * @param entropy fewest bits a character
 * @param checksum whether its last six characters are a CRC-32 in base 62
 */
record SecretKind(
    String id,
    String title,
    List<String> starts,
    List<String> words,
    @Nullable Pattern back,
    Pattern form,
    double entropy,
    boolean checksum) {
  SecretKind {
    starts = List.copyOf(starts);
    words = List.copyOf(words);
    if (starts.isEmpty() == words.isEmpty()) {
      throw new IllegalArgumentException(id + ": give either start or words");
    }
  }
}
