package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.List;

/**
 * Asks, and then says a fixed list of follow-ups whatever comes back, as somebody does who does not
 * take no for an answer. Script: {@code followUps}.
 */
@AutoService(Strategy.class)
public final class LinearStrategy implements Strategy {
  @Override
  public String id() {
    return "linear";
  }

  @Override
  public int mostTurns(Technique technique) {
    return 1 + followUps(technique).size();
  }

  private static List<String> followUps(Technique technique) {
    return Scripts.texts(technique, "followUps");
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    stage.say(stage.request());
    for (String text : followUps(stage.call().technique())) {
      stage.say(stage.fill(text).replace("{request}", stage.plainRequest()));
    }
  }
}
