package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.AttemptOver;
import dev.redoubt.attack.chat.Stage;
import dev.redoubt.attack.chat.Stage.Answer;
import dev.redoubt.attack.chat.Strategy;
import dev.redoubt.attack.chat.Technique;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Begins harmlessly and climbs step by step, each time on the target's own last words; after a
 * refusal it goes back to before the refused step and takes another one (Russinovich, Salem, Eldan,
 * "Great, Now Write an Article About That: The Crescendo Multi-Turn LLM Jailbreak Attack", arXiv
 * 2404.01833). Script: {@code openers}, {@code climbs} and {@code endings}; in the latter two
 * {@code {quote}} stands for words of the last answer, {@code {request}} for the request.
 */
@AutoService(Strategy.class)
public final class CrescendoStrategy implements Strategy {
  private static final int BACKTRACKS = 2;
  private static final int LONGEST_QUOTE = 120;
  private static final Pattern SENTENCE = Pattern.compile("(?<=[.!?])\\s+|\\n+");

  @Override
  public String id() {
    return "crescendo";
  }

  @Override
  public int mostTurns(Technique technique) {
    int climbs = Scripts.texts(technique, "climbs").size();
    int whole = 1 + climbs + Scripts.texts(technique, "endings").size();
    // Every backtrack says again what went before.
    return whole + BACKTRACKS * (1 + climbs);
  }

  @Override
  public void play(Stage stage) throws AttemptOver, InterruptedException {
    Technique technique = stage.call().technique();
    var held = new ArrayList<String>();
    String opener = stage.fill(Scripts.pick(Scripts.texts(technique, "openers"), stage.random()));
    String answer = stage.say(opener).text();
    held.add(opener);
    int back = 0;
    for (String climb : Scripts.texts(technique, "climbs")) {
      String text = said(stage, climb, answer);
      String said = stage.say(text).text();
      if (!ReplySignals.of(said).refusal()) {
        held.add(text);
        answer = said;
      } else if (back++ < BACKTRACKS) {
        answer = again(stage, held);
      }
    }
    for (String ending : Scripts.texts(technique, "endings")) {
      Answer said = stage.say(said(stage, ending, answer));
      if (!ReplySignals.of(said.text()).refusal()) {
        answer = said.text();
      }
    }
  }

  /** Goes back to before the refusal: a new conversation in which only what was held is said. */
  private static String again(Stage stage, List<String> held)
      throws AttemptOver, InterruptedException {
    stage.restart();
    String answer = "";
    for (String text : held) {
      answer = stage.say(text).text();
    }
    return answer;
  }

  private static String said(Stage stage, String text, String answer) {
    return stage
        .fill(text)
        .replace("{request}", stage.plainRequest())
        .replace("{quote}", quote(answer));
  }

  /** The longest sentence of an answer, cut where it is too long: it says the most. */
  private static String quote(String answer) {
    String longest =
        SENTENCE
            .splitAsStream(answer.strip())
            .map(String::strip)
            .max(java.util.Comparator.comparingInt(String::length))
            .orElse("");
    return longest.length() <= LONGEST_QUOTE ? longest : longest.substring(0, LONGEST_QUOTE);
  }
}
