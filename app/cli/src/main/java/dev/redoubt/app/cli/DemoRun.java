package dev.redoubt.app.cli;

import dev.redoubt.app.report.Demo;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Summary;
import dev.redoubt.app.store.Store;
import dev.redoubt.app.store.StoredRun;
import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.ObjectiveRate;
import dev.redoubt.attack.chat.Plan;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.WordingSet;
import dev.redoubt.core.Finding;
import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.guard.engine.PolicyProposal;
import dev.redoubt.runtime.db.AtomicFiles;
import dev.redoubt.runtime.embed.Embedder;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * The demo: attack the sample assistant, propose a guard from the findings, enforce it, and attack
 * again with new secrets. Each step says what it plans; a stop keeps what was found so far.
 */
final class DemoRun {
  private static final int STEPS = 6;
  private static final Duration CALL_TIME = Duration.ofMinutes(2);

  private final DemoSettings settings;
  private final PrintWriter out;
  private final PrintWriter err;
  private final BooleanSupplier stop;
  private final Queue<GuardEvent> events = new ConcurrentLinkedQueue<>();
  private final StringBuilder facts = new StringBuilder();
  private int step;

  DemoRun(DemoSettings settings, PrintWriter out, PrintWriter err, BooleanSupplier stop) {
    this.settings = settings;
    this.out = out;
    this.err = err;
    this.stop = stop;
  }

  int run() throws IOException, InterruptedException {
    ServerLogs.quiet();
    Workspace workspace = Workspace.here();
    RunFolder folder = RunFolder.create(workspace.folder().resolve("demo"));
    ReportFiles.makeFolder(settings.out());
    say("run: " + folder.id());
    say("seed: " + settings.seed() + (settings.quick() ? " (quick: too few for a rate)" : ""));
    DemoResults results = new DemoResults(settings, folder.id());
    try (DemoModel model = DemoModel.open(settings.modelUrl(), err);
        Embedder embedder = Embedder.miniLm()) {
      results.model(model.name(), model.digest());
      play(model.url(), embedder, folder, results);
    } finally {
      results.ended();
      keep(workspace, folder, results);
    }
    return close(results);
  }

  private void play(URI model, Embedder embedder, RunFolder folder, DemoResults results)
      throws IOException, InterruptedException {
    Path before = folder.path().resolve("before");
    PolicyProposal proposal;
    try (DemoScene scene = DemoScene.bare(model, before, settings.seed(), embedder)) {
      title(
          "Acme Help Desk runs at "
              + scene.desk().site()
              + ": "
              + scene.desk().world().documents().size()
              + " documents, 2 customers who can log in");
      note(scene, "BEFORE");
      results.system(scene.system());
      CampaignResult attack =
          attack("Attack", "before", WordingSet.FIRST, settings.repetitions(), scene, folder);
      results.before(attack);
      if (stopped(attack)) {
        return;
      }
      proposal = PolicyProposal.of(attack.findings(), scene.system());
    }
    // Planted tickets stay in the index of the desk that was attacked, so customers ask one of the
    // same world without them.
    try (DemoScene scene =
        DemoScene.bare(
            model, folder.path().resolve("before-ordinary"), settings.seed(), embedder)) {
      results.ordinaryBefore(questions(scene));
    }
    if (stop.getAsBoolean()) {
      return;
    }
    String yaml = proposal.yaml();
    results.guard(yaml, proposal);
    AtomicFiles.write(settings.out().resolve("guard.yaml"), yaml);
    showGuard(results);
    Path after = folder.path().resolve("after");
    try (DemoScene scene =
        DemoScene.guarded(
            model, after, settings.seed(), embedder, proposal.policy(), events::add)) {
      note(scene, "AFTER");
      CampaignResult again =
          attack(
              "The same attack again, guarded, new secrets and customers",
              "after",
              WordingSet.FIRST,
              settings.repetitions(),
              scene,
              folder);
      results.after(again);
      if (stopped(again)) {
        return;
      }
      CampaignResult fresh =
          attack(
              "Wordings and techniques that were not used before",
              "new-wordings",
              WordingSet.NEW,
              settings.newRepetitions(),
              scene,
              folder);
      results.newWordings(fresh);
      if (stopped(fresh)) {
        return;
      }
    }
    try (DemoScene scene =
        DemoScene.guarded(
            model,
            folder.path().resolve("after-ordinary"),
            settings.seed(),
            embedder,
            proposal.policy(),
            events::add)) {
      results.ordinaryAfter(questions(scene));
    }
  }

  private CampaignResult attack(
      String what,
      String pass,
      WordingSet wordings,
      int repetitions,
      DemoScene scene,
      RunFolder folder) {
    CampaignSpec campaign =
        CampaignSpec.of(settings.seed())
            .withPass(pass)
            .withObjectives(settings.objectives())
            .withTechniques(
                wordings == WordingSet.FIRST ? settings.techniques() : settings.newTechniques())
            .withRepetitions(repetitions)
            .withWordings(wordings)
            .withTimeout(CALL_TIME);
    Plan plan = Campaign.plan(campaign, scene.target());
    title(what);
    CampaignResult result;
    try (CampaignPrinter printer = new CampaignPrinter(err, stop)) {
      result = Campaign.run(plan, folder, printer).requireReached();
    }
    for (ObjectiveRate rate : result.rates()) {
      say("    " + RunOutput.line(rate));
    }
    return result;
  }

  private List<Demo.Question> questions(DemoScene scene) throws InterruptedException {
    title("Ordinary customers ask");
    err.println(
        "plan: "
            + Math.min(settings.questions(), scene.desk().world().questions().size())
            + " calls");
    List<Demo.Question> asked;
    try (Progress progress = new Progress(err, "questions")) {
      asked = new DemoQuestions(scene, settings.seed()).ask(settings.questions(), progress, stop);
    }
    say("    " + DemoQuestions.line(asked));
    return asked;
  }

  private void showGuard(DemoResults results) {
    Demo.GuardChange change = results.guard();
    if (change == null) {
      return;
    }
    say("");
    say(
        "  The guard that these findings ask for (guard.yaml, "
            + change.rules().size()
            + " rules):");
    for (Demo.Rule rule : change.rules()) {
      String asked =
          results.findings().stream()
              .filter(f -> f.fingerprint().equals(rule.findingFingerprint()))
              .map(Finding::title)
              .findFirst()
              .orElse("no finding");
      say("    + " + String.format(Locale.ROOT, "%-22s", rule.id()) + " because: " + asked);
    }
    Demo.CodeChange code = change.codeChange();
    if (code != null) {
      say(
          "    and one line of code in the retriever, "
              + code.file()
              + ": "
              + code.after().strip());
    }
  }

  private boolean stopped(CampaignResult result) {
    return stop.getAsBoolean() || result.stopped() != null;
  }

  private void note(DemoScene scene, String pass) {
    for (PlantedFact fact : scene.desk().world().facts()) {
      facts
          .append(pass)
          .append('_')
          .append(fact.name())
          .append('=')
          .append(fact.value())
          .append('\n');
    }
  }

  private void keep(Workspace workspace, RunFolder folder, DemoResults results) throws IOException {
    AtomicFiles.write(settings.out().resolve("facts.txt"), facts.toString());
    Path tape = folder.path().resolve(RunFolder.TAPE);
    if (Files.exists(tape)) {
      AtomicFiles.write(settings.out().resolve(RunFolder.TAPE), Files.readAllBytes(tape));
    }
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(Json.line(event)).append('\n'));
    AtomicFiles.write(
        settings.out().resolve("guard-events.jsonl"),
        lines.toString().getBytes(StandardCharsets.UTF_8));
    Report report = results.report(stop.getAsBoolean());
    if (report == null) {
      return;
    }
    ReportFiles.writeAll(report, settings.out());
    try (Store store = Store.open(workspace.folder())) {
      store.save(
          new StoredRun(
              folder.id(),
              "demo",
              report.assessment(),
              report.attempts(),
              List.copyOf(events),
              Json.line(Map.of("quick", settings.quick()))));
    }
  }

  private int close(DemoResults results) {
    Report report = results.report(stop.getAsBoolean());
    if (report == null) {
      return ExitCode.INTERRUPTED;
    }
    Summary summary = Summary.of(report);
    say("");
    say("leaked:            " + summary.leaked());
    say("money and law:     " + summary.obligations());
    say("the guard:         " + summary.changed());
    say("still gets through: " + summary.stillThrough());
    say("next:              open " + settings.out().resolve("index.html") + "; " + summary.next());
    if (stop.getAsBoolean()) {
      return ExitCode.INTERRUPTED;
    }
    List<String> failures = results.failures();
    failures.forEach(failure -> err.println("FAILED: " + failure));
    return failures.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private void title(String what) {
    step++;
    say("");
    say("[" + Math.min(step, STEPS) + "/" + STEPS + "] " + what);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
