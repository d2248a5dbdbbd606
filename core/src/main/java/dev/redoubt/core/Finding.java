package dev.redoubt.core;

import java.util.List;

/**
 * Something that is wrong with an AI system, in plain words and with its evidence.
 *
 * @param ruleId id of the rule that found it, such as {@code attack.chat.secret-leak}
 * @param title one line
 * @param severity how bad it is
 * @param confidence how sure it is
 * @param component name of the component that it concerns
 * @param location where the user can mend it or where the component is described
 * @param summary what was seen, by whom, how; plain words
 * @param evidence at least one piece
 * @param references ids of frameworks, each with its edition
 * @param remedy what to do
 * @param fingerprint stable from run to run, see {@link Fingerprint}
 */
public record Finding(
    String ruleId,
    String title,
    Severity severity,
    Confidence confidence,
    String component,
    Location location,
    String summary,
    List<Evidence> evidence,
    List<Reference> references,
    String remedy,
    String fingerprint) {
  public Finding {
    if (ruleId.isBlank() || title.isBlank() || summary.isBlank() || remedy.isBlank()) {
      throw new IllegalArgumentException(
          "finding '" + ruleId + "' lacks a title, a summary or a remedy");
    }
    evidence = List.copyOf(evidence);
    references = List.copyOf(references);
    if (evidence.isEmpty()) {
      throw new IllegalArgumentException("finding '" + ruleId + "' has no evidence");
    }
  }
}
