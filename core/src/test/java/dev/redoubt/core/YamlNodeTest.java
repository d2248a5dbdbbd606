package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlNodeTest {
  private final YamlProblems problems = new YamlProblems("a.yaml");

  private YamlMap map(String text, String... known) {
    return YamlNode.parse(text, problems).asMap(known);
  }

  @Test
  void readsEveryForm() {
    YamlMap map =
        map(
            """
            text: word
            quoted: "12"
            flag: true
            number: -2.5e3
            whole: 42
            list: [a, b]
            inner:
              k: 1
              v: false
            empty:
            """,
            "text",
            "quoted",
            "flag",
            "number",
            "whole",
            "list",
            "inner",
            "empty");
    assertThat(map.text("text", "")).isEqualTo("word");
    assertThat(map.text("quoted", "")).isEqualTo("12");
    assertThat(map.bool("flag", false)).isTrue();
    assertThat(map.number("number", 0)).isEqualTo(-2500.0);
    assertThat(map.integer("whole", 0, 0, 100)).isEqualTo(42);
    assertThat(map.texts("list")).containsExactly("a", "b");
    assertThat(map.scalars("inner")).containsEntry("k", "1").containsEntry("v", "false");
    assertThat(map.get("empty")).isNull();
    assertThat(map.get("absent")).isNull();
    assertThat(map.optionalText("absent")).isNull();
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void namesLineKeyAndMendingOfEveryProblemInOrder() {
    YamlMap map =
        map(
            """
            nmae: x
            limit: many
            rules:
              - action: blok
              - action:
                  - a
            limit: 3
            """,
            "name",
            "limit",
            "rules");
    map.requiredText("name", "give it a name");
    map.number("limit", 0);
    for (YamlNode rule : map.list("rules")) {
      rule.asMap("action").oneOf("action", List.of("block", "ask"), "block");
    }
    assertThat(problems.lines())
        .containsExactly(
            "a.yaml:1: nmae: unknown key; did you mean 'name'?",
            "a.yaml:1: name: is missing; give it a name",
            "a.yaml:2: limit: is text, the wrong type; give a number",
            "a.yaml:4: rules[0].action: unknown word 'blok'; did you mean 'block'?",
            "a.yaml:5: rules[1].action: is a list, the wrong type; give one of block, ask",
            "a.yaml:7: limit: duplicate key, first on line 2; keep one of them");
    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("a.yaml:2: limit")
        .hasMessageContaining("a.yaml:7: limit");
  }

  @Test
  void wantsQuotesAroundANumberThatStandsForText() {
    map("name: 007", "name").requiredText("name", "x");
    assertThat(problems.lines())
        .containsExactly("a.yaml:1: name: is a number, not text; put it in quotes: \"007\"");
  }

  @Test
  void tellsPlainScalarsApartAsYaml12Does() {
    assertThat(YamlScalars.kindOf("yes")).isEqualTo(YamlNode.Kind.TEXT);
    assertThat(YamlScalars.kindOf("-")).isEqualTo(YamlNode.Kind.TEXT);
    assertThat(YamlScalars.kindOf("1.2.3")).isEqualTo(YamlNode.Kind.TEXT);
    assertThat(YamlScalars.kindOf("1e")).isEqualTo(YamlNode.Kind.TEXT);
    assertThat(YamlScalars.kindOf("+12")).isEqualTo(YamlNode.Kind.NUMBER);
    assertThat(YamlScalars.kindOf(".5")).isEqualTo(YamlNode.Kind.NUMBER);
    assertThat(YamlScalars.kindOf("1E-3")).isEqualTo(YamlNode.Kind.NUMBER);
    assertThat(YamlScalars.kindOf("TRUE")).isEqualTo(YamlNode.Kind.BOOLEAN);
    assertThat(YamlScalars.kindOf("~")).isEqualTo(YamlNode.Kind.NULL);
  }

  @Test
  void refusesNumbersOutOfRange() {
    YamlMap map = map("a: 5\nb: 1.5\nc: 99999999999999999999\nd: 1e999", "a", "b", "c", "d");
    assertThat(map.integer("a", 1, 1, 3)).isEqualTo(1);
    map.integer("b", 1, 0, 3);
    map.integer("c", 1, 0, Long.MAX_VALUE);
    map.number("d", 1);
    assertThat(problems.lines()).hasSize(4);
    assertThat(problems.lines().getFirst())
        .isEqualTo("a.yaml:1: a: is 5, out of range; between 1 and 3");
  }

  @Test
  void stopsAtBrokenYamlWithItsLine() {
    assertThatThrownBy(() -> map("a: 1\nb: [1, 2\nc: }", "a"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("a.yaml:3: is no YAML: ");
    assertThatThrownBy(() -> YamlNode.parse("a: \u0007", new YamlProblems("b")))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("b:1: is no YAML");
  }

  @Test
  void refusesDepthSizeAliasesTagsAndSecondDocuments() {
    var limits = new YamlLimits(1000, 4, 50);
    assertThatThrownBy(() -> YamlNode.parse("[[[[[1]]]]]", problems, limits))
        .hasMessageContaining("nested deeper than 4");
    assertThatThrownBy(() -> YamlNode.parse("x".repeat(1001), problems, limits))
        .hasMessageContaining("longer than 1000");
    String bomb = "a: &a [1,2,3,4]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n";
    assertThatThrownBy(() -> YamlNode.parse(bomb, problems, limits))
        .hasMessageContaining("more than 50 values");
    assertThatThrownBy(() -> YamlNode.parse("&a [*a]", problems, limits))
        .hasMessageContaining("has no anchor above it");
    assertThatThrownBy(() -> YamlNode.parse("a: 1\n---\nb: 2", problems, limits))
        .hasMessageContaining("second document");
    var tagged = new YamlProblems("t");
    YamlNode.parse("a: !!java.net.URL [x]", tagged);
    assertThat(tagged.lines()).singleElement().asString().contains("tag");
  }

  @Test
  void readsAliases() {
    YamlMap map = map("a: &x word\nb: *x", "a", "b");
    assertThat(map.text("b", "")).isEqualTo("word");
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void givesAnEmptyDocumentAsNothing() {
    map("", "a");
    assertThat(problems.lines()).containsExactly("a.yaml:1: is empty; give a map (key: value)");
  }

  @Test
  void keepsAHostileListOfProblemsShortAndOnOneLineEach() {
    var text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append("\"k").append(i).append("\\nx\": 1\n");
    }
    map(text.toString(), "name");
    assertThat(problems.lines()).hasSize(101).last().asString().contains("400 more");
    assertThat(problems.lines()).noneMatch(l -> l.contains("\n"));
  }

  @Test
  void readsFilesInUtf8Only(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("a.yaml");
    assertThatThrownBy(() -> YamlNode.read(file, problems))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no such file");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xc3, '\n'});
    assertThatThrownBy(() -> YamlNode.read(file, problems)).hasMessageContaining("not UTF-8");
    Files.writeString(file, "a: é");
    assertThat(YamlNode.read(file, problems).asMap("a").text("a", "")).isEqualTo("é");
    assertThatThrownBy(() -> YamlNode.read(folder, problems))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("can't be read");
  }

  @Test
  void suggestsOnlyWhatIsNear() {
    assertThat(Suggestion.nearest("Components", List.of("components"))).contains("components");
    assertThat(Suggestion.nearest("ulr", List.of("url", "name"))).contains("url");
    assertThat(Suggestion.nearest("xyz", List.of("url", "name"))).isEmpty();
    assertThat(Suggestion.nearest("q".repeat(100), List.of("q"))).isEmpty();
    assertThat(Suggestion.howToMend("zzz", List.of("a", "b"))).isEqualTo("one of a, b");
  }
}
