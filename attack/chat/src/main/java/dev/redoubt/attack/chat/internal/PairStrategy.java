package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Attacker;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.Optional;

/**
 * Prompt automatic iterative refinement: an attacker writes a prompt, hears what the target
 * answered and how promising it looks, and writes a better one (Chao et al., "Jailbreaking Black
 * Box Large Language Models in Twenty Queries", arXiv 2310.08419). The attacker is a model where
 * one is configured, else a search over tactics that reads the replies. Every prompt is a
 * conversation of its own. Script: {@code calls}, {@code depth} of a stream.
 */
@AutoService(Strategy.class)
public final class PairStrategy implements Strategy {
  private static final int USUAL_CALLS = 24;
  private static final int USUAL_DEPTH = 8;

  @Override
  public String id() {
    return "pair";
  }

  @Override
  public int mostTurns(Technique technique) {
    return Scripts.number(technique, "calls", USUAL_CALLS);
  }

  @Override
  public boolean asksAttacker() {
    return true;
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    var search = new RuleSearch(Tactics.shipped(), stage.random());
    Optional<Attacker> model = stage.attacker();
    int depth = Scripts.number(stage.call().technique(), "depth", USUAL_DEPTH);
    while (stage.turnsLeft() > 0) {
      if (model.isPresent()) {
        stream(stage, new ModelAttack(model.get(), stage), search, depth);
      } else {
        turn(stage, search);
      }
    }
  }

  /** A stream begins without knowledge of the others, so that one dead end is not all. */
  private static void stream(Stage stage, ModelAttack attack, RuleSearch search, int depth)
      throws AttemptOver, InterruptedException {
    for (int i = 0; i < depth && stage.turnsLeft() > 0; i++) {
      Optional<String> prompt = attack.next();
      if (prompt.isEmpty()) {
        // Rules write the prompt that the model could not.
        turn(stage, search);
      } else {
        stage.restart();
        String answer = stage.say(prompt.get()).text();
        attack.hear(answer, ReplySignals.of(answer).score());
      }
    }
  }

  private static void turn(Stage stage, RuleSearch search)
      throws AttemptOver, InterruptedException {
    int[] choice = search.next();
    stage.restart();
    String answer = stage.say(search.text(choice, stage.plainRequest())).text();
    search.learn(choice, ReplySignals.of(answer));
  }
}
