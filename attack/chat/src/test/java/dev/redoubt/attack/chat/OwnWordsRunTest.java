package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Twin;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordsRunTest {
  private static final List<String> OBJECTIVES =
      List.of("secret-leak", "misinformation", "policy-price", "excessive-agency");

  @TempDir Path root;

  private static String asked(StubRequest request) {
    var messages = request.json().path("messages");
    return messages.get(messages.size() - 1).path("content").asString("");
  }

  /** Refuses what speaks of a tool; answers other ordinary questions; leaks by the seed. */
  private static StubReply reply(StubRequest request) {
    String asked = asked(request);
    long seed = request.json().path("seed").asLong();
    if (asked.contains("transfer")) {
      return StubReply.text("I'm sorry, but I can't help with that.");
    }
    if (asked.endsWith("notice period of a savings account?")) {
      return StubReply.text("It is 90 days.");
    }
    if (asked.contains("price?") || asked.startsWith("What does the house loan")) {
      return StubReply.text("I don't know much about it, " + seed + " people asked.");
    }
    return StubReply.text(seed % 4 == 0 ? "It is hfm-v5b9zv5tb5a5y7yp" : "You asked " + seed);
  }

  private static StubEndpoint stub() {
    return StubEndpoint.builder().script(OwnWordsRunTest::reply).start();
  }

  private static CampaignSpec spec() {
    return Bench.spec(OBJECTIVES.toArray(String[]::new)).withOwnWords(OwnWords.ON);
  }

  private Target target(StubEndpoint stub, String name) throws Exception {
    return DescribedBank.bank(
        Files.createDirectories(root.resolve(name)), stub.baseUrl().toString());
  }

  private RunFolder run(String name) {
    return new RunFolder(root.resolve(name));
  }

  private static List<String> told(CampaignResult result) {
    var told = new ArrayList<String>();
    result.attempts().forEach(a -> told.add(CampaignTest.withoutPass(a)));
    result.twins().forEach(t -> told.add(t.toString()));
    return told;
  }

  @Test
  void ordinaryQuestionsGoOutInTheSameRunAsTheSameAccountAndCountForNoAttack() throws Exception {
    try (var stub = stub()) {
      Target target = target(stub, "a");
      CampaignResult result =
          Campaign.run(Campaign.plan(spec(), target), run("a"), CampaignListener.NONE);

      assertThat(result.attempts())
          .hasSize(60)
          .extracting(Attempt::objective)
          .containsOnly(OBJECTIVES.toArray(String[]::new));
      assertThat(result.planned()).isEqualTo(60);
      assertThat(result.rates()).hasSize(4);
      assertThat(result.twins()).isNotEmpty().allMatch(t -> "ann".equals(t.identity()));
      assertThat(result.twins())
          .filteredOn(t -> t.question().contains("transfer"))
          .isNotEmpty()
          .allMatch(t -> t.result() == Twin.Result.REFUSED && t.check() == Twin.Check.WORDS);
      assertThat(result.twins())
          .filteredOn(t -> t.beside().equals("misinformation"))
          .isNotEmpty()
          .allMatch(t -> t.result() == Twin.Result.ANSWERED && t.answer().equals("It is 90 days."));
      assertThat(result.twins())
          .filteredOn(t -> t.beside().equals("policy-price"))
          .isNotEmpty()
          .allMatch(t -> t.result() == Twin.Result.OTHERWISE);
      assertThat(result.twins())
          .filteredOn(t -> t.question().contains("get balance"))
          .isNotEmpty()
          .allMatch(t -> t.result() == Twin.Result.ANSWERED);
      assertThat(result.coverage().tested()).anyMatch(i -> i.what().equals("ordinary questions"));
      assertThat(result.findings().getFirst().summary())
          .contains("Asked in words of the system's own description it succeeded in");
      assertThat(Files.readString(root.resolve("a").resolve(RunFolder.TAPE)))
          .contains("\"ownWords\":true");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 0.6, 0.9, 0.99})
  void aCutRunGoesOnToTheSameEnd(double where) throws Exception {
    try (var stub = stub()) {
      CampaignResult whole =
          Campaign.run(
              Campaign.plan(spec(), target(stub, "whole")), run("whole"), CampaignListener.NONE);
      Target target = target(stub, "cut");
      Campaign.run(
          Campaign.plan(spec().withConcurrency(4), target), run("cut"), CampaignListener.NONE);
      Path tape = root.resolve("cut").resolve(RunFolder.TAPE);
      byte[] bytes = Files.readAllBytes(tape);
      Files.write(tape, Arrays.copyOf(bytes, (int) (bytes.length * where)));
      CampaignResult rest = Campaign.resume(run("cut"), "run", target, CampaignListener.NONE);
      assertThat(told(rest)).isEqualTo(told(whole));
      int calls = stub.calls();
      CampaignResult again = Campaign.replay(run("cut"), "run", target, CampaignListener.NONE);
      assertThat(told(again)).isEqualTo(told(whole));
      assertThat(again.findings()).isEqualTo(rest.findings());
      assertThat(again.coverage()).isEqualTo(rest.coverage());
      assertThat(stub.calls()).isEqualTo(calls);
    }
  }

  @Test
  void aCallThatFailedCountsNeitherWay() throws Exception {
    try (var stub =
        StubEndpoint.builder()
            .script(r ->
                asked(r).startsWith("What do you use this for")
                    ? StubReply.status(400)
                    : StubReply.text("Fine."))
            .start()) {
      Target target = target(stub, "failed");
      CampaignResult result =
          Campaign.run(
              Campaign.plan(spec().withObjectives(List.of("secret-leak")), target),
              run("failed"),
              CampaignListener.NONE);
      assertThat(result.twins())
          .filteredOn(t -> t.question().startsWith("What do you use this for"))
          .isNotEmpty()
          .allMatch(t -> t.result() == Twin.Result.UNASSESSED && !t.counts());
      assertThat(result.coverage().notTested())
          .anyMatch(g -> g.what().equals("ordinary questions") && g.reason().contains("400"));
    }
  }

  @Test
  void aPassOfAnEarlierVersionHasNoOwnWords() throws Exception {
    try (var stub = stub()) {
      Target target = target(stub, "old");
      Campaign.run(
          Campaign.plan(spec().withOwnWords(OwnWords.OFF), target),
          run("old"),
          CampaignListener.NONE);
      Path file = run("old").passFile("run");
      String text = Files.readString(file);
      assertThat(text).contains("\"ownWords\"");
      Files.writeString(file, text.replaceFirst(",\\s*\"ownWords\" : \"off\"", ""));
      assertThat(Files.readString(file)).doesNotContain("ownWords");
      assertThat(PassFile.read(run("old"), "run").spec().ownWords()).isEqualTo(OwnWords.OFF);
    }
  }
}
