package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxonomyTest {
  private final Taxonomy taxonomy = Taxonomy.load();

  @ParameterizedTest
  @CsvSource({
    "owasp-llm,LLM01:2025,Prompt Injection",
    "owasp-llm,LLM02:2026,Sensitive Information Disclosure",
    "owasp-llm,LLM08:2026,Hidden Context Exposure",
    "owasp-agentic,ASI01:2026,Agent Goal Hijack",
    "mitre-atlas,AML.T0051@2026.09,LLM Prompt Injection",
    "mitre-atlas,AML.T0051.001@2026.09,LLM Prompt Injection: Indirect",
    "cwe,CWE-20,Improper Input Validation",
  })
  void knowsTitles(String framework, String id, String title) {
    assertThat(taxonomy.title(taxonomy.reference(framework, id))).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owasp-llm|LLM01|it lacks its edition; ids look like LLM01:2025",
        "owasp-llm|LLM11:2025|OWASP Top 10 for LLM Applications has no LLM11:2025",
        "owasp-llm|LLM01:2024|has no LLM01:2024",
        "owasp-agentic|LLM01:2026|has no LLM01:2026",
        "mitre-atlas|AML.T0051|it lacks its edition",
        "mitre-atlas|AML.T0019@2026.09|AML.T0019 is retired, replaced by AML.T0115.000",
        "mitre-atlas|AML.T0009@2026.09|AML.T0009 is retired",
        "mitre-atlas|AML.T9999@2026.09|has no AML.T9999@2026.09",
        "cwe|CWE-99999|has no CWE-99999",
        "no-such|X-1|no taxonomy of framework 'no-such'",
        "../cwe|CWE-20|no taxonomy of framework '../cwe'",
      })
  void refusesWhatIsUnknownOrRetired(String framework, String id, String says) {
    var reference = new Reference(framework, id);
    assertThat(taxonomy.find(reference)).isEmpty();
    assertThatThrownBy(() -> taxonomy.require(reference))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(says);
  }

  @Test
  void namesEveryFrameworkAndItsLicence() {
    for (String key : List.of("owasp-llm", "owasp-agentic", "mitre-atlas", "cwe")) {
      assertThat(taxonomy.framework(key))
          .hasValueSatisfying(f -> assertThat(f.notice()).containsAnyOf("CC BY-SA", "MITRE"));
    }
    assertThat(taxonomy.framework("no-such")).isEmpty();
  }

  @Test
  void marksWhatWasNotVerified() {
    assertThat(taxonomy.entries("cwe").stream().filter(e -> !e.verified()))
        .extracting(e -> e.reference().id())
        .containsExactly("CWE-1434", "CWE-1428");
  }

  /** The resources are cut from reference tables that lie beside the checkout of developers. */
  @Nested
  class AgainstTheReferenceTables {
    private final Path tables = referenceTables();

    private static Path referenceTables() {
      String named = System.getenv("REDOUBT_SHARED");
      Path shared = named != null ? Path.of(named) : Path.of("..", "..", "shared");
      Path tables = shared.resolve("data").resolve("frameworks");
      assumeTrue(
          Files.isRegularFile(tables.resolve("expected-counts.csv")),
          "skipped: the reference tables of the frameworks are not there; set REDOUBT_SHARED to"
              + " their folder");
      return tables;
    }

    @Test
    void holdsAsManyRowsAsTheyDo() throws IOException {
      var counts = new LinkedHashMap<String, Integer>();
      for (Map<String, String> row : csv("expected-counts.csv")) {
        counts.put(row.get("file"), Integer.valueOf(row.getOrDefault("rows", "-1")));
      }
      assertThat(taxonomy.entries("owasp-llm")).hasSize(counts.get("owasp-llm.csv"));
      assertThat(taxonomy.entries("owasp-agentic")).hasSize(counts.get("owasp-agentic.csv"));
      assertThat(taxonomy.entries("mitre-atlas"))
          .hasSize(counts.get("atlas/atlas-ids-2026.09.csv"));
      assertThat(taxonomy.entries("cwe")).hasSize(counts.get("cwe-ai.csv"));
    }

    @Test
    void holdsTheirIdsAndTitles() throws IOException {
      assertThat(ours("owasp-llm")).isEqualTo(theirs("owasp-llm.csv", ""));
      assertThat(ours("owasp-agentic")).isEqualTo(theirs("owasp-agentic.csv", ""));
      assertThat(ours("mitre-atlas")).isEqualTo(theirs("atlas/atlas-ids-2026.09.csv", "@2026.09"));
      assertThat(ours("cwe")).isEqualTo(theirs("cwe-ai.csv", ""));
    }

    @Test
    void refusesEveryRetiredId() throws IOException {
      for (Map<String, String> row : csv("atlas/retired.csv")) {
        String change = row.getOrDefault("change", "");
        if (!change.equals("renamed") && !change.equals("moved")) {
          var reference = new Reference("mitre-atlas", row.get("id") + "@2026.09");
          assertThatThrownBy(() -> taxonomy.require(reference)).hasMessageContaining("is retired");
        }
      }
    }

    private Map<String, String> ours(String framework) {
      var map = new LinkedHashMap<String, String>();
      taxonomy.entries(framework).forEach(e -> map.put(e.reference().id(), e.title()));
      return map;
    }

    private Map<String, String> theirs(String file, String suffix) throws IOException {
      List<Map<String, String>> rows = csv(file);
      var titles = new LinkedHashMap<String, String>();
      rows.forEach(r -> titles.put(r.get("id"), r.get("title")));
      var map = new LinkedHashMap<String, String>();
      for (Map<String, String> row : rows) {
        String parent = row.getOrDefault("parent", "");
        String title = (parent.isEmpty() ? "" : titles.get(parent) + ": ") + row.get("title");
        map.put(row.get("id") + suffix, title);
      }
      return map;
    }

    private List<Map<String, String>> csv(String file) throws IOException {
      List<List<String>> rows = rows(Files.readString(tables.resolve(file)));
      var maps = new ArrayList<Map<String, String>>();
      for (List<String> row : rows.subList(1, rows.size())) {
        var map = new LinkedHashMap<String, String>();
        for (int i = 0; i < row.size(); i++) {
          map.put(rows.getFirst().get(i), row.get(i));
        }
        maps.add(map);
      }
      return maps;
    }

    /** RFC 4180. */
    private static List<List<String>> rows(String text) {
      var rows = new ArrayList<List<String>>();
      var row = new ArrayList<String>();
      var cell = new StringBuilder();
      boolean quoted = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quoted) {
          if (c != '"') {
            cell.append(c);
          } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
            cell.append('"');
            i++;
          } else {
            quoted = false;
          }
        } else if (c == '"') {
          quoted = true;
        } else if (c == ',' || c == '\n') {
          row.add(cell.toString());
          cell.setLength(0);
          if (c == '\n') {
            rows.add(List.copyOf(row));
            row.clear();
          }
        } else if (c != '\r') {
          cell.append(c);
        }
      }
      return rows;
    }
  }
}
