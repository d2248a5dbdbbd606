package dev.redoubt.guard.engine;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A policy proposed from findings: each rule stands beside the finding that asked for it, and
 * without a finding of a kind there is no rule for it. It is made of the description of the system
 * alone, so that no value that was found or planted gets into it.
 *
 * @since 0.1.0
 */
public final class PolicyProposal {
  private final String yaml;
  private final List<String> notes;

  private PolicyProposal(String yaml, List<String> notes) {
    this.yaml = yaml;
    this.notes = List.copyOf(notes);
  }

  /**
   * Proposes a policy.
   *
   * @param findings findings; those with a rule id {@code attack.chat.<objective>} count
   * @param system the system that they are about; of its endpoints' context the keys {@code
   *     allowedHosts} and {@code allowedMailDomains} (separated by commas or blanks) and {@code
   *     callerClaim} and {@code callerAtModel} ({@code true} where the assistant passes the
   *     caller's header on to its model) are read
   */
  public static PolicyProposal of(List<Finding> findings, AiSystem system) {
    Map<String, List<Finding>> byRule =
        findings.stream()
            .collect(
                Collectors.groupingBy(Finding::ruleId, LinkedHashMap::new, Collectors.toList()));
    var facts = new SystemFacts(system);
    var notes = new ArrayList<String>();
    var rules = new StringBuilder();
    for (Remedy remedy : Remedy.values()) {
      List<Finding> asked = byRule.get(remedy.finding());
      if (asked != null) {
        for (Remedy.Proposed rule : remedy.rules(facts, notes)) {
          append(rules, rule, asked);
        }
      }
    }
    return new PolicyProposal(document(facts, rules.toString()), notes);
  }

  /** The policy as text; the same findings and system give the same text. */
  public String yaml() {
    return yaml;
  }

  /** The policy, ready to use. */
  public Policy policy() {
    return Policy.parse(yaml, "guard.yaml");
  }

  /** What no rule can do, such as a change of code, one line each. */
  public List<String> notes() {
    return notes;
  }

  private static String document(SystemFacts facts, String rules) {
    var out = new StringBuilder();
    out.append("# Proposed from findings. Each rule names the finding that asked for it; a rule\n");
    out.append(
        "# that nobody can explain any more should go. 'redoubt rules explain' tells what\n");
    out.append("# each scanner sees and does not see.\n");
    out.append("guard: 1\n\n");
    out.append(facts.callerYaml());
    out.append(
        "\n# How the assistant marks retrieved passages in a message: nobody trusts them.\n");
    out.append("passages:\n");
    out.append("  begin: ").append(YamlText.quoted(PassageMarkers.DEFAULT.begin())).append('\n');
    out.append("  end: ").append(YamlText.quoted(PassageMarkers.DEFAULT.end())).append('\n');
    out.append("\n# A scanner that could not run blocks.\nonNotRun: block\n\n");
    out.append(rules.isEmpty() ? "rules: []\n" : "rules:\n" + rules);
    return out.toString();
  }

  private static void append(StringBuilder out, Remedy.Proposed rule, List<Finding> asked) {
    String because =
        asked.stream()
            .map(f -> f.ruleId() + "/" + f.fingerprint())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    if (out.length() > 0) {
      out.append('\n');
    }
    rule.comment().lines().forEach(line -> out.append("  # ").append(line).append('\n'));
    out.append("  - id: ").append(YamlText.scalar(rule.id())).append('\n');
    out.append("    scanner: ").append(rule.scanner()).append('\n');
    out.append("    place: ").append(rule.place().word()).append('\n');
    out.append("    action: ").append(rule.action().word()).append('\n');
    out.append("    because: ").append(YamlText.scalar(because)).append('\n');
    if (!rule.options().isEmpty()) {
      out.append("    with:\n");
      rule.options().lines().forEach(line -> out.append("      ").append(line).append('\n'));
    }
  }
}
