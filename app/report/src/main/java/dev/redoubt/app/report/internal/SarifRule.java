package dev.redoubt.app.report.internal;

import dev.redoubt.core.Finding;
import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the rule behind a finding as a SARIF reporting descriptor. */
final class SarifRule {
  private SarifRule() {}

  static void write(Finding finding, ObjectNode rule) {
    rule.put("id", finding.ruleId()).put("name", name(finding.ruleId()));
    rule.putObject("shortDescription").put("text", Visible.text(finding.title()));
    rule.putObject("fullDescription").put("text", Visible.text(finding.title()) + ".");
    String remedy = Visible.text(finding.remedy());
    String references =
        finding.references().stream().map(SarifRule::line).collect(Collectors.joining("\n"));
    rule.putObject("help")
        .put("text", "How to mend it: " + remedy + "\n\nReferences:\n" + references)
        .put("markdown", "**How to mend it.** " + remedy + "\n\n**References**\n\n" + references);
    rule.putObject("defaultConfiguration").put("level", SarifReporter.level(finding.severity()));
    ObjectNode properties = rule.putObject("properties");
    properties.put("security-severity", score(finding.severity()));
    properties.put(
        "precision",
        switch (finding.confidence()) {
          case TENTATIVE -> "medium";
          case FIRM -> "high";
          case CERTAIN -> "very-high";
        });
    ArrayNode tags = properties.putArray("tags");
    tags.add("security").add("ai");
    finding.references().forEach(r -> tags.add(r.id()));
  }

  private static String line(Reference reference) {
    return "- " + reference.id() + References.title(reference).map(t -> ", " + t).orElse("");
  }

  /** {@code attack.chat.secret-leak} as {@code AttackChatSecretLeak}. */
  private static String name(String ruleId) {
    StringBuilder name = new StringBuilder();
    for (String part : ruleId.split("[^A-Za-z0-9]+", -1)) {
      name.append(Words.capital(part));
    }
    return name.toString();
  }

  /** A number in the middle of the band that code-scanning views give to each word. */
  private static String score(Severity severity) {
    return switch (severity) {
      case INFO -> "0.0";
      case LOW -> "2.0";
      case MEDIUM -> "5.5";
      case HIGH -> "8.0";
      case CRITICAL -> "9.5";
    };
  }
}
