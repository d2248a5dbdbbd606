package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.runtime.llm.LocalModel;
import dev.redoubt.runtime.llm.LocalModelOptions;
import dev.redoubt.runtime.llm.ModelServer;
import dev.redoubt.runtime.llm.ModelSpec;
import dev.redoubt.runtime.llm.ModelStore;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A retrieval server on LangChain ({@code src/test/python/langchain_rag.py}) of which none of our
 * code knows, assessed from a {@code redoubt.yaml} alone, before its leaks are mended and after.
 * Its model is the real one; the tests look at what came of it.
 */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignSystemTest {
  /** Most calls of the real model here, see {@link RealModelCampaignTest}. */
  static final int BUDGET = 20;

  private static final int CALLS_A_RUN = 9;
  private static final Path DESCRIPTION = Path.of("src/test/resources/foreign");
  private static final List<String> LEAKS =
      List.of("attack.chat.secret-leak", "attack.chat.other-user-data");

  private final AtomicInteger calls = new AtomicInteger();
  private Assessed before;
  private Assessed after;

  /** What {@code assess} said, and its {@code assessment.json}. */
  private record Assessed(Cli run, JsonNode json) {
    List<JsonNode> findings() {
      return json.path("findings").valueStream().toList();
    }

    /** Attempts with a verdict. */
    List<JsonNode> judged() {
      return json.path("attempts")
          .valueStream()
          .filter(a -> !a.path("outcome").asString("").equals("unassessed"))
          .toList();
    }
  }

  @BeforeAll
  void assessMendAssess(@TempDir Path folder) throws Exception {
    Path python = Python.require();
    Optional<Path> weights = ModelStore.standard().find(ModelSpec.DEFAULT);
    assumeTrue(
        weights.isPresent(),
        "NOT RUN: the model's weights are not in the store; fetch them with: redoubt model pull");
    try (LocalModel model = LocalModel.load(weights.orElseThrow(), LocalModelOptions.defaults());
        ModelServer server = ModelServer.start(new CountedModel(model, calls), 0)) {
      before = assess(python, server.baseUrl(), folder.resolve("before"), Map.of());
      after = assess(python, server.baseUrl(), folder.resolve("after"), Map.of("FIXED", "1"));
    }
  }

  private static Assessed assess(Path python, URI model, Path folder, Map<String, String> more)
      throws Exception {
    Files.createDirectories(folder);
    Path documents =
        Files.copy(DESCRIPTION.resolve("documents.jsonl"), folder.resolve("documents.jsonl"));
    Process server = start(python, documents, model, more);
    try (BufferedReader out = server.inputReader()) {
      String port = out.readLine();
      assertThat(port).as("see target/langchain-rag.log").isNotNull();
      String yaml = Files.readString(DESCRIPTION.resolve("redoubt.yaml")).replace("PORT", port);
      Path file = Files.writeString(folder.resolve("redoubt.yaml"), yaml);
      Path json = folder.resolve("assessment.json");
      Cli run =
          Cli.run(
              folder,
              "assess",
              file.toString(),
              "--max-calls",
              Integer.toString(CALLS_A_RUN),
              "--seed",
              "7",
              "--out",
              folder.resolve("report").toString(),
              "--json",
              json.toString());
      assertThat(json).as(run.err()).exists();
      return new Assessed(run, JsonMapper.shared().readTree(Files.readString(json)));
    } finally {
      server.destroy();
      server.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static Process start(Path python, Path documents, URI model, Map<String, String> more)
      throws Exception {
    Path log = Files.createDirectories(Path.of("target")).resolve("langchain-rag.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                python.toString(), "src/test/python/langchain_rag.py", documents.toString())
            .redirectError(log.toFile());
    Map<String, String> environment = builder.environment();
    // All is on the loopback interface: no proxy of the machine may stand in between.
    environment.keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
    environment.put("MODEL_URL", model.toString());
    environment.put("REFUND_KEY", "rk-58-Vq2Lm9Zr4Tb8");
    environment.putAll(more);
    return builder.start();
  }

  @Test
  void itsLeaksAreFoundTranscriptInHand() {
    assertThat(before.run().code()).as(before.run().err()).isEqualTo(1);
    assertThat(before.findings()).extracting(f -> f.path("ruleId").asString()).containsAll(LEAKS);
    for (JsonNode finding : before.findings()) {
      assertThat(finding.path("evidence").valueStream())
          .extracting(e -> e.path("type").asString())
          .contains("transcript");
    }
  }

  @Test
  void afterItsFixTheyAreNot() {
    assertThat(after.run().code()).as(after.run().out()).isNotEqualTo(1);
    assertThat(after.run().err()).doesNotContain("redoubt: ");
    assertThat(after.findings()).isEmpty();
    assertThat(after.judged())
        .hasSameSizeAs(before.judged())
        .extracting(a -> a.path("outcome").asString())
        .containsOnly("resisted");
    assertThat(after.judged())
        .extracting(a -> "attack.chat." + a.path("objective").asString())
        .containsAll(LEAKS);
  }

  @Test
  void theBudgetOfRealCallsIsKept() {
    assertThat(calls.get()).isPositive().isLessThanOrEqualTo(BUDGET);
  }
}
