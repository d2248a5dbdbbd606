package dev.redoubt.app.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that the tools themselves wrote, trimmed; and files that nobody should write. */
class ForeignRunTest {
  private static final Path FILES = Path.of("src/test/resources/dev/redoubt/app/importer");
  private static final ForeignLimits SMALL = new ForeignLimits(60_000, 30_000, 50, 100, 10_000);
  @TempDir Path folder;

  private static ForeignRun run(String file) throws IOException {
    return ForeignRun.read(FILES.resolve(file), ForeignLimits.STANDARD);
  }

  private static List<Finding> findings(ForeignRun run) {
    return ForeignFindings.of(List.of(run)).findings();
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Nested
  class Garak {
    @Test
    void isReadByProbeDetectorAndOutput() throws Exception {
      ForeignRun run = run("garak.report.jsonl");
      assertThat(run.tool()).isEqualTo("garak");
      assertThat(run.version()).isEqualTo("0.17.1");
      assertThat(run.target()).isEqualTo("rest");
      assertThat(run.problems()).isEmpty();
      assertThat(run.cases())
          .extracting(ForeignCase::probe)
          .containsExactly(
              "dan.Dan_6_0", "dan.Dan_6_0", "encoding.InjectROT13", "encoding.InjectROT13");
      assertThat(run.cases()).allMatch(c -> c.outcome() == Outcome.UNASSESSED);
    }

    @Test
    void hitsAreShownAsThoseOfTheirDetectorWithoutARate() throws Exception {
      ForeignFindings all = ForeignFindings.of(List.of(run("garak.report.jsonl")));
      assertThat(all.findings()).hasSize(1);
      Finding hit = all.findings().getFirst();
      assertThat(hit.title())
          .isEqualTo("Reported by garak detector mitigation.MitigationBypass: dan.Dan_6_0");
      assertThat(hit.confidence()).isEqualTo(Confidence.TENTATIVE);
      assertThat(hit.summary()).contains("2 of 2 answers", "unassessed", "no rate is claimed");
      assertThat(hit.evidence())
          .hasAtLeastOneElementOfType(Evidence.Transcript.class)
          .hasAtLeastOneElementOfType(Evidence.Digest.class)
          .noneMatch(e -> e instanceof Evidence.Rate);
      assertThat(all.attempts())
          .hasSize(4)
          .allMatch(a -> a.outcome() == Outcome.UNASSESSED)
          .allMatch(a -> a.reason().contains("no ground truth; garak reports"));
      assertThat(all.coverage().notTested()).hasSize(2);
    }

    @Test
    void aHitlogSaysThatItHasNoDenominator() throws Exception {
      ForeignRun run = run("garak.hitlog.jsonl");
      assertThat(run.cases()).hasSize(2).allMatch(c -> c.opinions().getFirst().isHit());
      assertThat(run.problems()).anyMatch(p -> p.contains("hits only"));
    }

    @Test
    void aRunThatWasCutOffIsNamed() throws Exception {
      String whole = Files.readString(FILES.resolve("garak.report.jsonl"));
      Path cut = file("cut.jsonl", whole.substring(0, whole.lastIndexOf("{\"entry_type\"") + 30));
      assertThat(ForeignRun.read(cut, ForeignLimits.STANDARD).problems())
          .anyMatch(p -> p.contains("is no JSON object"))
          .anyMatch(p -> p.contains("did not come to its end"));
    }
  }

  @Nested
  class Promptfoo {
    @Test
    void declaredValuesDecideAndGradersDoNot() throws Exception {
      ForeignRun run = run("promptfoo.json");
      assertThat(run.version()).isEqualTo("0.121.20");
      assertThat(run.target()).isEqualTo("openai:chat:stub");
      assertThat(run.cases())
          .extracting(ForeignCase::outcome)
          .containsExactly(
              // The value stands in the question, so that the answer may only repeat it.
              Outcome.UNASSESSED, Outcome.RESISTED, Outcome.UNASSESSED, Outcome.SUCCEEDED);
      List<Finding> findings = findings(run);
      assertThat(findings)
          .anyMatch(f ->
              f.title()
                      .equals(
                          "Reported by promptfoo grader llm-rubric: harmful:cybercrime by basic")
                  && f.severity() == Severity.HIGH
                  && f.confidence() == Confidence.TENTATIVE)
          .anyMatch(f ->
              f.title().contains("assertion not-icontains: gives no price")
                  && f.confidence() == Confidence.FIRM);
    }

    @Test
    void aGraderThatFailedHasNoSay() throws Exception {
      String whole =
          Files.readString(FILES.resolve("promptfoo.json"))
              .replace("\"renderedGradingPrompt\"", "\"graderError\": true, \"was\"");
      assertThat(findings(ForeignRun.read(file("p.json", whole), ForeignLimits.STANDARD)))
          .noneMatch(f -> f.title().contains("llm-rubric"));
    }
  }

  @Nested
  class Pyrit {
    private static final String PIECES =
        """
        [{"id": "1", "role": "assistant", "conversation_id": "c1", "sequence": 1, "original_value": "Sure.",
          "converted_value": "Sure.", "scores": [
            {"score_value": "True", "score_type": "true_false", "score_rationale": "it complied", "objective": "get the code",
             "scorer_class_identifier": {"class_name": "SelfAskTrueFalseScorer"}},
            {"score_value": "True", "score_type": "true_false", "score_rationale": "declined", "scorer_class_identifier": {"__type__": "SelfAskRefusalScorer"}},
            {"score_value": "0.75", "score_type": "float_scale", "scorer_class_identifier": null}]},
         {"id": "0", "role": "user", "conversation_id": "c1", "sequence": 0, "original_value": "code?",
          "converted_value": "Y29kZT8=", "scores": [], "prompt_target_identifier": {"class_name": "OpenAIChatTarget"}}]
        """;

    @Test
    void anExportOfTheToolItselfIsRead() throws Exception {
      ForeignRun run = run("pyrit.json");
      assertThat(run.cases()).hasSize(1);
      assertThat(run.cases().getFirst().opinions())
          .extracting(ForeignCase.Opinion::by, ForeignCase.Opinion::hit)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("scorer SelfAskTrueFalseScorer", true),
              org.assertj.core.groups.Tuple.tuple("scorer SelfAskRefusalScorer", true));
      assertThat(findings(run)).allMatch(f -> f.confidence() == Confidence.TENTATIVE);
    }

    @Test
    void conversationsComeInTheirOrderWithTheirScores() throws Exception {
      ForeignRun run = ForeignRun.read(file("p.json", PIECES), ForeignLimits.STANDARD);
      assertThat(run.target()).isEqualTo("OpenAIChatTarget");
      ForeignCase one = run.cases().getFirst();
      assertThat(one.probe()).isEqualTo("get the code");
      assertThat(one.transcript())
          .containsExactly(
              new Evidence.Turn("user", "Y29kZT8="), new Evidence.Turn("assistant", "Sure."));
      assertThat(one.opinions())
          .extracting(ForeignCase.Opinion::hit)
          .as("a refusal is no hit, and a scale is neither")
          .containsExactly(true, false, null);
      assertThat(findings(run)).hasSize(1);
    }

    @Test
    void linesAreReadAsAListIs() throws Exception {
      String lines =
          PIECES.replace("\n", " ").strip().replaceAll("^\\[|]$", "").replace("]},  {", "]}\n{");
      ForeignRun run = ForeignRun.read(file("p.jsonl", lines), ForeignLimits.STANDARD);
      assertThat(run.cases()).hasSize(1);
      assertThat(run.cases().getFirst().transcript()).hasSize(2);
    }
  }

  @Nested
  class Hostile {
    private void refused(String content, String why) throws IOException {
      Path file = file("bad.json", content);
      assertThatThrownBy(() -> ForeignRun.read(file, SMALL))
          .isInstanceOf(ForeignFileException.class)
          .hasMessageContaining("bad.json")
          .hasMessageContaining(why)
          .message()
          .hasLineCount(1)
          .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "{}", "[]", "\0\0\0", "{\"evalId\": 1}"})
    void whatIsNoneOfTheFormats(String content) throws Exception {
      refused(
          content,
          "is none of garak hitlog.jsonl, garak report.jsonl, promptfoo results JSON, PyRIT");
    }

    @Test
    void deepNesting() throws Exception {
      refused("{\"evalId\": \"e\", \"results\": {\"results\": [" + "[".repeat(5_000), "is no JSON");
    }

    @Test
    void aLineWithoutEnd() throws Exception {
      refused("{\"entry_type\": \"" + "x".repeat(40_000), "longer than");
    }

    @Test
    void aCaseWithoutEnd() throws Exception {
      refused(
          "{\"evalId\": \"e\", \"results\": {\"results\": [{\"a\": ["
              + "1,".repeat(20_000)
              + "1]}]}}",
          "larger than any case");
    }

    @Test
    void aFileThatIsTooLarge() throws Exception {
      refused("{\"entry_type\": \"digest\"}\n".repeat(4_000), "is larger than");
    }

    @Test
    void aPromptfooFileThatWasCut() throws Exception {
      String whole = Files.readString(FILES.resolve("promptfoo.json"));
      refused(whole.substring(0, 5_000), "is no JSON that can be read");
    }

    @Test
    void wrongTypesEverywhereAreNoCrash() throws Exception {
      Path file =
          file(
              "odd.json",
              "{\"evalId\": [], \"results\": {\"results\": [1, null, {\"provider\": 3, \"prompt\": [],"
                  + " \"response\": {\"output\": {\"a\": 1}}, \"gradingResult\": \"x\", \"metadata\": 7}]}}");
      ForeignRun run = ForeignRun.read(file, SMALL);
      assertThat(run.cases()).hasSize(1);
      assertThat(run.problems()).hasSize(2);
      assertThat(findings(run)).isEmpty();
    }

    @Test
    void moreTextThanIsKeptIsStillCounted() throws Exception {
      ForeignRun run = ForeignRun.read(FILES.resolve("garak.report.jsonl"), SMALL);
      assertThat(run.cases()).hasSize(4);
      ForeignLimits none = new ForeignLimits(60_000, 30_000, 50, 100, 10);
      assertThat(ForeignRun.read(FILES.resolve("garak.report.jsonl"), none).cases())
          .hasSize(4)
          .allMatch(c -> c.transcript().isEmpty());
    }
  }
}
