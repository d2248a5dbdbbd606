package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Attacker;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.ProgramProbes;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.runtime.llm.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says the turns that a program gave, then asks it what to say next until it has enough. Script:
 * {@code turns}.
 */
@AutoService(Strategy.class)
public final class ProgramStrategy implements Strategy {
  /** Further turns that a program may ask for. */
  private static final int MOST_MORE = 20;

  @Override
  public String id() {
    return ProgramProbes.STRATEGY;
  }

  @Override
  public int mostTurns(Technique technique) {
    return Scripts.texts(technique, ProgramProbes.TURNS).size() + MOST_MORE;
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    var conversation = new ArrayList<ChatMessage>();
    for (String text : Scripts.texts(stage.call().technique(), ProgramProbes.TURNS)) {
      say(stage, text, conversation);
    }
    Optional<Attacker> program = stage.attacker();
    while (program.isPresent() && stage.turnsLeft() > 0) {
      String next = program.get().ask(List.copyOf(conversation));
      if (next.isEmpty()) {
        return;
      }
      say(stage, next, conversation);
    }
  }

  private static void say(Stage stage, String text, List<ChatMessage> conversation)
      throws AttemptOver, InterruptedException {
    String filled = stage.fill(text);
    String answer = stage.say(filled).text();
    conversation.add(ChatMessage.user(filled));
    conversation.add(ChatMessage.assistant(answer));
  }
}
