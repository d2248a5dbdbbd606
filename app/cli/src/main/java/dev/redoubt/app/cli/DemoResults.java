package dev.redoubt.app.cli;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Tally;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.Comparison;
import dev.redoubt.attack.chat.Extraction;
import dev.redoubt.attack.chat.Objective;
import dev.redoubt.attack.chat.Probes;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.guard.engine.PolicyProposal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the demo has found so far; a report can be made at any time. Used by one thread. */
final class DemoResults {
  private final DemoSettings settings;
  private final String runId;
  private final Instant started = Instant.now();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private Instant ended = started;
  private @Nullable AiSystem system;
  private @Nullable CampaignResult before;
  private @Nullable CampaignResult after;
  private @Nullable CampaignResult newWordings;
  private List<Demo.Question> ordinaryBefore = List.of();
  private List<Demo.Question> ordinaryAfter = List.of();
  private Demo.@Nullable GuardChange guard;

  DemoResults(DemoSettings settings, String runId) {
    this.settings = settings;
    this.runId = runId;
    versions.put("redoubt", Version.number());
    versions.put("jdk", Runtime.version().toString());
  }

  void model(String name, String digest) {
    versions.put("model", digest.isEmpty() ? name : name + " " + digest);
  }

  void system(AiSystem described) {
    system = described;
  }

  void before(CampaignResult result) {
    before = result;
  }

  void after(CampaignResult result) {
    after = result;
  }

  void newWordings(CampaignResult result) {
    newWordings = result;
  }

  void ordinaryBefore(List<Demo.Question> asked) {
    ordinaryBefore = asked;
  }

  void ordinaryAfter(List<Demo.Question> asked) {
    ordinaryAfter = asked;
  }

  void guard(String yaml, PolicyProposal proposal) {
    guard =
        new Demo.GuardChange(
            yaml,
            PolicyDiff.unified(yaml),
            PolicyDiff.rules(yaml, proposal.policy(), findings()),
            new Demo.CodeChange(
                "samples/acme-helpdesk, Retriever.search",
                "var candidates = index.all();",
                "var candidates = DocumentAccess.readable(caller, index.all(), Passage::label);",
                "The retriever gives a caller only the documents that this caller may read. This is a change of the assistant's code, not of the policy."));
  }

  void ended() {
    ended = Instant.now();
  }

  List<Finding> findings() {
    return before == null ? List.of() : before.findings();
  }

  Demo.@Nullable GuardChange guard() {
    return guard;
  }

  /** Why the demo failed; empty when it did its job or did not come to its end. */
  List<String> failures() {
    Demo.Difference pooled = pooled();
    if (pooled == null || ordinaryAfter.isEmpty()) {
      return List.of();
    }
    return settings.quick()
        ? DemoVerdict.quickFailures(pooled)
        : DemoVerdict.failures(
            objectives(), pooled, new Demo.Ordinary(ordinaryBefore, ordinaryAfter));
  }

  /** The report of what there is; absent before the first attack began. */
  @Nullable Report report(boolean interrupted) {
    AiSystem described = system;
    if (described == null || before == null) {
      return null;
    }
    Assessment assessment =
        new Assessment(
            described.withoutSecrets(),
            new Assessment.Run(
                runId,
                Version.number(),
                settings.seed(),
                started,
                Duration.between(started, ended)),
            before.findings(),
            before.facts(),
            coverage());
    Demo demo =
        new Demo(
            settings.quick(),
            objectives(),
            pooled(),
            ordinaryBefore.isEmpty() ? null : new Demo.Ordinary(ordinaryBefore, ordinaryAfter),
            curves(),
            guard,
            failures());
    return new Report(
        assessment,
        Stream.of(before, after, newWordings)
            .filter(r -> r != null)
            .flatMap(r -> r.attempts().stream())
            .toList(),
        demo,
        new Execution(command(), versions, errors(interrupted)));
  }

  private String command() {
    return "redoubt demo" + (settings.quick() ? " --quick" : "") + " --seed " + settings.seed();
  }

  private List<String> errors(boolean interrupted) {
    List<String> errors = new ArrayList<>();
    if (interrupted) {
      errors.add("stopped by the user before its end");
    }
    for (CampaignResult result : passes()) {
      if (result.stopped() != null) {
        errors.add(result.pass() + ": " + result.stopped());
      }
    }
    return errors;
  }

  private List<CampaignResult> passes() {
    List<CampaignResult> passes = new ArrayList<>();
    if (before != null) {
      passes.add(before);
    }
    if (after != null) {
      passes.add(after);
    }
    if (newWordings != null) {
      passes.add(newWordings);
    }
    return passes;
  }

  private Coverage coverage() {
    Coverage all = before == null ? new Coverage(List.of(), List.of()) : before.coverage();
    return all.plus(
        new Coverage(
            List.of(),
            List.of(
                new Coverage.Gap("knowledge", "datastore", "this version has no assessor for it"),
                new Coverage.Gap(
                    "order_status, refund, send_email, open_ticket",
                    "tool",
                    "only through the assistant; this version has no assessor for tools themselves"))));
  }

  private List<Demo.Objective> objectives() {
    List<Demo.Objective> all = new ArrayList<>();
    if (before == null) {
      return all;
    }
    for (Objective objective : Probes.shipped().objectives()) {
      Tally first = tally(before, objective.id());
      if (first != null) {
        all.add(
            new Demo.Objective(
                objective.id(),
                objective.title(),
                objective.title(),
                first,
                tally(after, objective.id()),
                tally(newWordings, objective.id())));
      }
    }
    return all;
  }

  private static @Nullable Tally tally(@Nullable CampaignResult result, String objective) {
    if (result == null) {
      return null;
    }
    List<Attempt> attempts =
        result.attempts().stream().filter(a -> a.objective().equals(objective)).toList();
    return attempts.isEmpty() ? null : Tally.of(attempts);
  }

  private Demo.@Nullable Difference pooled() {
    if (before == null || after == null) {
      return null;
    }
    Comparison.Difference difference = Comparison.of(before, after).pooled();
    return new Demo.Difference(
        Tally.of(before.attempts()),
        Tally.of(after.attempts()),
        difference.interval(),
        difference.pairs().size() == 0 ? null : difference.pValue());
  }

  private List<Demo.BulkCurve> curves() {
    List<Demo.BulkCurve> curves = new ArrayList<>();
    for (CampaignResult result : passes()) {
      Extraction extraction = result.extraction();
      if (extraction != null && !extraction.points().isEmpty()) {
        curves.add(
            curve(
                result,
                extraction,
                "documents",
                extraction.documents(),
                Extraction.Point::documents));
        curves.add(
            curve(
                result,
                extraction,
                "customers",
                extraction.customers(),
                Extraction.Point::customers));
      }
    }
    return curves;
  }

  private static Demo.BulkCurve curve(
      CampaignResult result,
      Extraction extraction,
      String what,
      int total,
      ToIntFunction<Extraction.Point> seen) {
    List<Evidence.Point> points =
        extraction.points().stream()
            .map(p ->
                new Evidence.Point(p.calls(), total == 0 ? 0 : (double) seen.applyAsInt(p) / total))
            .toList();
    return new Demo.BulkCurve(
        result.pass(),
        what,
        total,
        new Evidence.Curve("share of " + what + " seen", "calls", "share", points, result.seed()));
  }
}
