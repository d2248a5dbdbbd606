package dev.redoubt.app.cli;

import dev.redoubt.core.Finding;
import dev.redoubt.core.UsageException;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Findings that somebody accepted: those of a baseline, and those of a file of suppressions, each
 * with a reason and the day on which it ends. They are told all the same, and don't decide how a
 * command exits.
 *
 * @param baseline fingerprints that were there before
 * @param suppressions what is accepted for a while
 */
record Accepted(Set<String> baseline, List<Suppression> suppressions) {
  /** Name of the file beside {@code redoubt.yaml}. */
  static final String FILE_NAME = "redoubt-suppressions.yaml";

  static final String BASELINE_NAME = "redoubt-baseline.json";

  /**
   * Something that is accepted for a while.
   *
   * @param fingerprint of the finding; absent for all findings of a rule
   * @param rule id of the rule; absent for one finding
   * @param component only on this component; absent for all
   * @param reason why
   * @param expires the last day
   */
  record Suppression(
      @Nullable String fingerprint,
      @Nullable String rule,
      @Nullable String component,
      String reason,
      LocalDate expires) {
    boolean matches(Finding finding) {
      return (fingerprint == null || fingerprint.equals(finding.fingerprint()))
          && (rule == null || rule.equals(finding.ruleId()))
          && (component == null || component.equals(finding.component()));
    }
  }

  /**
   * Reads both; a file that nobody named and that is not there accepts nothing.
   *
   * @param baselineFile the baseline; absent for none
   * @param suppressionsFile the suppressions; absent for those beside the description
   * @param folder folder of the description
   */
  static Accepted read(@Nullable Path baselineFile, @Nullable Path suppressionsFile, Path folder) {
    Path beside = folder.resolve(FILE_NAME);
    Path file = suppressionsFile == null && Files.exists(beside) ? beside : suppressionsFile;
    return new Accepted(
        baselineFile == null ? Set.of() : baseline(baselineFile),
        file == null ? List.of() : suppressions(file));
  }

  private static Set<String> baseline(Path file) {
    try {
      JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(file));
      if (root.path("redoubtBaseline").asInt(0) != 1) {
        throw new UsageException(file + ": is no baseline; make one with redoubt baseline create");
      }
      Set<String> prints = new HashSet<>();
      root.path("findings").forEach(f -> prints.add(f.path("fingerprint").asString("")));
      return prints;
    } catch (IOException | JacksonException e) {
      throw new UsageException(
          file + ": can't be read as a baseline; make one with redoubt baseline create", e);
    }
  }

  private static List<Suppression> suppressions(Path file) {
    YamlProblems problems = new YamlProblems(file.toString());
    List<Suppression> all = new ArrayList<>();
    for (YamlNode node : YamlNode.read(file, problems).asList()) {
      YamlMap map = node.asMap("fingerprint", "rule", "component", "reason", "expires");
      String fingerprint = map.optionalText("fingerprint");
      String rule = map.optionalText("rule");
      if (fingerprint == null && rule == null) {
        map.missing("fingerprint", "name a finding by its fingerprint, or a rule");
      }
      String reason = map.requiredText("reason", "say why it is accepted");
      String day = map.requiredText("expires", "give the last day: 2027-01-31");
      try {
        all.add(
            new Suppression(
                fingerprint, rule, map.optionalText("component"), reason, LocalDate.parse(day)));
      } catch (DateTimeParseException e) {
        YamlNode expires = map.get("expires");
        if (expires != null) {
          expires.problem("'" + day + "' is no day", "write it as 2027-01-31");
        }
      }
    }
    problems.throwIfAny();
    return all;
  }

  /** Why a finding is accepted today; empty when it is not. */
  Optional<String> why(Finding finding, LocalDate today) {
    Optional<String> suppressed =
        suppressions.stream()
            .filter(s -> s.matches(finding) && !today.isAfter(s.expires()))
            .findFirst()
            .map(s -> s.reason() + " (until " + s.expires() + ")");
    return suppressed.isPresent() || !baseline.contains(finding.fingerprint())
        ? suppressed
        : Optional.of("it is in the baseline");
  }

  /** Suppressions that match a finding and have ended. */
  List<Suppression> expired(List<Finding> findings, LocalDate today) {
    return suppressions.stream()
        .filter(s -> today.isAfter(s.expires()) && findings.stream().anyMatch(s::matches))
        .toList();
  }
}
