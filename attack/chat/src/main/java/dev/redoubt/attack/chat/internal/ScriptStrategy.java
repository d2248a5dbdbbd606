package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.List;

/** Says given turns, such as those of an attack that won before. Script: {@code turns}. */
@AutoService(Strategy.class)
public final class ScriptStrategy implements Strategy {
  @Override
  public String id() {
    return "script";
  }

  @Override
  public int mostTurns(Technique technique) {
    return turns(technique).size();
  }

  private static List<String> turns(Technique technique) {
    return Scripts.texts(technique, "turns");
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    for (String text : turns(stage.call().technique())) {
      stage.say(stage.fill(text));
    }
  }
}
