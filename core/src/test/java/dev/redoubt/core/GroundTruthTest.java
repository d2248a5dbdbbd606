package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.Component.Tool;
import dev.redoubt.core.GroundTruth.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroundTruthTest {
  private static AiSystem system() throws IOException {
    try (var in = GroundTruthTest.class.getResourceAsStream("truth.yaml")) {
      return RedoubtYaml.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), "redoubt.yaml", Map.of());
    }
  }

  private static GroundTruth truth(AiSystem system) {
    return ((Endpoint) system.components().getFirst()).groundTruth();
  }

  @Test
  void readsEveryKey() throws IOException {
    AiSystem system = system();
    GroundTruth truth = truth(system);
    assertThat(truth.facts().getFirst().kind()).isEqualTo(PlantedFact.Kind.PROMPT);
    assertThat(truth.ledger()).isEqualTo(new Ledger("spans.jsonl", Ledger.Format.OTEL, 1.5, 0));
    assertThat(truth.policies()).hasSize(7);
    assertThat(truth.policies(Policy.Decision.class).getFirst().forbidden())
        .containsExactly("approve", "yes");
    assertThat(truth.statements().getFirst().value()).isEqualTo("14");
    assertThat(truth.plants()).extracting(Plant::channel).containsExactly("ticket", "upload");
    assertThat(truth.plant("upload").orElseThrow().parts())
        .contains(new Plant.Part("file", "{{text}}", "order.pdf"));
    assertThat(truth.wallet().maxToolCalls()).isEqualTo(3);
    assertThat(truth.agent())
        .isEqualTo(
            new AgentTruth(
                true,
                new AgentTruth.Mail(
                    "send_email",
                    List.of(
                        new AgentTruth.Mailbox("attacker", "a@shop.example"),
                        new AgentTruth.Mailbox("clerk", "c@shop.example")),
                    "http://127.0.0.1:1/reset"),
                new AgentTruth.McpServer(8765, "/tools", null, "lookup", "Where is my order?")));
    assertThat(((Tool) system.component("wipe").orElseThrow()).allowedFor()).isEmpty();
    assertThat(((Tool) system.component("refund").orElseThrow()).allowedFor())
        .containsExactly("clerk");
  }

  @Test
  void readsBackWhatItWrites() throws IOException {
    AiSystem system = system();
    AiSystem again = RedoubtYaml.parse(RedoubtYaml.format(system), "redoubt.yaml", Map.of());
    assertThat(truth(again)).isEqualTo(truth(system));
    assertThat(((Endpoint) again.components().getFirst()).identities())
        .isEqualTo(((Endpoint) system.components().getFirst()).identities());
    assertThat(again.component("wipe"))
        .map(c -> ((Tool) c).forbidden() && ((Tool) c).allowedFor() != null)
        .contains(true);
    assertThat(RedoubtYaml.format(again)).isEqualTo(RedoubtYaml.format(system));
  }

  @Test
  void keepsTheShortForms() {
    GroundTruth truth =
        GroundTruth.builder()
            .ledgerFile("l")
            .plant(new Plant("http://h/t", "{\"t\":\"{{text}}\"}"))
            .build();
    assertThat(truth.ledgerFile()).isEqualTo("l");
    assertThat(truth.plant()).isNotNull();
    assertThat(truth.toBuilder().build()).isEqualTo(truth);
    assertThat(GroundTruth.NONE.ledgerFile()).isNull();
    assertThat(GroundTruth.NONE.plant()).isNull();
  }

  @Test
  void keepsHowEffectsAreSeen() {
    String yaml =
        RedoubtYamlTest.HEAD
            + "  - {name: c, type: endpoint, url: 'http://h/v1', groundTruth: {page: {insert:"
            + " markdown}, files: {folder: out, outside: .}, plants: {page: {}}, facts: [{name: r,"
            + " value: row-4711-x, kind: row}]}}\n";
    AiSystem system = RedoubtYaml.parse(yaml, "redoubt.yaml", Map.of());
    GroundTruth truth = ((Component.Endpoint) system.components().getLast()).groundTruth();
    assertThat(truth.page())
        .isEqualTo(new GroundTruth.Page(GroundTruth.Page.Insert.MARKDOWN, null));
    assertThat(truth.files()).isEqualTo(new GroundTruth.Files("out", "."));
    assertThat(truth.plant(Plant.PAGE)).get().matches(Plant::served);
    AiSystem again = RedoubtYaml.parse(RedoubtYaml.format(system), "redoubt.yaml", Map.of());
    assertThat(((Component.Endpoint) again.components().getLast()).groundTruth()).isEqualTo(truth);
  }

  @Test
  void keepsThePageThatShowsAnswers() {
    String url = "http://h/show?text={{reply}}";
    AiSystem system =
        RedoubtYaml.parse(
            RedoubtYamlTest.HEAD
                + "  - {name: c, type: endpoint, url: 'http://h/v1', groundTruth: {page: {url: '"
                + url
                + "'}}}\n",
            "redoubt.yaml",
            Map.of());
    AiSystem again = RedoubtYaml.parse(RedoubtYaml.format(system), "redoubt.yaml", Map.of());
    GroundTruth.Page page =
        ((Component.Endpoint) again.components().getLast()).groundTruth().page();
    assertThat(page).isEqualTo(new GroundTruth.Page(GroundTruth.Page.Insert.INNER_HTML, url));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "systemPrompt: a, systemPromptFile: b | systemPromptFile: stands beside systemPrompt",
        "ledgerFile: a, ledger: {file: b} | ledgerFile: stands beside ledger",
        "ledger: {format: otel} | ledger.file: is missing",
        "ledger: {file: a, clockSkewSeconds: -1} | clockSkewSeconds: is out of range",
        "policies: [{name: a}] | kind: is missing",
        "policies: [{name: a, kind: never-code},{name: a, kind: never-code}] | a second policy",
        "policies: [{name: a, kind: never-says}] | words: is missing",
        "policies: [{name: a, kind: prohibited, ask: b}] | marks: is missing",
        "policies: [{name: a, kind: decision, ask: b, forbidden: [c]}] | either a path or a pattern",
        "policies: [{name: a, kind: never-code, marks: [b]}] | unknown key",
        "statements: [{question: a, value: Lyon}] | nothing beside it that would be wrong",
        "wallet: {} | limits nothing",
        "plants: {ticket: {url: 'http://h', multipart: [{name: a, value: b}]}} | has no {{text}}",
        "files: {folder: a} | outside: is missing",
        "page: {insert: pdf} | insert",
        "page: {insert: text, url: 'http://h/p'} | stands beside insert",
        "page: {url: 'file:///etc'} | starts with neither",
        "plants: {fax: {url: 'http://h', body: '{}'}} | unknown key",
      })
  void saysWhatIsWrong(String truth, String problem) {
    String yaml =
        RedoubtYamlTest.HEAD
            + "  - {name: c, type: endpoint, url: 'http://h/v1', groundTruth: {"
            + truth
            + "}}\n";
    UsageException e =
        catchThrowableOfType(
            UsageException.class, () -> RedoubtYaml.parse(yaml, "redoubt.yaml", Map.of()));
    List<String> lines = e.getMessage().lines().toList();
    assertThat(lines).anyMatch(l -> l.contains(problem) && l.startsWith("redoubt.yaml:4: "));
  }
}
