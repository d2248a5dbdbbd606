package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.random.RandomGenerator;

/**
 * Asks the same again and again, each time written a little differently: letters inside of words
 * swapped, capitals at random, single characters off by one (Hughes et al., "Best-of-N
 * Jailbreaking", arXiv 2412.03556, with the probabilities of its text augmentation). Every try is a
 * conversation of its own. Script: {@code calls}.
 */
@AutoService(Strategy.class)
public final class BestOfNStrategy implements Strategy {
  private static final int USUAL = 20;
  private static final double SCRAMBLE = 0.6;
  private static final double CAPITAL = 0.6;
  private static final double NOISE = 0.06;

  @Override
  public String id() {
    return "best-of-n";
  }

  @Override
  public int mostTurns(Technique technique) {
    return Scripts.number(technique, "calls", USUAL);
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    String request = stage.request();
    stage.say(request);
    while (stage.turnsLeft() > 0) {
      stage.restart();
      stage.say(augmented(request, stage.random()));
    }
  }

  static String augmented(String text, RandomGenerator random) {
    var out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      if (end == at) {
        out.append(text.charAt(at++));
      } else {
        out.append(word(text.substring(at, end), random));
        at = end;
      }
    }
    return out.toString();
  }

  private static String word(String word, RandomGenerator random) {
    char[] letters = word.toCharArray();
    if (letters.length > 3 && random.nextDouble() < SCRAMBLE) {
      for (int i = letters.length - 2; i > 1; i--) {
        int j = 1 + random.nextInt(i);
        char kept = letters[i];
        letters[i] = letters[j];
        letters[j] = kept;
      }
    }
    for (int i = 0; i < letters.length; i++) {
      if (random.nextDouble() < CAPITAL) {
        letters[i] =
            Character.isUpperCase(letters[i])
                ? Character.toLowerCase(letters[i])
                : Character.toUpperCase(letters[i]);
      }
      if (letters[i] > ' ' && letters[i] < '~' && random.nextDouble() < NOISE) {
        letters[i] = (char) (letters[i] + (random.nextBoolean() ? 1 : -1));
      }
    }
    return new String(letters);
  }
}
