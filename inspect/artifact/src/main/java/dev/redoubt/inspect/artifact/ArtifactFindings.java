package dev.redoubt.inspect.artifact;

import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Location;
import dev.redoubt.core.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what was seen in files into findings: one for each rule that spoke of a file. */
public final class ArtifactFindings {
  private static final int MOST_EVIDENCE = 20;

  private ArtifactFindings() {}

  /**
   * Findings of a file that is malicious or unproven; what is incomplete is a gap of the coverage,
   * not a finding.
   *
   * @param component name of the component that the file belongs to
   * @param shown path of the file as reports show it, relative and with forward slashes
   */
  public static List<Finding> of(FileResult file, String component, String shown) {
    Map<String, List<String>> byRule = new LinkedHashMap<>();
    Map<String, Verdict> worst = new LinkedHashMap<>();
    collect(byRule, worst, "", file.observations());
    for (MemberResult member : file.members()) {
      collect(byRule, worst, member.path() + ": ", member.observations());
    }
    var findings = new ArrayList<Finding>();
    byRule.forEach((id, seen) ->
        findings.add(
            finding(file, component, shown, id, worst.getOrDefault(id, Verdict.UNPROVEN), seen)));
    return findings;
  }

  private static void collect(
      Map<String, List<String>> byRule,
      Map<String, Verdict> worst,
      String where,
      List<Observation> observations) {
    for (Observation o : observations) {
      if (o.verdict().atLeast(Verdict.UNPROVEN)) {
        byRule
            .computeIfAbsent(o.rule(), r -> new ArrayList<>())
            .add(
                where
                    + TextReport.safe(o.what())
                    + (o.offset() < 0 ? "" : " at byte " + o.offset()));
        worst.merge(o.rule(), o.verdict(), Verdict::worst);
      }
    }
  }

  private static Finding finding(
      FileResult file,
      String component,
      String shown,
      String id,
      Verdict verdict,
      List<String> seen) {
    Rule rule =
        Rules.shipped()
            .find(id)
            .orElseGet(
                () -> new Rule(id, id, Severity.HIGH, id, "Don't load the file.", List.of()));
    var location = new Location(shown, 1);
    var evidence = new ArrayList<Evidence>();
    seen.stream()
        .limit(MOST_EVIDENCE)
        .forEach(line -> evidence.add(new Evidence.Excerpt("seen in the file", location, line)));
    if (!file.sha256().isEmpty()) {
      evidence.add(new Evidence.Digest(shown, "SHA-256", file.sha256()));
    }
    String more = seen.size() > 1 ? " (and " + (seen.size() - 1) + " more)" : "";
    return new Finding(
        id,
        rule.title(),
        verdict == Verdict.MALICIOUS ? Severity.CRITICAL : rule.severity(),
        verdict == Verdict.MALICIOUS ? Confidence.CERTAIN : Confidence.FIRM,
        component,
        location,
        shown + " is " + verdict.word() + ": " + seen.getFirst() + more,
        evidence,
        rule.references(),
        rule.remedy(),
        Fingerprint.of(id, component, shown));
  }
}
