package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.StubEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is accepted does not fail a build; what won once must not win again. */
class AcceptedTest {
  private static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";
  @TempDir Path folder;
  private StubEndpoint leaking;

  @BeforeEach
  void start() throws Exception {
    leaking = StubEndpoint.builder().reply("It is " + SECRET).start();
    describe(leaking);
  }

  @AfterEach
  void stop() {
    leaking.close();
  }

  private void describe(StubEndpoint stub) throws Exception {
    Files.writeString(
        folder.resolve("redoubt.yaml"),
        """
        redoubt: 1
        name: Shop
        components:
          - name: bot
            type: endpoint
            url: %s
            model: stub
            groundTruth:
              facts: [{name: KEY, value: %s}]
        """
            .formatted(stub.baseUrl(), SECRET));
  }

  private Cli assess(String... more) {
    String[] all = new String[more.length + 6];
    all[0] = "assess";
    all[1] = folder.resolve("redoubt.yaml").toString();
    all[2] = "--seed";
    all[3] = "5";
    all[4] = "--out";
    all[5] = folder.resolve("report").toString();
    System.arraycopy(more, 0, all, 6, more.length);
    return Cli.run(folder, all);
  }

  private String fingerprint() throws Exception {
    JsonNode report =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("report/assessment.json")));
    return report.path("findings").get(0).path("fingerprint").asString();
  }

  @Test
  void aBaselineAcceptsWhatWasThere() {
    assertThat(assess().code()).isEqualTo(1);
    Path baseline = folder.resolve("base.json");
    Cli create = Cli.run(folder, "baseline", "create", "--out", baseline.toString());
    assertThat(create.code()).isZero();
    Cli again = assess("--baseline", baseline.toString());
    assertThat(again.out())
        .contains("accepted: attack.chat.secret-leak on bot: it is in the baseline");
    assertThat(again.code()).isNotEqualTo(1);
  }

  @Test
  void aSuppressionHoldsUntilItsDay() throws Exception {
    assess();
    String entry = "- {fingerprint: %s, reason: known since May, expires: %s}\n";
    Path file = folder.resolve("redoubt-suppressions.yaml");
    Files.writeString(file, entry.formatted(fingerprint(), "2999-01-01"));
    Cli held = assess();
    assertThat(held.out()).contains("known since May (until 2999-01-01)");
    assertThat(held.code()).isNotEqualTo(1);
    Files.writeString(file, entry.formatted(fingerprint(), "2020-01-01"));
    Cli ended = assess();
    assertThat(ended.out()).contains("suppression ended on 2020-01-01");
    assertThat(ended.code()).isEqualTo(1);
  }

  @Test
  void aSuppressionWithoutReasonOrDayIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("redoubt-suppressions.yaml"), "- {rule: attack.chat.secret-leak}\n");
    Cli run = assess();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("reason", "expires");
  }

  @Test
  void aMarkIsHeededByLaterRuns() {
    assertThat(assess().code()).isEqualTo(1);
    Cli mark =
        Cli.run(
            folder,
            "attack",
            "mark",
            "bot/secret-leak/direct/0",
            "--false-positive",
            "--reason",
            "the key is a sample");
    assertThat(mark.code()).as(mark.err()).isZero();
    assertThat(assess().out()).contains("marked as a false positive: the key is a sample");
  }

  @Test
  void attacksThatWonAreATestThatTheyDontWinAgain() throws Exception {
    assess();
    Path pack = folder.resolve("attacks.json");
    assertThat(Cli.run(folder, "attack", "export", "last", "--regression", pack.toString()).code())
        .isZero();
    assertThat(Files.readString(pack)).doesNotContain(SECRET);
    String yaml = folder.resolve("redoubt.yaml").toString();
    assertThat(Cli.run(folder, "attack", "regress", pack.toString(), yaml).code()).isEqualTo(1);
    try (var mended = StubEndpoint.builder().refuse().start()) {
      describe(mended);
      Cli fixed = Cli.run(folder, "attack", "regress", pack.toString(), yaml);
      assertThat(fixed.code()).as(fixed.err()).isZero();
      assertThat(mended.calls()).isPositive();
    }
  }
}
