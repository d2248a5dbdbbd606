package dev.redoubt.inspect.artifact;

import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import java.util.List;

/**
 * What stands behind an observation.
 *
 * @param id such as {@code inspect.artifact.pickle-call}
 * @param title one line
 * @param severity how bad it is where it fires with the worst verdict that it can give
 * @param description what it looks at, by what it decides, and what it can't see
 * @param remedy what to do
 * @param references ids of frameworks
 */
public record Rule(
    String id,
    String title,
    Severity severity,
    String description,
    String remedy,
    List<Reference> references) {
  public Rule {
    references = List.copyOf(references);
  }
}
