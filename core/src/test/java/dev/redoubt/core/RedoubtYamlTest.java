package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.core.Component.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedoubtYamlTest {
  static final Map<String, String> ENVIRONMENT = Map.of("API_KEY", "k3y", "PASSWORD", "a\"b\\c");

  static final String HEAD = "redoubt: 1\nname: a\ncomponents:\n";

  static String full() {
    try (var in = RedoubtYamlTest.class.getResourceAsStream("full.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> problems(String text) {
    UsageException e =
        catchThrowableOfType(
            UsageException.class, () -> RedoubtYaml.parse(text, "redoubt.yaml", Map.of()));
    return e == null ? List.of() : e.getMessage().lines().toList();
  }

  private static Endpoint endpoint(AiSystem system) {
    return (Endpoint) system.components().getFirst();
  }

  @Nested
  class Reading {
    @Test
    void readsEverything() {
      AiSystem system = RedoubtYaml.parse(full(), "redoubt.yaml", ENVIRONMENT);
      assertThat(system.name()).isEqualTo("Acme Help Desk");
      assertThat(system.business()).isEqualTo(new AiSystem.Business(12000, 2.5e6, "EUR"));
      assertThat(system.components()).hasSize(9);
      assertThat(system.component("refund"))
          .contains(
              new Component.Tool(
                  "refund", new Location("redoubt.yaml", 42), true, Map.of("amount_eur", 50.0)));
      assertThat(system.flows().getFirst().boundary()).isEqualTo("internet");
      Endpoint endpoint = endpoint(system);
      assertThat(endpoint.location()).isEqualTo(new Location("redoubt.yaml", 7));
      assertThat(endpoint.identities())
          .extracting(Component.Identity::name)
          .containsExactly("attacker", "other");
      assertThat(endpoint.context())
          .containsExactly(
              Map.entry("otherCustomer", "Maria Lopez"),
              Map.entry("order", "10234"),
              Map.entry("vip", "true"));
      assertThat(endpoint.groundTruth().facts())
          .contains(
              new PlantedFact(
                  "PERSONAL_OTHER_MAIL", "maria@mail.example", PlantedFact.Kind.PERSONAL, "other"),
              new PlantedFact("NUMBER", "12345678", PlantedFact.Kind.SECRET, null));
      assertThat(endpoint.groundTruth().ledgerFile()).isEqualTo("ledger.jsonl");
    }

    @Test
    void takesVariablesFromTheEnvironment() {
      Endpoint endpoint = endpoint(RedoubtYaml.parse(full(), "redoubt.yaml", ENVIRONMENT));
      assertThat(endpoint.headers())
          .containsEntry("X-Key", "Bearer k3y")
          .containsEntry("X-Literal", "${API_KEY}")
          .containsEntry("X-Tenant", "42");
      assertThat(endpoint.identities().getFirst().login())
          .isEqualTo(
              new Component.Login(
                  "http://127.0.0.1:8080/login",
                  "{\"user\": \"ann\", \"password\": \"a\\\"b\\\\c\"}",
                  "token"));
      assertThat(problems(full()))
          .containsExactly(
              "redoubt.yaml:13: components[0].headers.X-Key: environment variable API_KEY is not"
                  + " set; set it: export API_KEY=…",
              "redoubt.yaml:19: components[0].identities[0].login.body: environment variable"
                  + " PASSWORD is not set; set it: export PASSWORD=…");
    }

    @Test
    void namesTheFileAsItWasGiven(@TempDir Path folder) throws IOException {
      Path file = folder.resolve("x.yaml");
      assertThatThrownBy(() -> RedoubtYaml.read(file))
          .isInstanceOf(UsageException.class)
          .hasMessage(file + ": no such file; check the path, or leave it out");
      Files.writeString(file, "redoubt: 1\n");
      assertThatThrownBy(() -> RedoubtYaml.read(file)).hasMessageStartingWith(file + ":1: ");
    }
  }

  @Nested
  class Refusing {
    @Test
    void tellsEveryProblemAtOnce() {
      String text =
          """
          redoubt: 2
          nmae: Acme
          business: {records: -1, revenueAtStake: lots, currency: EURO}
          components:
            - name: a
              type: endpiont
            - name: b
              type: endpoint
              url: localhost:8080
              headers: {Host: x, "a b": y}
              identities: [{name: x}, {name: x}]
              groundTruth:
                facts: [{name: S, value: short}, {value: 123456789}]
                plant: {url: "http://h/p", body: "{}"}
            - name: b
              type: tool
              limits: {amount: much}
            - type: dataset
              pth: x
            - 5
          flows:
            - {from: b, to: bb, data: x}
          """;
      assertThat(problems(text))
          .containsExactly(
              "redoubt.yaml:1: redoubt: is a version of the format that is not known; write"
                  + " 'redoubt: 1'",
              "redoubt.yaml:1: name: is missing; give the system a name",
              "redoubt.yaml:2: nmae: unknown key; did you mean 'name'?",
              "redoubt.yaml:3: business.records: is -1, out of range; at least 0",
              "redoubt.yaml:3: business.revenueAtStake: is text, the wrong type; give a number",
              "redoubt.yaml:3: business.currency: 'EURO' is no ISO 4217 code; use three capital"
                  + " letters, such as EUR",
              "redoubt.yaml:6: components[0].type: unknown word 'endpiont'; did you mean"
                  + " 'endpoint'?",
              "redoubt.yaml:9: components[1].url: starts with neither http:// nor https://; the"
                  + " base that OpenAI clients take: http://host/v1",
              "redoubt.yaml:10: components[1].headers.Host: is a header that the HTTP client sets"
                  + " itself; remove it",
              "redoubt.yaml:10: components[1].headers.a b: is no name of a header; use letters,"
                  + " digits and dashes",
              "redoubt.yaml:11: components[1].identities[1]: a second identity named 'x'; give"
                  + " each its own name",
              "redoubt.yaml:13: components[1].groundTruth.facts[0].value: has 5 characters; plant"
                  + " at least 8: shorter ones turn up by chance",
              "redoubt.yaml:13: components[1].groundTruth.facts[1].name: is missing; give the fact"
                  + " a name, such as SECRET_API_KEY",
              "redoubt.yaml:14: components[1].groundTruth.plant.body: has no {{text}}; put"
                  + " {{text}} where the planted text goes",
              "redoubt.yaml:15: components[2].acts: is missing; true when a call changes or sends"
                  + " something, else false",
              "redoubt.yaml:15: components[2]: a component named 'b' stands on line 7 already;"
                  + " give each its own name",
              "redoubt.yaml:17: components[2].limits.amount: is text, the wrong type; give a"
                  + " number",
              "redoubt.yaml:18: components[3].name: is missing; give the component a name",
              "redoubt.yaml:18: components[3].path: is missing; give a path, relative to the"
                  + " folder of this file",
              "redoubt.yaml:19: components[3].pth: unknown key; did you mean 'path'?",
              "redoubt.yaml:20: components[4]: is a number, the wrong type; give a map (key:"
                  + " value)",
              "redoubt.yaml:22: flows[0].to: there is no component 'bb'; did you mean 'b'?");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "http://h:99999/v1|has no port between 1 and 65535",
          "http:///v1|names no host",
          "http://h h/v1|is no URL",
          "ftp://h/v1|starts with neither http:// nor https://",
          "http://a_b:1/v1|names no host",
        })
    void saysWhatIsWrongWithAnAddress(String url, String says) {
      assertThat(problems(HEAD + "  - {name: e, type: endpoint, url: '" + url + "'}\n"))
          .singleElement()
          .asString()
          .startsWith("redoubt.yaml:4: components[0].url: " + says);
    }

    @Test
    void neverShowsACredential() {
      String text =
          HEAD
              + """
                - name: e
                  type: endpoint
                  url: http://h/v1
                  headers:
                    Authorization: "Bearer hunter22\\nX: y"
                    X-Open: "hunter22 ${oops"
                  identities:
                    - name: a
                      login: {url: http://h/l, token: t, body: "{\\"p\\": hunter22}"}
                  groundTruth:
                    facts: [{name: S, value: [hunter22]}, {name: T, value: hunter2}]
              """;
      assertThat(problems(text)).hasSize(5).noneMatch(l -> l.contains("hunter2"));
    }

    @Test
    void wantsAMapWithComponents() {
      assertThat(problems("")).containsExactly("redoubt.yaml:1: is empty; give a map (key: value)");
      assertThat(problems("redoubt: 1\nname: a\n"))
          .singleElement()
          .asString()
          .startsWith("redoubt.yaml:1: components: is missing");
      assertThat(problems("redoubt: 1\nname: a\ncomponents: []\n"))
          .singleElement()
          .asString()
          .startsWith("redoubt.yaml:3: components: is missing");
      assertThat(problems("redoubt: 1\nname: 7\ncomponents: {}\n"))
          .containsExactly(
              "redoubt.yaml:2: name: is a number, not text; put it in quotes: \"7\"",
              "redoubt.yaml:3: components: is a map, the wrong type; give a list");
    }
  }

  @Nested
  class Writing {
    @Test
    void readsBackWhatItWrites(@TempDir Path folder) throws IOException {
      AiSystem system = RedoubtYaml.parse(full(), "redoubt.yaml", ENVIRONMENT);
      Path file = folder.resolve("redoubt.yaml");
      AiSystem written = RedoubtYaml.write(system, file);
      assertThat(RedoubtYaml.read(file, Map.of())).isEqualTo(written);
      assertThat(RedoubtYaml.format(written)).isEqualTo(RedoubtYaml.format(system));
      assertThat(endpoint(written).headers()).isEqualTo(endpoint(system).headers());
      assertThat(endpoint(written).groundTruth()).isEqualTo(endpoint(system).groundTruth());
      List<String> lines = Files.readAllLines(file);
      for (Component component : written.components()) {
        assertThat(lines.get(component.location().line() - 1))
            .isEqualTo("  - name: " + component.name());
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }

    @Test
    void namesVariablesInThePlaceOfCredentials(@TempDir Path folder) throws IOException {
      AiSystem system = RedoubtYaml.parse(full(), "redoubt.yaml", ENVIRONMENT);
      Path file = folder.resolve("redoubt.yaml");
      Map<String, String> variables = Map.of("HEADER_1", "Bearer k3y");
      AiSystem written = RedoubtYaml.write(system, file, variables);
      assertThat(endpoint(written).headers()).isEqualTo(endpoint(system).headers());
      assertThat(Files.readString(file)).contains("${HEADER_1}").doesNotContain("k3y");
      assertThat(RedoubtYaml.read(file, variables)).isEqualTo(written);
    }

    @Test
    void quotesWhatNeedsIt() {
      for (String text :
          List.of(
              "true",
              "12",
              "~",
              "",
              " a",
              "a ",
              "a: b",
              "a #b",
              "- a",
              "*a",
              "&a",
              "!a",
              "{a}",
              "\"",
              "'",
              "a\nb",
              "\t",
              "a\\b",
              "\u0001",
              "\u0085",
              "\u2028",
              "é",
              "\ud83d\ude00",
              "%a",
              "@a",
              "a:",
              "null",
              "1e5",
              "${X}",
              "$${X}",
              "x".repeat(500))) {
        var endpoint =
            new Endpoint(
                "e",
                new Location("f", 1),
                "http://h/v1",
                null,
                Map.of(),
                List.of(),
                Map.of("k", text),
                GroundTruth.NONE);
        var system = new AiSystem("s", text, "", null, List.of(endpoint), List.of());
        AiSystem read = RedoubtYaml.parse(RedoubtYaml.format(system), "f", Map.of());
        assertThat(read.purpose()).isEqualTo(text);
        assertThat(endpoint(read).context()).containsEntry("k", text);
      }
    }
  }

  @Test
  void hidesCredentials() {
    AiSystem system = RedoubtYaml.parse(full(), "redoubt.yaml", ENVIRONMENT);
    assertThat(system.toString())
        .doesNotContain("k3y")
        .doesNotContain("xyz")
        .doesNotContain("a\\\"b");
    AiSystem hidden = system.withoutSecrets();
    assertThat(RedoubtYaml.format(hidden)).doesNotContain("k3y").doesNotContain("xyz");
    assertThat(endpoint(hidden).headers()).containsEntry("X-Key", "(hidden)");
  }
}
