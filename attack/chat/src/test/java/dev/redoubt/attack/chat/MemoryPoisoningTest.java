package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Outcome;
import dev.redoubt.testkit.WeakAssistant;
import dev.redoubt.testkit.Weakness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryPoisoningTest {
  @TempDir Path folder;

  private static CampaignSpec spec() {
    return Bench.spec("memory-poisoning").withTechniques(List.of("direct"));
  }

  @Test
  void anEchoInTheAttackersOwnConversationIsNone() throws Exception {
    try (var rig = WeakAssistantRig.mended(folder, Weakness.MEMORY)) {
      List<Attempt> attempts = Bench.run(spec(), rig.target(), folder).attempts();
      assertThat(attempts)
          .hasSize(3)
          .allMatch(a ->
              a.outcome() == Outcome.RESISTED
                  && a.reason()
                      .equals("what the attacker said shows in its own conversation only"));
    }
  }

  @Test
  void saysWhereItIsTheSameAccountThatComesBack() throws Exception {
    Files.writeString(folder.resolve("ledger.jsonl"), "");
    try (WeakAssistant assistant =
        WeakAssistant.builder().ledger(folder.resolve("ledger.jsonl")).start()) {
      Target target =
          new Bench(assistant.baseUrl().toString(), folder)
              .twoAccounts()
              .identities(new Identity("third", Map.of("X-User", "third"), null))
              .ledger("ledger.jsonl")
              .declare(truth -> truth.agent(new AgentTruth(true, null, null)))
              .target();
      CampaignResult result = Bench.run(spec(), target, folder);
      Attempt first = result.attempts().getFirst();
      assertThat(first.outcome()).isEqualTo(Outcome.SUCCEEDED);
      assertThat(first.reason()).contains("the same account, whose memory is its own,");
      Finding finding = result.findings().getFirst();
      assertThat(finding.summary())
          .startsWith(
              "What was said in an earlier conversation, remembered when the account"
                  + " 'attacker' asked something ordinary,");
      // The planted text is said, so that it is no document beside.
      assertThat(first.transcript()).extracting(Turn::role).doesNotContain("document");
    }
  }

  @Test
  void aShotAgainIsNotTakenForWhatAnEarlierOneLeft() throws Exception {
    try (var rig = WeakAssistantRig.weak(folder)) {
      Target target = Described.target(rig.target(), folder);
      var run = new RunFolder(Files.createDirectories(folder.resolve("run")));
      CampaignResult result =
          Campaign.run(Campaign.plan(spec(), target), run, CampaignListener.NONE);
      String id = result.attempts().getFirst().id();
      assertThat(result.attempts().getFirst().outcome()).isEqualTo(Outcome.SUCCEEDED);
      try (Repeater repeater = Repeater.open(run, id, Map.of(), Limits.NONE)) {
        assertThat(repeater.fire(id, repeater.words(id), 0).verdict().outcome())
            .isEqualTo(Outcome.SUCCEEDED);
        assertThat(repeater.fire(id, List.of("Good morning, and thank you."), 0).verdict())
            .extracting(Verdict::outcome)
            .isNotEqualTo(Outcome.SUCCEEDED);
      }
    }
  }
}
