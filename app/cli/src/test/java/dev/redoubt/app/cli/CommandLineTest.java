package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.attack.chat.Probes;
import dev.redoubt.guard.engine.Guard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {
  @TempDir Path folder;

  @Test
  void helpNamesEveryCommand() {
    Cli run = Cli.run(folder, "--help");
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains(
            "demo",
            "attack",
            "guard",
            "assess",
            "report",
            "rules",
            "model",
            "doctor",
            "completion",
            "init",
            "canary")
        .doesNotContain("training");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "attack",
        "attack chat",
        "attack resume",
        "guard",
        "guard check",
        "guard serve",
        "assess",
        "report",
        "rules",
        "rules list",
        "rules explain",
        "model",
        "model pull",
        "model list",
        "model serve",
        "doctor",
        "completion",
        "init",
        "canary",
        "canary create",
        "canary check"
      })
  void everyCommandExplainsItself(String command) {
    Cli run = Cli.run(folder, (command + " --help").split(" "));
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("Usage: redoubt " + command);
    assertThat(examples(run.out()))
        .isNotEmpty()
        .allSatisfy(example -> {
          assertThat(example).startsWith("redoubt " + command);
          Main.commandLine().parseArgs(words(example.substring("redoubt ".length())));
        });
  }

  /** The commands of a help text, lines that go on taken together. */
  private static List<String> examples(String help) {
    return help.replaceAll("\\\\\\R\\s+", "")
        .lines()
        .map(line -> line.replaceFirst("^Example: (source <\\()?", "  "))
        .map(line -> line.replaceFirst("( < \\S+|\\))$", ""))
        .filter(line -> line.startsWith("  redoubt "))
        .map(String::strip)
        .toList();
  }

  /** The arguments of a command as a shell would split it. */
  private static String[] words(String command) {
    return Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)")
        .matcher(command)
        .results()
        .map(m -> Stream.of(m.group(1), m.group(2), m.group(3)).filter(Objects::nonNull))
        .map(groups -> groups.findFirst().orElseThrow())
        .toArray(String[]::new);
  }

  @Test
  void versionIsTheOneOfTheBuild() {
    Cli run = Cli.run(folder, "--version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).matches("(?s)redoubt \\d+\\.\\d+\\.\\d+\\S* \\(Java 25\\)\\s*");
  }

  @Test
  void unknownOptionIsOneLineWithASuggestion() {
    Cli run = Cli.run(folder, "rules", "list", "--jsn");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("redoubt: Unknown option: '--jsn'").doesNotContain("\tat ");
  }

  @Test
  void groupWithoutACommandIsWrongUsage() {
    Cli run = Cli.run(folder, "guard");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("a command is missing after 'redoubt guard'");
  }

  @Test
  void completionIsAShellScript() {
    Cli run = Cli.run(folder, "completion");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("#!").contains("complete", "_redoubt");
  }

  @Nested
  class Rules {
    @Test
    void listHasEveryObjectiveTechniqueAndScanner() {
      Cli run = Cli.run(folder, "rules", "list");
      assertThat(run.code()).isZero();
      int all =
          Probes.shipped().objectives().size()
              + Probes.shipped().techniques().size()
              + Guard.scanners().size()
              + dev.redoubt.inspect.artifact.Rules.shipped().all().size();
      assertThat(run.out().lines().count()).isEqualTo(all).isGreaterThan(15);
      assertThat(run.out())
          .contains(
              "attack.chat.secret-leak",
              "attack.chat.technique.role-play",
              "guard.exfiltration-url");
    }

    @Test
    void jsonListHasTheSameIds() {
      JsonNode list =
          JsonMapper.shared().readTree(Cli.run(folder, "rules", "list", "--json").out());
      assertThat(list.size())
          .isEqualTo((int) Cli.run(folder, "rules", "list").out().lines().count());
      assertThat(list.get(0).path("id").asString()).isNotBlank();
    }

    @Test
    void everyListedRuleIsExplained() {
      Cli.run(folder, "rules", "list")
          .out()
          .lines()
          .map(l -> l.substring(0, l.indexOf(' ')))
          .forEach(id -> {
            Cli run = Cli.run(folder, "rules", "explain", id);
            assertThat(run.code()).as(id).isZero();
            assertThat(run.out()).as(id).contains(id);
          });
    }

    @Test
    void objectiveIsExplainedWithRemedyAndReferencesOfBothEditions() {
      assertThat(Cli.run(folder, "rules", "explain", "attack.chat.secret-leak").out())
          .contains("Remedy:", ":2025", ":2026", "AML.T", "CWE-");
    }

    @Test
    void unknownRuleSuggestsTheNearest() {
      Cli run = Cli.run(folder, "rules", "explain", "attack.chat.secret-leek");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("attack.chat.secret-leak");
    }
  }

  @Nested
  class GuardCheck {
    @Test
    void ordinaryTextPasses() {
      Cli run =
          Cli.run(folder, "guard", "check", "Please ignore my last e-mail, the parcel has come.");
      assertThat(run.code()).isZero();
      assertThat(run.out()).startsWith("allow");
    }

    @Test
    void somebodysAddressInAnAnswerIsFoundWithItsPlace() {
      Cli run =
          Cli.run(
              folder, "guard", "check", "--role", "answer", "Write to jane.roe@example.org today.");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out()).contains("personal-data", "at 9-29", "jane.roe@example.org");
    }

    @Test
    void jsonCarriesOffsets() {
      Cli run =
          Cli.run(
              folder,
              "guard",
              "check",
              "--json",
              "--role",
              "answer",
              "Write to jane.roe@example.org today.");
      JsonNode verdict = JsonMapper.shared().readTree(run.out());
      assertThat(verdict.path("action").asString()).isNotEqualTo("allow");
      assertThat(verdict.path("evidence").get(0).path("start").asInt()).isEqualTo(9);
    }

    @Test
    void readsAFile() throws Exception {
      Path file = folder.resolve("answer.txt");
      Files.writeString(file, "Write to jane.roe@example.org today.");
      assertThat(Cli.run(folder, "guard", "check", "--role", "answer", file.toString()).code())
          .isEqualTo(1);
    }

    @Test
    void terminalEscapesOfTheTextAreNotPrinted() {
      Cli run =
          Cli.run(folder, "guard", "check", "--role", "answer", "\u001b[2Jjane.roe@example.org");
      assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void wrongRoleIsWrongUsage() {
      Cli run = Cli.run(folder, "guard", "check", "--role", "robot", "x");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("--role: 'robot' is none of user, document, tool, answer");
    }

    @Test
    void policyWithUnknownKeysNamesEachLine() throws Exception {
      Path policy = folder.resolve("guard.yaml");
      Files.writeString(policy, "guard: 1\nrulez: []\nrules:\n  - {id: a, scanner: secret-leek}\n");
      Cli run = Cli.run(folder, "guard", "check", "--policy", policy.toString(), "x");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("guard.yaml:2", "guard.yaml:4").doesNotContain("\tat ");
    }

    @Test
    void missingPolicyIsOneLine() {
      Cli run =
          Cli.run(
              folder, "guard", "check", "--policy", folder.resolve("none.yaml").toString(), "x");
      assertThat(run.code()).isIn(2, 3);
      assertThat(run.err().lines().count()).isEqualTo(1);
    }
  }

  @Nested
  class Reports {
    @Test
    void withoutARunSaysHowToMakeOne() {
      Cli run = Cli.run(folder, "report");
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("no run is kept here");
    }

    @Test
    void assessWithoutADescriptionSaysWhatIsMissing() {
      Cli run = Cli.run(folder, "assess", folder.resolve("redoubt.yaml").toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("no such file");
    }

    @Test
    void brokenDescriptionListsAllProblemsWithLines() throws Exception {
      Path file = folder.resolve("redoubt.yaml");
      Files.writeString(
          file, "redoubt: 1\nname: x\nporpose: y\ncomponents:\n  - {name: a, type: endpoynt}\n");
      Cli run = Cli.run(folder, "assess", file.toString());
      assertThat(run.code()).isEqualTo(2);
      assertThat(run.err()).contains("redoubt.yaml:3", "redoubt.yaml:5");
    }
  }

  /** An example that names what does not exist is worse than none. */
  @Test
  void examplesNameObjectivesAndTechniquesThatExist() {
    List<String> footers = footers(Main.commandLine()).toList();
    assertThat(footers).isNotEmpty();
    Pattern named = Pattern.compile("--(objective|judge-for|technique)[ =]([a-z0-9+:-]+)");
    int found = 0;
    for (String footer : footers) {
      for (var match : named.matcher(footer).results().toList()) {
        found++;
        if (match.group(1).equals("technique")) {
          assertThat(Probes.shipped().technique(match.group(2))).isNotNull();
        } else {
          assertThat(Probes.shipped().objective(match.group(2))).isNotNull();
        }
      }
    }
    assertThat(found).isGreaterThan(5);
  }

  private static Stream<String> footers(CommandLine command) {
    return Stream.concat(
        Stream.of(String.join("\n", command.getCommandSpec().usageMessage().footer())),
        command.getSubcommands().values().stream().flatMap(CommandLineTest::footers));
  }
}
