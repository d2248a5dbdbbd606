package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyProposalTest {
  private static final Location HERE = new Location("redoubt.yaml", 3);
  private static final String DRAWN = "Xq7-drawn-value";
  private static final List<String> OBJECTIVES =
      List.of(
          "secret-leak",
          "other-user-data",
          "internal-documents",
          "planted-order",
          "refund-limit",
          "url-exfiltration");

  private static final AiSystem SYSTEM =
      new AiSystem(
          "Acme",
          "help",
          "ops",
          null,
          List.of(
              new Component.Endpoint(
                  "assistant",
                  HERE,
                  "http://127.0.0.1:8080/v1",
                  null,
                  Map.of(),
                  List.of(
                      new Component.Identity(
                          "attacker",
                          Map.of(),
                          new Component.Login("http://127.0.0.1:8080/login", "{}", "token"))),
                  Map.of(
                      "allowedHosts",
                      "help.acme.example, 127.0.0.1:9999",
                      "allowedMailDomains",
                      "acme.example"),
                  dev.redoubt.core.GroundTruth.builder()
                      .facts(List.of(new PlantedFact("S", DRAWN, PlantedFact.Kind.SECRET, null)))
                      .sinkUrl("http://127.0.0.1:9999/")
                      .build()),
              new Component.Tool("send_email", HERE, true, Map.of()),
              new Component.Tool("refund", HERE, true, Map.of("amount", 50.0)),
              new Component.Tool("order_status", HERE, false, Map.of())),
          List.of());

  private static Finding finding(String objective) {
    return new Finding(
        "attack.chat." + objective,
        "It told " + DRAWN,
        Severity.HIGH,
        Confidence.CERTAIN,
        "assistant",
        HERE,
        "said " + DRAWN,
        List.of(new Evidence.Transcript("t", "a", List.of(new Evidence.Turn("assistant", DRAWN)))),
        List.of(),
        "mend",
        Fingerprint.of(objective, "assistant"));
  }

  private static PolicyProposal propose(List<String> objectives) {
    return PolicyProposal.of(objectives.stream().map(PolicyProposalTest::finding).toList(), SYSTEM);
  }

  @Test
  void eachFindingHasItsRuleBesideIt() {
    Policy policy = propose(OBJECTIVES).policy();
    assertThat(policy.rules())
        .extracting(Rule::scanner)
        .containsExactly(
            "secret-leak",
            "personal-data",
            "document-access",
            "untrusted-trigger",
            "tool-limit",
            "exfiltration-url");
    assertThat(policy.rules())
        .allSatisfy(r -> assertThat(r.because()).matches("attack\\.chat\\.[a-z-]+/[0-9a-f]{32}"));
    assertThat(policy.caller()).isEqualTo(new CallerSource.JwtClaim("email", null, null));
  }

  @Test
  void withoutAFindingThereIsNoRule() {
    for (String objective : OBJECTIVES) {
      assertThat(propose(List.of(objective)).policy().rules())
          .hasSize(1)
          .allSatisfy(r -> assertThat(r.because()).startsWith("attack.chat." + objective + "/"));
    }
    PolicyProposal none = PolicyProposal.of(List.of(finding("something-else")), SYSTEM);
    assertThat(none.policy().rules()).isEmpty();
    assertThat(none.notes()).isEmpty();
  }

  @Test
  void itHoldsNoDrawnValueAndNoSink() {
    String yaml = propose(OBJECTIVES).yaml();
    assertThat(yaml)
        .doesNotContain(DRAWN)
        .doesNotContain(DRAWN.substring(0, 4))
        .doesNotContain("9999");
    // The ports of this machine are drawn for a run as well.
    assertThat(yaml).contains("allow: [help.acme.example]").doesNotContain("127.0.0.1");
  }

  @Test
  void hostsOfThisMachineAreLeftOutAndOthersKept() {
    var endpoint =
        new Component.Endpoint(
            "a",
            HERE,
            "https://chat.acme.example:8443/v1",
            null,
            Map.of(),
            List.of(),
            Map.of("allowedHosts", "localhost:37549, 127.0.0.1, [::1]:81, a.localhost, b.example"),
            dev.redoubt.core.GroundTruth.NONE);
    var system = new AiSystem("x", "x", "x", null, List.of(endpoint), List.of());
    assertThat(PolicyProposal.of(List.of(finding("url-exfiltration")), system).yaml())
        .contains("allow: [b.example, \"chat.acme.example:8443\"]");
  }

  @Test
  void onlyActingToolsAndDeclaredLimitsCount() {
    String yaml = propose(List.of("planted-order", "refund-limit")).yaml();
    assertThat(yaml).contains("send_email: []", "refund: []", "argument: amount", "max: 50\n");
    assertThat(yaml).doesNotContain("order_status");
  }

  @Test
  void ownersAreCheckedOnlyWhereTheCallerIsKnown() {
    assertThat(propose(List.of("internal-documents")).yaml()).contains("owned: retriever");
    var endpoint =
        new Component.Endpoint(
            "a",
            HERE,
            "http://a.example/v1",
            null,
            Map.of(),
            List.of(),
            Map.of("callerAtModel", "true"),
            dev.redoubt.core.GroundTruth.NONE);
    var system = new AiSystem("x", "x", "x", null, List.of(endpoint), List.of());
    assertThat(PolicyProposal.of(List.of(finding("internal-documents")), system).yaml())
        .contains("owned: caller");
  }

  @Test
  void orderAndDuplicatesOfFindingsDoNotMatter() {
    String yaml = propose(OBJECTIVES).yaml();
    var random = new Random(1);
    for (int i = 0; i < 20; i++) {
      var shuffled = new ArrayList<>(OBJECTIVES);
      shuffled.addAll(OBJECTIVES);
      Collections.shuffle(shuffled, random);
      assertThat(propose(shuffled).yaml()).isEqualTo(yaml);
    }
  }

  @Test
  void aSystemThatDeclaresNothingGetsNotesInstead() {
    var bare = new AiSystem("x", "x", "x", null, List.of(), List.of());
    PolicyProposal proposal =
        PolicyProposal.of(List.of(finding("refund-limit"), finding("planted-order")), bare);
    assertThat(proposal.policy().rules()).isEmpty();
    assertThat(proposal.notes()).hasSize(2);
    assertThat(proposal.yaml()).contains("Nothing in the system's description says how callers");
  }

  @Test
  void oddNamesAreQuoted() {
    var odd =
        new AiSystem(
            "x",
            "x",
            "x",
            null,
            List.of(new Component.Tool("re: fund\n\"\\", HERE, true, Map.of("yes", 1.5))),
            List.of());
    PolicyProposal proposal =
        PolicyProposal.of(List.of(finding("refund-limit"), finding("planted-order")), odd);
    assertThat(proposal.policy().rules()).hasSize(2);
  }
}
