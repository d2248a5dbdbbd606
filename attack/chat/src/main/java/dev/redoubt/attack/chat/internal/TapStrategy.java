package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Attacker;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tree of attacks with pruning: each prompt branches into several refinements; those that leave the
 * subject, or that look worse by what is known, are pruned before they are sent, and of those that
 * were sent only the most promising branch again (Mehrotra et al., "Tree of Attacks: Jailbreaking
 * Black-Box LLMs Automatically", arXiv 2312.02119). The attacker is a model where one is
 * configured, else a search over tactics. Script: {@code calls}, {@code branches}, {@code width}.
 */
@AutoService(Strategy.class)
public final class TapStrategy implements Strategy {
  private static final int USUAL_CALLS = 24;
  private static final int USUAL_BRANCHES = 3;
  private static final int USUAL_WIDTH = 3;
  private static final Pattern WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  @Override
  public String id() {
    return "tap";
  }

  @Override
  public int mostTurns(Technique technique) {
    return Scripts.number(technique, "calls", USUAL_CALLS);
  }

  /** A prompt of the tree with its reply's score. */
  private static final class Leaf {
    private final int[] choice;
    private final double score;

    Leaf(int[] choice, double score) {
      this.choice = choice;
      this.score = score;
    }

    int[] choice() {
      return choice;
    }

    double score() {
      return score;
    }
  }

  @Override
  public boolean asksAttacker() {
    return true;
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    Technique technique = stage.call().technique();
    int branches = Scripts.number(technique, "branches", USUAL_BRANCHES);
    int width = Scripts.number(technique, "width", USUAL_WIDTH);
    var search = new RuleSearch(Tactics.shipped(), stage.random());
    Attacker model = stage.attacker().orElse(null);
    ModelAttack attack = model == null ? null : new ModelAttack(model, stage);
    List<Leaf> leaves = search.several(width).stream().map(c -> new Leaf(c, 0)).toList();
    while (stage.turnsLeft() > 0) {
      List<int[]> candidates = refined(search, leaves, branches, width);
      var next = new ArrayList<Leaf>();
      for (int[] choice : candidates) {
        if (stage.turnsLeft() > 0) {
          next.add(new Leaf(choice, said(stage, search, choice, attack)));
        }
      }
      next.addAll(leaves);
      leaves =
          next.stream()
              .sorted(Comparator.comparingDouble(Leaf::score).reversed())
              .limit(width)
              .toList();
    }
  }

  /** Branches, and prunes before anything is sent. */
  private static List<int[]> refined(
      RuleSearch search, List<Leaf> leaves, int branches, int width) {
    var candidates = new ArrayList<int[]>();
    for (Leaf leaf : leaves) {
      for (int i = 0; i < branches; i++) {
        // Half of the branches vary what is there, the rest follow what the replies taught.
        candidates.add(i % 2 == 0 ? search.next() : search.vary(leaf.choice()));
      }
    }
    return candidates.stream()
        .sorted(Comparator.comparingDouble(search::belief).reversed())
        .limit(width)
        .toList();
  }

  private static double said(
      Stage stage, RuleSearch search, int[] choice, @Nullable ModelAttack attack)
      throws AttemptOver, InterruptedException {
    String request = stage.plainRequest();
    Optional<String> own = attack == null ? Optional.empty() : attack.next();
    boolean byModel = own.filter(text -> onTopic(text, request)).isPresent();
    stage.restart();
    String answer = stage.say(byModel ? own.orElseThrow() : search.text(choice, request)).text();
    ReplySignals signals = ReplySignals.of(answer);
    if (byModel && attack != null) {
      attack.hear(answer, signals.score());
    } else {
      search.learn(choice, signals);
    }
    return signals.score();
  }

  /** A prompt that shares no longer word with the request has lost the subject. */
  static boolean onTopic(String prompt, String request) {
    String text = prompt.toLowerCase(Locale.ROOT);
    return WORD.splitAsStream(request.toLowerCase(Locale.ROOT))
        .filter(word -> word.length() > 3)
        .anyMatch(text::contains);
  }
}
