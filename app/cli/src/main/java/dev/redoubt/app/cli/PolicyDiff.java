package dev.redoubt.app.cli;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.redoubt.app.report.Demo;
import dev.redoubt.core.Finding;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.engine.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shows a proposed policy as a change, and each of its rules beside the finding that asked for it.
 */
final class PolicyDiff {
  private static final int CONTEXT = 3;

  private PolicyDiff() {}

  /** The unified diff from no policy to this one. */
  static String unified(String yaml) {
    List<String> before = List.of();
    List<String> after = yaml.lines().toList();
    return String.join(
            "\n",
            UnifiedDiffUtils.generateUnifiedDiff(
                "/dev/null", "guard.yaml", before, DiffUtils.diff(before, after), CONTEXT))
        + "\n";
  }

  /** Each rule with its lines of the policy and the finding that asked for it. */
  static List<Demo.Rule> rules(String yaml, Policy policy, List<Finding> findings) {
    List<String> lines = yaml.lines().toList();
    List<Demo.Rule> rules = new ArrayList<>();
    for (Rule rule : policy.rules()) {
      int line = rule.location().line() - 1;
      int first = line;
      while (first > 0 && lines.get(first - 1).strip().startsWith("#")) {
        first--;
      }
      int end = line + 1;
      while (end < lines.size() && !lines.get(end).isBlank()) {
        end++;
      }
      String why =
          lines.subList(first, line).stream()
              .map(l -> l.strip().replaceFirst("^#\\s*", ""))
              .collect(Collectors.joining(" "));
      String because = rule.because() == null ? "" : rule.because();
      String fingerprint =
          findings.stream()
              .map(Finding::fingerprint)
              .filter(because::contains)
              .findFirst()
              .orElse("");
      rules.add(
          new Demo.Rule(
              rule.id(),
              String.join("\n", lines.subList(line, end)),
              fingerprint,
              why.isEmpty() ? "Runs " + rule.scanner() + "." : why));
    }
    return rules;
  }
}
