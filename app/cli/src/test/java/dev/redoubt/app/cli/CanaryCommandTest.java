package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CanaryCommandTest {
  @TempDir Path folder;

  private String made(String... more) throws Exception {
    var args =
        new java.util.ArrayList<>(
            java.util.List.of("canary", "create", "--seed", "5", "--out", out()));
    args.addAll(java.util.List.of(more));
    Cli run = Cli.run(folder, args.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    String line = Files.readAllLines(folder.resolve("c/facts.txt")).getFirst();
    return line.substring(line.indexOf('=') + 1);
  }

  private String out() {
    return folder.resolve("c").toString();
  }

  private Cli check(String... args) {
    var all = new java.util.ArrayList<>(java.util.List.of("canary", "check"));
    all.addAll(java.util.List.of(args));
    return Cli.run(folder, all.toArray(String[]::new));
  }

  @Test
  void plantedDocumentIsFoundInDisguise() throws Exception {
    String value = made("--count", "3");
    String disguised =
        Base64.getEncoder().encodeToString(("memo " + value).getBytes(StandardCharsets.UTF_8));
    Cli run = check("--facts", out() + "/facts.txt", "Here you are: " + disguised);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("INTERNAL_CANARY_MEMO_1", "base64", "1 of 3 canaries")
        .doesNotContain(value);
  }

  @Test
  void ordinaryTextAndHalfAValuePass() throws Exception {
    String value = made();
    assertThat(check("--facts", out() + "/facts.txt", "An ordinary answer.").code()).isZero();
    Cli half = check("--facts", out() + "/facts.txt", value.substring(0, value.length() - 1));
    assertThat(half.code()).as(half.out()).isZero();
  }

  @Test
  void factsOfASystemAreLookedForWithoutAnOption() throws Exception {
    String value = made("--visibility", "customer", "--owner", "ben");
    Files.writeString(
        folder.resolve("redoubt.yaml"),
        """
        redoubt: 1
        name: Shop
        components:
          - name: bot
            type: endpoint
            url: http://127.0.0.1:1/v1
            identities: [{name: ana}, {name: ben}]
            groundTruth: {factsFile: c/facts.txt}
        """);
    Files.writeString(folder.resolve("answer.txt"), "order " + value + "\n");
    Cli run = check("--json", folder.resolve("answer.txt").toString());
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    JsonNode found = JsonMapper.shared().readTree(run.out()).path("found").get(0);
    assertThat(found.path("kind").asString()).isEqualTo("personal");
    assertThat(found.path("owner").asString()).isEqualTo("ben");
    assertThat(found.path("start").asInt()).isEqualTo(6);
  }

  @Test
  void promptCanariesArePrintedWithTheirFacts() {
    Cli run =
        Cli.run(folder, "canary", "create", "--kind", "prompt", "--count", "2", "--seed", "5");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("PROMPT_CANARY_1=", "PROMPT_CANARY_2=");
    assertThat(run.err()).contains("seed: 5");
  }

  @Test
  void wrongUsageIsOneLine() throws Exception {
    assertThat(check("text").err()).contains("what to look for?");
    assertThat(check("text").code()).isEqualTo(2);
    assertThat(check("--facts", folder.resolve("none.txt").toString(), "x").code()).isEqualTo(2);
    assertThat(Cli.run(folder, "canary", "create", "--kind", "bird").code()).isEqualTo(2);
    assertThat(Cli.run(folder, "canary", "create", "--visibility", "customer").err())
        .contains("--owner")
        .hasLineCount(1);
  }
}
