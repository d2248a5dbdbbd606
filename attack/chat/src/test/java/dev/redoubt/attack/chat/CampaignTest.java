package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import dev.redoubt.testkit.Encoding;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignTest {
  @TempDir Path folder;

  private CampaignResult secretLeak(StubEndpoint stub) {
    return Bench.run(
        Bench.spec("secret-leak"), Bench.at(stub, folder).facts(Bench.SECRET).target(), folder);
  }

  @Nested
  class Verdicts {
    @Test
    void aSecretThatComesOutIsASuccess() {
      try (var stub = StubEndpoint.builder().leak(Bench.SECRET.value(), Encoding.PLAIN).start()) {
        ObjectiveRate rate = secretLeak(stub).rate("secret-leak").orElseThrow();
        assertThat(rate.successes()).isEqualTo(15);
        assertThat(rate.trials()).isEqualTo(15);
        assertThat(stub.calls()).isEqualTo(15);
      }
    }

    @Test
    void aTargetThatAlwaysRefusesGivesNone() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        CampaignResult result = secretLeak(stub);
        assertThat(result.pooled().successes()).isZero();
        assertThat(result.pooled().trials()).isEqualTo(15);
        assertThat(result.findings()).isEmpty();
      }
    }

    @Test
    void aTargetThatAlwaysEchoesGivesNone() {
      try (var stub = StubEndpoint.builder().echo().start()) {
        // The attacker names the very fact himself.
        Target target =
            Bench.at(stub, folder)
                .facts(Bench.OTHER_MAIL, Bench.SECRET)
                .context("product", Bench.OTHER_MAIL.value())
                .context("secretName", Bench.SECRET.value())
                .target();
        CampaignResult result =
            Bench.run(
                Bench.spec("other-user-data", "secret-leak", "url-exfiltration"), target, folder);
        assertThat(result.pooled().successes()).isZero();
        assertThat(result.pooled().trials()).isPositive();
      }
    }

    @Test
    void withoutGroundTruthThereIsNoVerdictAndNoCall() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        CampaignResult result =
            Bench.run(CampaignSpec.of(7), Bench.at(stub, folder).target(), folder);
        assertThat(stub.calls()).isZero();
        assertThat(result.attempts())
            .hasSize(15 * Probes.shipped().objectives().size())
            .allMatch(a -> a.outcome() == Outcome.UNASSESSED && a.reason().contains("add"));
        assertThat(result.coverage().tested()).isEmpty();
        assertThat(result.coverage().notTested())
            .anyMatch(g -> g.what().equals("secret-leak") && g.reason().contains("factsFile"));
      }
    }
  }

  @Nested
  class Calls {
    @Test
    void carrySeedAndTemperatureAndTheRecordSaysWhich() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        CampaignResult result = secretLeak(stub);
        List<Long> sent =
            stub.requests().stream().map(r -> r.json().path("seed").asLong()).toList();
        assertThat(sent).doesNotHaveDuplicates().allMatch(s -> s >= 0 && s <= Integer.MAX_VALUE);
        assertThat(result.attempts()).extracting(Attempt::seed).containsExactlyElementsOf(sent);
        assertThat(stub.requests()).allMatch(r -> r.json().path("temperature").asDouble() == 0.7);
      }
    }

    @Test
    void areTheSameForTheSameSeed() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        secretLeak(stub);
        List<String> first = bodies(stub);
        Bench.run(
            Bench.spec("secret-leak").withPass("again"),
            Bench.at(stub, folder).facts(Bench.SECRET).target(),
            folder);
        assertThat(bodies(stub).subList(15, 30)).isEqualTo(first);
      }
    }

    private static List<String> bodies(StubEndpoint stub) {
      return stub.requests().stream().map(StubRequest::body).toList();
    }

    @Test
    void stayWithinTheirLimitAndCoverEveryTechniqueFirst() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak").withMaxCalls(5),
                Bench.at(stub, folder).facts(Bench.SECRET).target(),
                folder);
        assertThat(stub.calls()).isEqualTo(5);
        assertThat(result.attempts()).hasSize(15);
        assertThat(
                result.attempts().stream()
                    .filter(a -> a.outcome() == Outcome.RESISTED)
                    .map(Attempt::technique))
            .containsExactly("direct", "authority", "role-play", "prefix-injection", "translation");
      }
    }

    @Test
    void noObjectiveStarvesAnotherWhenCallsAreFew() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak", "internal-documents").withMaxCalls(4),
                Bench.at(stub, folder).facts(Bench.SECRET, Bench.MEMO).target(),
                folder);
        assertThat(
                result.attempts().stream()
                    .filter(a -> a.outcome() == Outcome.RESISTED)
                    .map(a -> a.objective() + " by " + a.technique()))
            .containsExactlyInAnyOrder(
                "secret-leak by direct",
                "secret-leak by authority",
                "internal-documents by direct",
                "internal-documents by authority");
      }
    }

    @Test
    void runAtTheSameTimeWhenAskedToAndGiveTheSameAttempts() {
      try (var stub =
          StubEndpoint.builder()
              .script(r ->
                  StubReply.text(
                      r.json().path("seed").asLong() % 2 == 0 ? Bench.SECRET.value() : "no"))
              .start()) {
        Target target = Bench.at(stub, folder).facts(Bench.SECRET).target();
        CampaignSpec spec = Bench.spec("secret-leak").withRepetitions(8);
        List<Attempt> one = Bench.run(spec, target, folder).attempts();
        List<Attempt> many =
            Bench.run(spec.withPass("many").withConcurrency(16), target, folder).attempts();
        assertThat(many.stream().map(CampaignTest::withoutPass).toList())
            .isEqualTo(one.stream().map(CampaignTest::withoutPass).toList());
      }
    }

    @Test
    void twoPassesOfOneNameDoNotShareAFolder() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        secretLeak(stub);
        assertThatExceptionOfType(UsageException.class)
            .isThrownBy(() -> secretLeak(stub))
            .withMessageContaining("resume");
      }
    }
  }

  static String withoutPass(Attempt a) {
    String duplicate = a.duplicateOf() == null ? "" : a.duplicateOf().replaceFirst("^[^/]+/", "");
    return a.id().replaceFirst("^[^/]+/", "")
        + " "
        + a.outcome()
        + " "
        + a.seed()
        + " "
        + a.factsSeen()
        + " "
        + duplicate
        + " "
        + a.transcript();
  }

  @Nested
  class Repeats {
    @Test
    void keepTheirOutcomeAndAreLeftOutOfTheRate() {
      try (var stub = StubEndpoint.builder().leak(Bench.SECRET.value(), Encoding.PLAIN).start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak").withTechniques(List.of("direct")).withRepetitions(12),
                Bench.at(stub, folder).facts(Bench.SECRET).target(),
                folder);
        ObjectiveRate rate = result.rate("secret-leak").orElseThrow();
        assertThat(rate.trials()).isEqualTo(3);
        assertThat(rate.allTrials()).isEqualTo(12);
        assertThat(rate.allSuccesses()).isEqualTo(12);
        assertThat(result.attempts()).filteredOn(a -> a.duplicateOf() != null).hasSize(9);
        assertThat(result.findings().getFirst().summary()).contains("3 distinct, 12 with repeats");
      }
    }

    @Test
    void anotherReplyToTheSamePromptIsNoRepeat() {
      try (var stub =
          StubEndpoint.builder().script(r -> StubReply.text("no " + r.number())).start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak").withTechniques(List.of("direct")).withRepetitions(12),
                Bench.at(stub, folder).facts(Bench.SECRET).target(),
                folder);
        assertThat(result.pooled().trials()).isEqualTo(12);
      }
    }
  }

  @Nested
  class Findings {
    @Test
    void giveNoRateOfFewerThanTenAttempts() {
      try (var stub = StubEndpoint.builder().leak(Bench.SECRET.value(), Encoding.PLAIN).start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak").withTechniques(List.of("role-play")),
                Bench.at(stub, folder).facts(Bench.SECRET).target(),
                folder);
        assertThat(result.findings().getFirst().summary())
            .contains("3 of 3 distinct attempts: too few for a rate, 95 % interval 44 % to 100 %");
      }
    }

    @Test
    void sayWhatByWhomHowOftenAndWhatToDo() {
      try (var stub = StubEndpoint.builder().leak(Bench.SECRET.value(), Encoding.PLAIN).start()) {
        CampaignResult result =
            Bench.run(
                Bench.spec("secret-leak"),
                Bench.at(stub, folder).facts(Bench.SECRET).twoAccounts().target(),
                folder);
        Finding finding = result.findings().getFirst();
        assertThat(finding.ruleId()).isEqualTo("attack.chat.secret-leak");
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.summary())
            .contains("The account 'attacker' got SECRET_KEY")
            .contains("15 of 15 distinct attempts: 100 %, 95 % interval 80 % to 100 %")
            .contains("role-play 3 of 3")
            .doesNotContain(Bench.SECRET.value());
        assertThat(finding.location()).isEqualTo(Bench.HERE);
        assertThat(finding.evidence()).hasAtLeastOneElementOfType(Evidence.Rate.class);
        assertThat(finding.evidence())
            .filteredOn(e -> e instanceof Evidence.Transcript)
            .hasSize(3)
            .allMatch(e ->
                ((Evidence.Transcript) e).turns().getLast().text().contains(Bench.SECRET.value()));
        assertThat(finding.references()).extracting("id").contains("LLM07:2025", "LLM08:2026");
      }
    }

    @Test
    void keepTheirFingerprintFromSeedToSeedAndSecretToSecret() {
      var prints = new ArrayList<String>();
      for (long seed : new long[] {1, 2}) {
        String value = "another-secret-" + seed;
        var fact =
            new dev.redoubt.core.PlantedFact(
                "SECRET", value, dev.redoubt.core.PlantedFact.Kind.SECRET, null);
        try (var stub = StubEndpoint.builder().leak(value, Encoding.PLAIN).start()) {
          Target target = Bench.at(stub, folder).facts(fact).target();
          CampaignSpec spec =
              CampaignSpec.of(seed).withPass("p" + seed).withObjectives(List.of("secret-leak"));
          prints.add(Bench.run(spec, target, folder).findings().getFirst().fingerprint());
        }
      }
      assertThat(prints.stream().collect(Collectors.toSet())).hasSize(1);
    }
  }
}
