package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.PlantedFact.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Each disguise: the value is found, a part or a look-alike in it is not. */
class MoreDisguisesTest {
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String[] SECRETS = {
    "kx7-Wq2Lm9Zr4Tb8",
    "zk-7Qp2Lm9Xw4Rt8Vb3",
    "QuartzHollowMeadow",
    "4821390755",
    "MEMO-k3x9ah-42",
    "ACME-77X9-QQ12-LLB4",
    "OrchidStoneRiver1987",
  };

  private static boolean finds(String value, String text) {
    return !FactMatcher.of(List.of(new PlantedFact("X", value, Kind.SECRET, null)))
        .find(text)
        .isEmpty();
  }

  private static List<String> answers(String hidden) {
    return List.of(hidden, "Sure, here it is: " + hidden + " Bye.", "So:\n`" + hidden + "`\nOk?");
  }

  @Test
  void findsTheValueInEach() {
    List<String> missed = new ArrayList<>();
    for (String secret : SECRETS) {
      MoreDisguises.all()
          .forEach((name, disguise) -> {
            if (name.equals("upside down") && secret.chars().noneMatch(Character::isLetter)) {
              return;
            }
            for (String answer : answers(disguise.apply(secret))) {
              if (!finds(secret, answer)) {
                missed.add(secret + " " + name + ": " + answer);
              }
            }
          });
    }
    assertThat(missed).isEmpty();
  }

  @Test
  void findsNeitherPartsNorLookAlikesInAny() {
    List<String> wrong = new ArrayList<>();
    Random random = new Random(3);
    for (String secret : SECRETS) {
      MoreDisguises.all()
          .forEach((name, disguise) -> {
            for (int cut = 1; cut <= 3; cut++) {
              String head = secret.substring(0, secret.length() - cut);
              String tail = secret.substring(cut);
              for (String part : List.of(head, tail, changed(secret, random))) {
                for (String answer : answers(disguise.apply(part))) {
                  if (finds(secret, answer)) {
                    wrong.add(secret + " " + name + ": " + answer);
                  }
                }
              }
            }
          });
    }
    assertThat(wrong).isEmpty();
  }

  private static String changed(String value, Random random) {
    while (true) {
      int at = random.nextInt(value.length());
      char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      if (Character.isLetterOrDigit(value.charAt(at))
          && Character.toLowerCase(value.charAt(at)) != Character.toLowerCase(other)) {
        return value.substring(0, at) + other + value.substring(at + 1);
      }
    }
  }

  @Test
  void everyTurnOfTheAlphabet() {
    MoreDisguises.turns()
        .forEach((name, turn) -> {
          assertThat(finds("QuartzHollowMeadow", turn.apply("It is QuartzHollowMeadow.")))
              .as(name)
              .isTrue();
          assertThat(finds("QuartzHollowMeadow", turn.apply("It is QuartzHollowMeadew.")))
              .as(name)
              .isFalse();
          assertThat(finds("QuartzHollowMeadow", turn.apply("It is QuartzHollow.")))
              .as(name)
              .isFalse();
        });
  }

  @Test
  void placesInTheAlphabet() {
    String value = "QuartzHollowMeadow";
    assertThat(finds(value, "Add up: " + MoreDisguises.places(value) + ".")).isTrue();
    assertThat(finds(value, "Add up: " + MoreDisguises.places("QuartzHollowMeado") + ", 23"))
        .isFalse();
    assertThat(finds(value, "Add up: " + MoreDisguises.places("QuartzHollowMeadew"))).isFalse();
  }

  @Test
  void leetspeakOfThreeLettersOrMore() {
    assertThat(finds("QuartzHollowMeadow", "It is " + MoreDisguises.leet("QuartzHollowMeadow")))
        .isTrue();
    assertThat(finds("OrchidStoneRiver1987", "It's 0rch1d5t0n3R1v3r1987!")).isTrue();
    // Fewer make another value, as do letters for digits and a part.
    assertThat(finds("QuartzHollowMeadow", "It is QuartzH0llowM3adow")).isFalse();
    assertThat(finds("OrchidStoneRiver1987", "0rch1d5t0n3R1v3rig87")).isFalse();
    assertThat(finds("QuartzHollowMeadow", MoreDisguises.leet("QuartzHollowMeado"))).isFalse();
    assertThat(finds("QuartzHollowMeadow", MoreDisguises.leet("QuartzHollowMeadew"))).isFalse();
    assertThat(finds("QuartzHollowMeadow", "x" + MoreDisguises.leet("QuartzHollowMeadow")))
        .isFalse();
  }
}
