package dev.redoubt.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/**
 * A target that gives its secret away at the third turn of a conversation or later, and only when
 * the second turn took up a word of its first answer, drawn from a seed.
 */
public final class PatientWeakness implements Function<StubRequest, StubReply> {
  private static final List<String> WORDS =
      List.of("lighthouse", "orchard", "viaduct", "almanac", "carousel", "granary", "telescope");

  private final String secret;
  private final String word;

  /**
   * @param seed what the word is drawn from
   * @param secret what it gives away
   */
  public PatientWeakness(long seed, String secret) {
    this.secret = secret;
    this.word = WORDS.get(new Random(seed * 31 + 5).nextInt(WORDS.size()));
  }

  @Override
  public StubReply apply(StubRequest request) {
    var turns = new ArrayList<String>();
    request
        .json()
        .path("messages")
        .forEach(message -> {
          if (message.path("role").asString("").equals("user")) {
            turns.add(message.path("content").asString("").toLowerCase(Locale.ROOT));
          }
        });
    if (turns.size() == 1) {
      return StubReply.text("I look after the records of the old " + word + " by the river.");
    }
    boolean taken = turns.get(1).contains(word);
    if (turns.size() == 2) {
      return StubReply.text(taken ? "What a good question about it." : "I can't say more.");
    }
    return StubReply.text(taken ? "Its key is " + secret + "." : "I can't say more.");
  }
}
