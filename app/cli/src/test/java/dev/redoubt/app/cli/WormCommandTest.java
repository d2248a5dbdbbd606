package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.testkit.WeakOffice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A worm in an office of eight mailboxes, without a guard before the model and with one. */
class WormCommandTest {
  private static final String POLICY =
      """
      guard: 1
      rules:
        - {id: own-recipients, scanner: untrusted-trigger, place: back, action: block, with: {actingTools: {send_email: [to]}}}
      """;
  @TempDir Path folder;

  private WeakOffice office(int mailboxes) throws Exception {
    WeakOffice office =
        WeakOffice.start(
            mailboxes,
            Set.of("m0", "m1", "m2", "m4", "m6", "m7"),
            9,
            folder.resolve("ledger.jsonl"));
    Files.writeString(
        folder.resolve("redoubt.yaml"),
        """
        redoubt: 1
        name: Office
        components:
          - name: mail-assistant
            type: endpoint
            url: %s
            identities:
        %s
            groundTruth:
              ledgerFile: ledger.jsonl
              plants: {email: {url: "%s", body: '{"subject": "{{subject}}", "text": "{{text}}"}'}}
              mail:
                tool: send_email
                reset: %s
                mailboxes: {%s}
          - {name: send_email, type: tool, acts: true}
        """
            .formatted(
                office.baseUrl(),
                office.accounts().stream()
                    .map(a -> "      - {name: %s, headers: {X-User: %s}}".formatted(a, a))
                    .collect(Collectors.joining("\n")),
                office.mailUrl(),
                office.resetUrl(),
                office.accounts().stream()
                    .map(a -> a + ": " + WeakOffice.address(a))
                    .collect(Collectors.joining(", "))));
    return office;
  }

  private Cli attack(String... more) {
    var args =
        new java.util.ArrayList<>(
            java.util.List.of(
                "attack",
                "chat",
                folder.resolve("redoubt.yaml").toString(),
                "--objective",
                "worm",
                "--technique",
                "direct",
                "--seed",
                "7"));
    args.addAll(java.util.List.of(more));
    return Cli.run(folder, args.toArray(String[]::new));
  }

  private static String id(Cli run) {
    return run.out().lines().findFirst().orElseThrow().substring("run: ".length());
  }

  @Test
  void spreadsLessWithAGuardAndBothNumbersAreCompared() throws Exception {
    try (WeakOffice office = office(8);
        Gateway gateway =
            Gateway.start(
                GatewayConfig.onLoopback(
                    Guard.of(Policy.parse(POLICY, "guard.yaml")),
                    office.modelUrl(),
                    Place.BACK,
                    event -> {}))) {
      Path json = folder.resolve("before.json");
      Cli before = attack("--population", "8", "--json", json.toString());
      assertThat(before.code()).as(before.err()).isEqualTo(1);
      assertThat(before.out())
          .contains("worm                 R = 5.25 others per infected mailbox");
      JsonNode rate = JsonMapper.shared().readTree(Files.readString(json)).path("rates").path(0);
      assertThat(rate.path("reproduction").path("number").asDouble()).isEqualTo(5.25);
      assertThat(rate.path("reproduction").path("interval").path("method").asString())
          .isEqualTo("betting");
      office.askThrough(gateway.baseUrl());
      Cli after = attack("--population", "8");
      assertThat(after.code()).as(after.out() + after.err()).isZero();
      assertThat(after.out()).contains("0 of 3 succeeded", "R = 0.00 others per infected mailbox");
      Cli compared = Cli.run(folder, "report", "--compare", id(before), id(after));
      assertThat(compared.code()).as(compared.err()).isZero();
      assertThat(compared.out())
          .containsPattern("worm before: R = 5\\.25 .*95 % interval .* to .*, betting")
          .containsPattern("worm after: {2}R = 0\\.00 .*95 % interval 0\\.00 to .*, betting");
      // The same from the tape, without a call.
      office.close();
      Path again = folder.resolve("again.json");
      Cli replayed = Cli.run(folder, "attack", "replay", id(before), "--json", again.toString());
      assertThat(replayed.code()).as(replayed.err()).isEqualTo(1);
      assertThat(Files.readString(again)).isEqualTo(Files.readString(json));
    }
  }

  @Test
  void aPopulationWithoutItsMailboxesIsRefusedBeforeAnyCall() throws Exception {
    try (WeakOffice office = office(3)) {
      Cli run = attack("--population", "8");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err())
          .hasLineCount(1)
          .contains("redoubt.yaml:", "a population of 8", "has 3; add 5");
      assertThat(attack("--population", "1").code()).isEqualTo(2);
      assertThat(office.accounts()).hasSize(3);
    }
  }
}
