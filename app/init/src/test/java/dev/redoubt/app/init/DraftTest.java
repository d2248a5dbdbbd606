package dev.redoubt.app.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.app.init.Sighting.Kind;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.RedoubtYaml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DraftTest {
  private static final Survey SHOP =
      new Survey(
          List.of(
              new Sighting(Kind.FRAMEWORK, "FastAPI", "requirements.txt", 1),
              new Sighting(Kind.ENDPOINT, "/health", "main.py", 3),
              new Sighting(Kind.ENDPOINT, "/chat", "main.py", 9),
              new Sighting(Kind.TOOL, "order_status", "tools.py", 4),
              new Sighting(Kind.TOOL, "refund_order", "tools.py", 9),
              new Sighting(Kind.STORE, "pgvector", "compose.yaml", 2),
              new Sighting(Kind.WEIGHTS, "models/a.gguf", "models/a.gguf", 1)),
          7,
          List.of());

  private static AiSystem read(String draft) {
    return RedoubtYaml.parse(
        draft, "redoubt.yaml", Map.of("FIRST_TOKEN", "one", "SECOND_TOKEN", "two"));
  }

  private static Component.Endpoint endpoint(AiSystem system) {
    return (Component.Endpoint) system.components().getFirst();
  }

  @Test
  void whatWasSeenBecomesComponents() {
    String draft = Draft.of(SHOP, Answers.none("Shop"));
    AiSystem system = read(draft);
    assertThat(system.components())
        .extracting(Component::name)
        .containsExactly(
            "assistant", "order_status", "refund_order", "pgvector", "models/a.gguf", "customer");
    assertThat(system.components().get(1))
        .isInstanceOfSatisfying(Component.Tool.class, t -> assertThat(t.acts()).isFalse());
    assertThat(system.components().get(2))
        .isInstanceOfSatisfying(Component.Tool.class, t -> assertThat(t.acts()).isTrue());
    assertThat(endpoint(system).url()).isEqualTo("http://127.0.0.1:8000");
    assertThat(endpoint(system).access().protocol()).isEqualTo("http");
    assertThat(draft).contains("TODO", "main.py:9", "tools.py:9");
  }

  @Test
  void nothingSeenIsADescriptionToo() {
    AiSystem system = read(Draft.of(new Survey(List.of(), 0, List.of()), Answers.none("Empty")));
    assertThat(endpoint(system).url()).isEqualTo("http://127.0.0.1:8080/v1");
    assertThat(endpoint(system).groundTruth().facts()).isEmpty();
  }

  @Test
  void twoOfOneNameGetTwoNames() {
    Survey survey =
        new Survey(
            List.of(
                new Sighting(Kind.TOOL, "customer", "a.py", 1),
                new Sighting(Kind.SERVER, "customer", "mcp.json", 1)),
            2,
            List.of());
    assertThat(read(Draft.of(survey, Answers.none("x"))).components())
        .extracting(Component::name)
        .containsExactly("assistant", "customer-2", "customer-3", "customer");
  }

  @Test
  void answersOfAPersonAreWrittenAndBadOnesAskedAgain() {
    Queue<String> typed =
        new ArrayDeque<>(
            List.of(
                "",
                "answers: customers # of a \"shop\"",
                "",
                "not a url",
                "https://shop.example/v1",
                "X-User",
                "Authorization: Bearer ${FIRST_TOKEN}",
                "X-User: ben",
                "facts.txt",
                "",
                "ledger.jsonl"));
    var complaints = new ArrayList<String>();
    Answers answers =
        new Interview(
                new Interview.Asker() {
                  @Override
                  public String ask(String question) {
                    return typed.poll();
                  }

                  @Override
                  public void complain(String why) {
                    complaints.add(why);
                  }
                })
            .run(SHOP, "shop");
    assertThat(complaints).hasSize(2);
    AiSystem system = read(Draft.of(SHOP, answers));
    assertThat(system.name()).isEqualTo("shop");
    assertThat(system.purpose()).isEqualTo("answers: customers # of a \"shop\"");
    assertThat(system.owner()).isNullOrEmpty();
    assertThat(endpoint(system).url()).isEqualTo("https://shop.example/v1");
    assertThat(endpoint(system).access().protocol()).isEqualTo("openai-chat");
    assertThat(endpoint(system).identities())
        .extracting(Component.Identity::headers)
        .containsExactly(Map.of("Authorization", "Bearer one"), Map.of("X-User", "ben"));
    assertThat(endpoint(system).groundTruth().factsFile()).isEqualTo("facts.txt");
    assertThat(typed).isEmpty();
  }
}
