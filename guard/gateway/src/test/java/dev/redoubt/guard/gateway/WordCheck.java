package dev.redoubt.guard.gateway;

import dev.redoubt.core.Location;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.CallerSource;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.Rule;
import dev.redoubt.guard.engine.ScanLimits;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds a word, or fails, so that a test of the gateway depends on no real scanner. */
record WordCheck(String word, boolean fails) implements Check {
  /** The word that must not pass. */
  static final String WORD = "XYZZY";

  static Policy policy(Action action) {
    return policy(new WordCheck(WORD, false), action, true);
  }

  static Policy failing(boolean blockOnNotRun) {
    return policy(new WordCheck(WORD, true), Action.BLOCK, blockOnNotRun);
  }

  private static Policy policy(Check check, Action action, boolean blockOnNotRun) {
    var rule =
        new Rule("word", "word", Place.BOTH, action, null, check, new Location("guard.yaml", 1));
    return new Policy(
        new CallerSource.None(),
        PassageMarkers.DEFAULT,
        List.of(rule),
        blockOnNotRun,
        ScanLimits.DEFAULT);
  }

  @Override
  public Set<Stage> stages() {
    return Set.of(Stage.values());
  }

  @Override
  public List<Hit> input(Exchange exchange, Text message) {
    return find(message.text());
  }

  @Override
  public List<Hit> answer(Exchange exchange, String answer) {
    return find(answer);
  }

  @Override
  public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
    return find(call.argumentsJson());
  }

  private List<Hit> find(String text) {
    if (fails) {
      throw new IllegalStateException("a scanner that crashes");
    }
    var hits = new ArrayList<Hit>();
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      hits.add(new Hit(at, at + word.length(), "the word", "[gone]"));
    }
    return hits;
  }
}
