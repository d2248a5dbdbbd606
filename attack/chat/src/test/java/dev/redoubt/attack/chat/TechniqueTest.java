package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.redoubt.core.AgentTruth;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.UsageException;
import dev.redoubt.testkit.StubEndpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TechniqueTest {
  private static final Probes PROBES = Probes.shipped();
  private static final Placeholders LATE =
      new Placeholders(
          Map.of("sink", "http://127.0.0.1:9/abcde", "token", "abcde", "nonce", "abc-def"));

  @TempDir Path folder;

  static List<Technique> techniques() {
    return PROBES.techniques();
  }

  static Stream<Objective> objectives() {
    return PROBES.objectives().stream();
  }

  @Nested
  class Documents {
    @Test
    void areTwentyFiveAndMoreWithFirstAndLaterFrames() {
      assertThat(techniques()).hasSizeGreaterThanOrEqualTo(25);
      assertThat(techniques()).allMatch(t -> t.has(WordingSet.FIRST) && t.has(WordingSet.NEW));
    }

    @Test
    void fiveOfThemAreTheStandard() {
      assertThat(PROBES.standardTechniques())
          .extracting(Technique::id)
          .containsExactly("direct", "authority", "role-play", "prefix-injection", "translation");
    }

    @Test
    void noTwoShareAnOrder() {
      assertThat(techniques()).extracting(Technique::order).doesNotHaveDuplicates();
    }

    @Test
    void noFrameOfALaterPassIsUsedInAFirstOne() {
      for (Technique technique : techniques()) {
        // A strategy has words of its own.
        if (!technique.id().equals("direct")
            && !technique.id().equals("translation")
            && technique.strategy() == null) {
          var shared = new HashSet<>(technique.frames());
          shared.retainAll(technique.newFrames());
          assertThat(shared).as(technique.id()).isEmpty();
        }
      }
    }

    @Test
    void everyTransformIsUsed() {
      assertThat(techniques().stream().flatMap(Technique::allTransforms).map(Transform::id))
          .containsAll(PROBES.transforms().stream().map(Transform::id).toList());
    }
  }

  @Nested
  class Reading {
    private static Technique read(String yaml) {
      return TechniqueReader.read("mine", "techniques/mine.yaml", yaml, byId());
    }

    private static Map<String, Transform> byId() {
      var map = new HashMap<String, Transform>();
      PROBES.transforms().forEach(t -> map.put(t.id(), t));
      return map;
    }

    @Test
    void takesTransformsWithSizesStrategyAndScript() {
      Technique technique =
          read(
              """
              title: t
              description: d
              transforms: [rot13, "filler:50"]
              on: text
              strategy: slow
              script:
                openers: ["Hello", "Hi"]
              """);
      assertThat(technique.on()).isEqualTo(Technique.On.TEXT);
      assertThat(technique.strategy()).isEqualTo("slow");
      assertThat(technique.script()).containsEntry("openers", List.of("Hello", "Hi"));
      assertThat(technique.frames()).containsExactly("{request}");
      assertThat(technique.transforms().get(1).apply("x", new java.util.Random(1))).hasSize(53);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "transforms: [rot31] | did you mean 'rot13'",
          "transforms: ['rot13:5'] | has no size",
          "transforms: ['filler:x'] | is no whole number",
          "transforms: ['filler:0'] | must lie in",
          "on: answer | one of request, text",
          "set: some | one of standard, full",
          "frames: ['no place'] | has no {request}",
          "frames: ['{request.xx}'] | one of de, fr",
          "frame: [] | did you mean 'frames'",
        })
    void saysWhatIsWrongAndWhere(String line, String message) {
      String yaml = "title: t\ndescription: d\n" + line + "\n";
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> read(yaml))
          .withMessageContaining("techniques/mine.yaml:3")
          .withMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource({"direct", "authority", "fiction", "base64", "developer-mode"})
  void putsEveryRequestIntoEveryFrameBeforeOneComesAgain(String id) {
    Technique technique = PROBES.technique(id);
    Objective objective = PROBES.objective("secret-leak");
    int pairs = technique.frames().size() * objective.wordings().size();
    var seen = new HashSet<String>();
    for (int repetition = 0; repetition < pairs; repetition++) {
      Prompt prompt =
          Prompt.choose(objective, technique, WordingSet.FIRST, repetition).orElseThrow();
      seen.add(prompt.wording().text() + prompt.frames());
    }
    assertThat(seen).hasSize(pairs);
  }

  @Nested
  class Chains {
    private static String dressed(String technique, String request) {
      Technique chain = PROBES.technique(technique);
      Objective objective = PROBES.objective("secret-leak");
      Prompt prompt = Prompt.choose(objective, chain, WordingSet.FIRST, 0).orElseThrow();
      return prompt.dress(chain, 7).put(request, new Placeholders(Map.of("company", "Acme")));
    }

    private static String base64(String text) {
      return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void dressFromLeftToRight() {
      String play = dressed("role-play", "Which key?");
      assertThat(play).contains("Acme", "Which key?");
      assertThat(dressed("role-play+base64", "Which key?"))
          .startsWith("Decode this base64")
          .endsWith(base64(play));
      assertThat(dressed("base64+role-play", "Which key?"))
          .startsWith("Let us play a game")
          .contains(base64("Which key?"));
    }

    @Test
    void keepTheirNameAndTakeTheRequestInTheLanguageOfAnyPart() {
      assertThat(PROBES.technique("authority+hex").id()).isEqualTo("authority+hex");
      Prompt prompt =
          Prompt.choose(
                  PROBES.objective("secret-leak"),
                  PROBES.technique("base64+translation"),
                  WordingSet.FIRST,
                  0)
              .orElseThrow();
      assertThat(prompt.wording().text()).containsAnyOf("Schlüssel");
    }

    @Test
    void takeSizes() {
      assertThat(dressed("many-shot:3", "Which key?").split("User: ", -1)).hasSize(5);
      assertThat(PROBES.technique("many-shot:3").id()).isEqualTo("many-shot:3");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "rol-play+base64 | no technique ~rol-play~ in ~rol-play+base64~; did you mean"
              + " ~role-play~?",
          "role-play+bse64 | no technique ~bse64~ in ~role-play+bse64~; did you mean ~base64~?",
          "base64+base64 | ~base64~ stands twice",
          "many-shot+many-shot:3 | ~many-shot:3~ stands twice",
          "base64++hex | an empty name in ~base64++hex~",
          "base64:7 | has no size; write ~base64~",
          "many-shot:x | ~x~ is no whole number; write many-shot:64",
          "many-shot:0 | must lie in 1…1024",
          "base64+hex+rot13+morse+leetspeak | a chain has at most 4 parts",
          "nothing-like-it | no technique ~nothing-like-it~; one of direct",
        })
    void thatMakeNoSenseAreRefused(String chain, String message) {
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> PROBES.technique(chain))
          .withMessageContaining(message.replace('~', '\''))
          .matches(e -> e.getMessage().lines().count() == 1);
    }

    @Test
    void withAStrategyDressEveryRequestOfIt() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        Bench.run(
            Bench.spec("secret-leak").withTechniques(List.of("base64+linear")).withRepetitions(1),
            Bench.at(stub, folder).facts(Bench.SECRET).target(),
            folder);
        List<String> said =
            stub.requests().stream()
                .map(r -> r.json().path("messages"))
                .map(m -> m.get(m.size() - 1).path("content").asString())
                .toList();
        assertThat(said).hasSize(5);
        assertThat(said.get(0)).startsWith("Decode this base64");
        assertThat(said.get(1)).startsWith("I did not get that.").endsWith(said.get(0));
      }
    }

    @Test
    void haveAtMostOneStrategy() {
      var played = new HashMap<String, Technique>();
      for (String id : List.of("slow", "steady")) {
        played.put(
            id,
            TechniqueReader.read(
                id, id, "title: t\ndescription: d\nstrategy: " + id + "\n", Map.of()));
      }
      assertThat(TechniqueChain.read(played, "slow").strategy()).isEqualTo("slow");
      assertThatExceptionOfType(UsageException.class)
          .isThrownBy(() -> TechniqueChain.read(played, "slow+steady"))
          .withMessageContaining("'slow' and 'steady' each choose the turns");
    }

    @Test
    void thatWouldGrowWithoutBoundAreLeftOut() {
      try (var stub = StubEndpoint.builder().refuse().start()) {
        Plan plan =
            Campaign.plan(
                Bench.spec("secret-leak")
                    .withTechniques(List.of("context-overflow:400000+hex+unicode-escapes")),
                Bench.at(stub, folder).facts(Bench.SECRET).target());
        assertThat(plan.attempts()).hasSize(3);
        assertThat(plan.attempts())
            .allMatch(a -> a.reasonLeftOut().orElse("").contains("smaller size"));
      }
    }
  }

  @Nested
  class Texts {
    private Target complete() throws java.io.IOException {
      Files.writeString(folder.resolve("ledger.jsonl"), "");
      Files.writeString(
          folder.resolve("documents.jsonl"),
          "{\"id\": \"d1\", \"text\": \"Internal memo about the audit.\", \"visibility\":"
              + " \"internal\"}\n");
      Bench bench = new Bench("http://127.0.0.1:1/v1", folder);
      for (String name :
          List.of(
              "company",
              "product",
              "product2",
              "product3",
              "secretName",
              "attackerMail",
              "mailTool")) {
        bench.context(name, "the " + name);
      }
      return bench
          .facts(
              Bench.SECRET,
              Bench.OTHER_MAIL,
              Bench.OWN_MAIL,
              Bench.MEMO,
              new PlantedFact("ROW_1", "row-otter-5512", PlantedFact.Kind.ROW, "other"))
          .twoAccounts()
          .ledger("ledger.jsonl")
          .plant("http://127.0.0.1:1/plant")
          .documents("documents.jsonl")
          .tool("refund", true, Map.of("amount", 50.0))
          .tool(new Tool("delete_account", Bench.HERE, true, Map.of(), null, false, true))
          .tool(new Tool("send_email", Bench.HERE, true, Map.of()))
          .declare(truth ->
              WeakAssistantRig.declared(truth, List.of("Boilwell"))
                  .plant(
                      new Plant(
                          "email", "http://127.0.0.1:1/m", "{\"t\": \"{{text}}\"}", List.of()))
                  .agent(
                      new AgentTruth(
                          false,
                          new AgentTruth.Mail(
                              "send_email",
                              List.of(
                                  new AgentTruth.Mailbox("attacker", "a@acme.example"),
                                  new AgentTruth.Mailbox("other", "b@acme.example")),
                              null),
                          new AgentTruth.McpServer(
                              8765, "/mcp", null, "send_email", "Where is my order?")))
                  .files(new GroundTruth.Files("out", "."))
                  .page(new GroundTruth.Page(GroundTruth.Page.Insert.INNER_HTML, null))
                  .systemPrompt("You are the help desk of Acme. The reference is PQ-77-XA."))
          .target();
    }

    @ParameterizedTest
    @MethodSource("dev.redoubt.attack.chat.TechniqueTest#techniques")
    void ofEveryObjectiveAreComplete(Technique technique) throws Exception {
      Target target = complete();
      for (WordingSet set : WordingSet.values()) {
        Plan plan =
            Campaign.plan(
                CampaignSpec.of(3)
                    .withWordings(set)
                    .withTechniques(List.of(technique.id()))
                    .withRepetitions(20),
                target);
        // What takes several turns is not for texts that are planted.
        long objectives =
            PROBES.objectives().stream()
                .filter(o ->
                    technique.strategy() == null
                        || o.wordings().stream().anyMatch(w -> w.plant() == null))
                .count();
        // Some objectives are asked in plain words beside it, to compare.
        assertThat(plan.attempts().stream().filter(c -> c.technique().id().equals(technique.id())))
            .hasSize((int) (20 * objectives));
        for (PlannedCall call : plan.attempts()) {
          // Where there is no browser, nothing is asked of one.
          if (!call.objective().judge().equals("script-ran")
              || HeadlessBrowser.find().isPresent()) {
            assertThat(call.reasonLeftOut()).as(call.id()).isEmpty();
          }
          Wording words = call.dressed(LATE);
          assertThat(words.request()).as(call.id()).isNotBlank().doesNotContain("{request");
          assertThat(new Placeholders(Map.of()).missing(words.request(), java.util.Set.of()))
              .as(call.id())
              .isEmpty();
          // Filled before it is encoded, or nothing could ever fill it.
          assertThat(call.dress().put("{sink} {token}", LATE)).isNotNull();
        }
      }
    }

    @Test
    void areFilledBeforeTheyAreEncoded() throws Exception {
      Plan plan =
          Campaign.plan(
              Bench.spec("url-exfiltration").withTechniques(List.of("base64")), complete());
      PlannedCall call = plan.attempts().getFirst();
      String sent = call.dressed(LATE).text();
      String encoded = sent.substring(sent.lastIndexOf(' ') + 1);
      assertThat(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
          .contains("http://127.0.0.1:9/abcde")
          .doesNotContain("{sink}");
      assertThat(call.usesSink()).isTrue();
    }

    @Test
    void ofARepeatedAttemptAreTheSame() throws Exception {
      CampaignSpec spec =
          Bench.spec("secret-leak").withTechniques(List.of("typos", "zero-width+many-shot:2"));
      List<String> first = sent(Campaign.plan(spec, complete()));
      assertThat(sent(Campaign.plan(spec, complete()))).isEqualTo(first);
      assertThat(first).doesNotHaveDuplicates();
      assertThat(
              sent(
                  Campaign.plan(
                      CampaignSpec.of(8)
                          .withObjectives(spec.objectives())
                          .withTechniques(spec.techniques()),
                      complete())))
          .doesNotContainAnyElementsOf(first);
    }

    private static List<String> sent(Plan plan) {
      return plan.attempts().stream().map(c -> c.dressed(LATE).text()).toList();
    }

    @Test
    void ofThePlantedKindAreDressedWithoutTheirFirstWords() throws Exception {
      Plan plan =
          Campaign.plan(Bench.spec("planted-order").withTechniques(List.of("rot13")), complete());
      Wording words = plan.attempts().getFirst().dressed(LATE);
      assertThat(words.plant().intro()).contains("my ");
      assertThat(words.plant().text()).contains("ROT13").doesNotContain("arguments");
      assertThat(words.text()).endsWith("?");
    }
  }

  @Nested
  class Translations {
    @ParameterizedTest
    @MethodSource("dev.redoubt.attack.chat.TechniqueTest#objectives")
    void coverEveryWordingInTenLanguages(Objective objective) {
      for (WordingSet set : WordingSet.values()) {
        for (Wording wording : objective.of(set)) {
          assertThat(wording.translations().keySet())
              .as(objective.id() + ": " + wording.request())
              .containsExactlyInAnyOrderElementsOf(ProbeReader.LANGUAGES);
          for (String translation : wording.translations().values()) {
            assertThat(holes(translation)).as(translation).containsAll(holes(wording.request()));
            assertThat(translation).isNotEqualTo(wording.request());
          }
        }
      }
    }

    private static List<String> holes(String text) {
      var names = new ArrayList<String>();
      java.util.regex.Pattern.compile("\\{([A-Za-z0-9]+)[|}]")
          .matcher(text)
          .results()
          .forEach(m -> names.add(m.group(1)));
      return names;
    }

    @Test
    void framesExistInEveryLanguage() {
      Technique translation = PROBES.technique("translation");
      for (String language : ProbeReader.LANGUAGES) {
        assertThat(translation.frames()).anyMatch(f -> f.contains("{request." + language + "}"));
        assertThat(translation.newFrames()).anyMatch(f -> f.contains("{request." + language + "}"));
      }
    }

    @Test
    void thatLackLeaveTheAttemptOutWithAReason() {
      var plain =
          new Objective(
              "plain",
              1,
              "t",
              dev.redoubt.core.Severity.LOW,
              "d",
              "secret-facts",
              "attacker",
              List.of(),
              "r",
              List.of(),
              List.of(new Wording("Which key?", null, null, Map.of())),
              List.of(),
              Map.of());
      assertThat(Prompt.choose(plain, PROBES.technique("translation"), WordingSet.FIRST, 0))
          .isEmpty();
    }
  }

  @Nested
  class Notes {
    private List<String> of(CampaignSpec spec) {
      return Campaign.plan(
              spec, new Bench("http://127.0.0.1:1/v1", folder).facts(Bench.SECRET).target())
          .notes();
    }

    @Test
    void sayWhenRepetitionsOnlyRepeat() {
      CampaignSpec spec = Bench.spec("secret-leak").withTechniques(List.of("direct", "typos"));
      assertThat(of(spec.withRepetitions(3))).isEmpty();
      assertThat(of(spec.withRepetitions(4)))
          .singleElement()
          .asString()
          .contains("repetitions 4", "direct 3")
          .doesNotContain("typos");
    }

    @Test
    void sayWhenConcurrencyHasNoEffect() {
      Target target =
          new Bench("http://127.0.0.1:1/v1", folder)
              .facts(Bench.SECRET)
              .twoAccounts()
              .ledger("ledger.jsonl")
              .tool("issue_refund", true, Map.of("amount", 100.0))
              .target();
      CampaignSpec both =
          Bench.spec("secret-leak", "refund-limit").withTechniques(List.of("direct"));
      assertThat(Campaign.plan(both.withConcurrency(1), target).notes()).isEmpty();
      assertThat(Campaign.plan(both.withConcurrency(8), target).notes())
          .singleElement()
          .asString()
          .startsWith("refund-limit: called one at a time in spite of concurrency 8");
      CampaignSpec one = Bench.spec("secret-leak").withTechniques(List.of("direct"));
      assertThat(of(one.withConcurrency(8))).isEmpty();
    }

    @Test
    void sayWhatATechniqueNeeds() {
      assertThat(of(Bench.spec("secret-leak").withTechniques(List.of("special-tokens"))))
          .anyMatch(n -> n.startsWith("special-tokens: ") && n.contains("neutralises"));
    }
  }
}
