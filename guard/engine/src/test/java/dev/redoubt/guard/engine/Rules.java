package dev.redoubt.guard.engine;

import dev.redoubt.core.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Rules for tests of what is around the scanners. */
final class Rules {
  private Rules() {}

  /** A rule that finds a pattern in whatever is checked. */
  static Rule pattern(String id, Action action, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return rule(
        id,
        action,
        text -> {
          var hits = new ArrayList<Hit>();
          var m = pattern.matcher(text);
          while (m.find()) {
            hits.add(new Hit(m.start(), m.end(), "found by " + id, "[" + id + "]"));
          }
          return hits;
        });
  }

  static Rule rule(String id, Action action, Function<String, List<Hit>> find) {
    Check check =
        new Check() {
          @Override
          public Set<Stage> stages() {
            return Set.of(Stage.values());
          }

          @Override
          public List<Hit> input(Exchange exchange, Text message) {
            return find.apply(message.text());
          }

          @Override
          public List<Hit> answer(Exchange exchange, String answer) {
            return find.apply(answer);
          }

          @Override
          public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
            return find.apply(call.argumentsJson());
          }
        };
    return new Rule(id, "test", Place.BOTH, action, null, check, new Location("guard.yaml", 1));
  }

  static Policy policy(boolean blockOnNotRun, ScanLimits limits, Rule... rules) {
    return new Policy(
        new CallerSource.None(), PassageMarkers.DEFAULT, List.of(rules), blockOnNotRun, limits);
  }

  static Guard guard(Rule... rules) {
    return Guard.of(policy(true, ScanLimits.DEFAULT, rules));
  }
}
