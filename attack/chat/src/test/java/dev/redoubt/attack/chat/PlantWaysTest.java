package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Outcome;
import dev.redoubt.testkit.StubEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways by which a planted text gets in. */
class PlantWaysTest {
  @TempDir Path folder;

  private static CampaignSpec spec() {
    return Bench.spec("planted-order").withTechniques(List.of("direct"));
  }

  private Bench bench(StubEndpoint stub) throws Exception {
    Files.writeString(folder.resolve("ledger.jsonl"), "");
    return Bench.at(stub, folder)
        .twoAccounts()
        .ledger("ledger.jsonl")
        .context("attackerMail", "mallory@collector.example")
        .tool("send_email", true, Map.of())
        .declare(truth -> truth.plant(new Plant(Plant.PAGE, "", "", List.of())));
  }

  private static Plant upload(String file) {
    return new Plant(
        "upload", "http://h/files", "", List.of(new Plant.Part("file", "{{text}}", file)));
  }

  private static List<String> words(Plant... plants) {
    GroundTruth.Builder truth = GroundTruth.builder();
    for (Plant plant : plants) {
      truth.plant(plant);
    }
    return PlantWay.of(truth.build()).stream().map(PlantWay::words).toList();
  }

  @Test
  void followTheEndingsOfFiles() {
    assertThat(words(upload("order.PDF")))
        .containsExactly("upload (PDF with invisible text)", "upload (PDF with tiny white text)");
    assertThat(words(upload("a.docx"))).containsExactly("upload (DOCX with hidden text)");
    assertThat(words(upload("a.htm"))).hasSize(3);
    assertThat(words(upload("a.{{format}}"))).hasSize(6);
    assertThat(words(upload("notes.md"))).containsExactly("upload");
    assertThat(words(new Plant("http://h", "{}"), new Plant("email", "http://h", "{}", List.of())))
        .containsExactly("ticket", "e-mail");
  }

  @Test
  void aPageThatNobodyReadsGivesNoVerdict() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      List<Attempt> attempts = Bench.run(spec(), bench(stub).target(), folder).attempts();
      assertThat(attempts)
          .isNotEmpty()
          .allMatch(a ->
              a.outcome() == Outcome.UNASSESSED && a.reason().contains("did not ask for the page"));
      assertThat(stub.calls()).isEqualTo(attempts.size());
    }
  }

  @Test
  void aPageIsNotServedWhereTheSinkIsElsewhere() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      Target target =
          bench(stub).declare(truth -> truth.sinkUrl("http://127.0.0.1:1/sink")).target();
      assertThat(Bench.run(spec(), target, folder).attempts())
          .isNotEmpty()
          .allMatch(a -> a.reason().contains("groundTruth.sinkUrl names a sink elsewhere"));
      assertThat(stub.calls()).isZero();
    }
  }

  @Test
  void areTakenAgainByARetryAndByAPack() throws Exception {
    try (var rig = WeakAssistantRig.weak(folder)) {
      Target target = Described.target(rig.target(), folder);
      var run = new RunFolder(Files.createDirectories(folder.resolve("run")));
      CampaignResult result =
          Campaign.run(
              Campaign.plan(spec().withRepetitions(12), target), run, CampaignListener.NONE);
      for (Attempt attempt : result.attempts()) {
        String id = attempt.id();
        assertThat(attempt.outcome()).as(id).isEqualTo(Outcome.SUCCEEDED);
        try (Repeater repeater = Repeater.open(run, id, Map.of(), Limits.NONE)) {
          assertThat(repeater.fire(id, repeater.words(id), 0).verdict().outcome())
              .as(attempt.reason())
              .isEqualTo(Outcome.SUCCEEDED);
          // What earlier shots planted is there still, and is not taken for this one.
          assertThat(repeater.fire(id, List.of("Thank you."), 0).verdict().outcome())
              .as(attempt.reason())
              .isNotEqualTo(Outcome.SUCCEEDED);
        }
      }
      Path file = folder.resolve("pack.json");
      Files.writeString(file, RegressionPack.of(run).json());
      var again = new RunFolder(Files.createDirectories(folder.resolve("again")));
      Plan plan = RegressionPack.read(file).plan(target, spec().withRepetitions(1));
      assertThat(Campaign.run(plan, again, CampaignListener.NONE).attempts())
          .hasSize(12)
          .allMatch(a -> a.outcome() == Outcome.SUCCEEDED)
          .anyMatch(a -> a.reason().endsWith("planted by web page (HTML with a comment)"));
    }
  }

  @Test
  void anEffectIsSeenAgainByARetry() throws Exception {
    try (var rig = WeakAssistantRig.weak(folder)) {
      Target target = Described.target(rig.target(), folder);
      var run = new RunFolder(Files.createDirectories(folder.resolve("run")));
      CampaignSpec files =
          Bench.spec("improper-output-file").withTechniques(List.of("direct", "base64"));
      String id =
          Campaign.run(Campaign.plan(files, target), run, CampaignListener.NONE)
              .attempts()
              .getFirst()
              .id();
      try (Repeater repeater = Repeater.open(run, id, Map.of(), Limits.NONE)) {
        assertThat(repeater.fire(id, repeater.words(id), 1).verdict().outcome())
            .isEqualTo(Outcome.SUCCEEDED);
        assertThat(repeater.fire(id, List.of("Good morning."), 1).verdict().outcome())
            .isEqualTo(Outcome.RESISTED);
      }
    }
  }

  @Test
  void aFolderThatIsNotThereGivesNoVerdict() throws Exception {
    try (StubEndpoint stub = StubEndpoint.builder().refuse().start()) {
      Target target =
          bench(stub).declare(truth -> truth.files(new GroundTruth.Files("nowhere", "."))).target();
      CampaignSpec files = Bench.spec("improper-output-file").withTechniques(List.of("direct"));
      assertThat(Bench.run(files, target, folder).attempts())
          .isNotEmpty()
          .allMatch(a ->
              a.outcome() == Outcome.UNASSESSED
                  && a.reason().contains("a folder that can't be read: nowhere"));
    }
  }
}
