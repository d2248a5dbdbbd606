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
