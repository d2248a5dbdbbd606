package dev.redoubt.guard.engine;

import dev.redoubt.core.YamlProblems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses policies whose rules say two things about one matter: nobody could tell which holds. */
final class Contradictions {
  private final YamlProblems problems;

  Contradictions(YamlProblems problems) {
    this.problems = problems;
  }

  void check(List<Rule> rules) {
    duplicateIds(rules);
    for (int i = 0; i < rules.size(); i++) {
      for (int j = 0; j < i; j++) {
        pair(rules.get(j), rules.get(i));
      }
    }
  }

  private void duplicateIds(List<Rule> rules) {
    Map<String, Rule> byId = new HashMap<>();
    for (Rule rule : rules) {
      Rule first = rule.id().isEmpty() ? null : byId.putIfAbsent(rule.id(), rule);
      if (first != null) {
        add(rule, "has the id of the rule on line " + first.location().line(), "rename one");
      }
    }
  }

  private void pair(Rule first, Rule second) {
    boolean meet =
        first.place() == second.place()
            || first.place() == Place.BOTH
            || second.place() == Place.BOTH;
    if (!meet) {
      return;
    }
    if (first.scanner().equals(second.scanner())
        && first.check().subject().equals(second.check().subject())) {
      String subject = first.check().subject();
      add(
          second,
          "speaks of the same as rule '"
              + first.id()
              + "' on line "
              + first.location().line()
              + (subject.isEmpty() ? "" : " (" + subject + ")"),
          "keep one of them, or give them different places");
    }
    forbidden(first, second);
    forbidden(second, first);
  }

  private void forbidden(Rule allows, Rule names) {
    Set<String> allowed = allows.check().toolsAllowed();
    if (allowed.isEmpty()) {
      return;
    }
    for (String tool : names.check().toolsNamed()) {
      if (!allowed.contains(tool)) {
        add(
            names,
            "has a condition for tool '"
                + tool
                + "', which rule '"
                + allows.id()
                + "' on line "
                + allows.location().line()
                + " forbids altogether",
            "allow the tool there, or drop the condition");
      }
    }
  }

  private void add(Rule rule, String what, String how) {
    problems.add(rule.location().line(), "rules", what, how);
  }
}
