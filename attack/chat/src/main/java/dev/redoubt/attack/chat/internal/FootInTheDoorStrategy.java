package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Stage.Answer;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.List;

/**
 * Has a small favour granted first, then asks for a little more each time, with thanks for what was
 * given (Freedman and Fraser, "Compliance without pressure: the foot-in-the-door technique", 1966;
 * on language models: Wang et al., "Foot In The Door", arXiv 2402.15690). A refused step is asked
 * once more as a smaller one. Script: {@code favours} from small to large, {@code smaller}.
 */
@AutoService(Strategy.class)
public final class FootInTheDoorStrategy implements Strategy {
  @Override
  public String id() {
    return "foot-in-the-door";
  }

  @Override
  public int mostTurns(Technique technique) {
    return 2 * Scripts.texts(technique, "favours").size();
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    Technique technique = stage.call().technique();
    List<String> smaller = Scripts.texts(technique, "smaller");
    for (String favour : Scripts.texts(technique, "favours")) {
      Answer answer = stage.say(said(stage, favour));
      if (!smaller.isEmpty() && ReplySignals.of(answer.text()).refusal()) {
        stage.say(said(stage, Scripts.pick(smaller, stage.random())));
      }
    }
  }

  private static String said(Stage stage, String text) {
    return stage.fill(text).replace("{request}", stage.plainRequest());
  }
}
