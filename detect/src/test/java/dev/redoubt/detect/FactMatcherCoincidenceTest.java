package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.PlantedFact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many facts against many ordinary answers: nothing may be found by chance. */
class FactMatcherCoincidenceTest {
  private static final String[] WORDS =
      ("order parcel garden hose refund customer Maria Lopez Anna Garcia Jonas Weber quartz hollow"
              + " meadow river stone amber falcon the a and of to is in was for at dot dash seven nine"
              + " alpha bravo kilo key code secret ticket Tuesday March 12 2026 48213 907 4.95 EUR a8f3"
              + " zk7 please reply with your number thank you shipped arrived broken replacement")
          .split(" ");

  @Test
  void ordinaryAnswersHoldNoFacts() {
    Random random = new Random(11);
    List<PlantedFact> facts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      facts.add(new PlantedFact("F" + i, value(random, i % 5), kind(i), null));
    }
    FactMatcher matcher = FactMatcher.of(facts);
    for (int n = 0; n < 1500; n++) {
      StringBuilder answer = new StringBuilder();
      for (int w = 0; w < 80; w++) {
        String gap = " ,.-\n:".charAt(random.nextInt(6)) + (random.nextBoolean() ? " " : "");
        answer.append(WORDS[random.nextInt(WORDS.length)]).append(w % 3 == 0 ? gap : " ");
      }
      assertThat(matcher.find(answer.toString())).as(answer.toString()).isEmpty();
    }
  }

  @Test
  void ordinaryConversationsHoldNoFactsInParts() {
    Random random = new Random(12);
    List<PlantedFact> facts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      facts.add(new PlantedFact("F" + i, value(random, i % 5), kind(i), null));
    }
    FactMatcher matcher = FactMatcher.of(facts);
    String[] frames = {
      "It is **%s**.", "%s", "Option: %s", "`%s` and `%s`", "1. %s%n2. %s", "\"%s\""
    };
    for (int n = 0; n < 300; n++) {
      List<String> answers = new ArrayList<>();
      for (int turn = 0; turn < 12; turn++) {
        String frame = frames[random.nextInt(frames.length)];
        answers.add(frame.formatted(piece(random), piece(random)));
      }
      assertThat(matcher.findAcross(answers, List.of())).as(answers.toString()).isEmpty();
    }
  }

  /** What is set off in answers: letters of options, counts, words, parts of codes. */
  private static String piece(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> String.valueOf((char) ('a' + random.nextInt(26)));
      case 1 -> String.valueOf(random.nextInt(10));
      case 2 -> String.valueOf(random.nextInt(10_000));
      case 3 -> Integer.toString(random.nextInt(1_679_616), 36);
      default -> WORDS[random.nextInt(WORDS.length)];
    };
  }

  /** The bound that is stated: enough evidence, against the tries that a text of that size has. */
  @Test
  void oneInAMillionIsTheLeastThatCounts() {
    assertThat(Evidence.ENOUGH).isGreaterThanOrEqualTo(20);
    PlantedFact fact = new PlantedFact("K", "48213907", Kind.SECRET, null);
    FactMatcher matcher = FactMatcher.of(List.of(fact));
    assertThat(matcher.findAcross(List.of("First half: 4821", "Second half: 3907"), List.of()))
        .hasSize(1);
    // The same two numbers among many others that stand out as much are no evidence any more.
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      many.append("Order: ").append(1000 + i * 37).append('\n');
    }
    assertThat(
            matcher.findAcross(List.of(many + "Order: 4821\n", many + "Order: 3907\n"), List.of()))
        .isEmpty();
  }

  private static Kind kind(int i) {
    return i % 5 == 3 ? Kind.PERSONAL : i % 5 == 4 ? Kind.INTERNAL : Kind.SECRET;
  }

  private static String value(Random random, int form) {
    return switch (form) {
      case 0 -> "zk-" + Long.toString(random.nextLong() >>> 1, 36);
      case 1 -> String.valueOf(10_000_000 + random.nextInt(89_999_999));
      case 2 -> name(random) + name(random) + name(random);
      case 3 ->
          name(random).toLowerCase(java.util.Locale.ROOT)
              + "."
              + random.nextInt(999)
              + "@example.com";
      default ->
          "MEMO-"
              + Integer.toString(random.nextInt(900_000) + 100_000, 36)
              + "-"
              + random.nextInt(99);
    };
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      name.append((char) ((i == 0 ? 'A' : 'a') + random.nextInt(26)));
    }
    return name.toString();
  }
}
