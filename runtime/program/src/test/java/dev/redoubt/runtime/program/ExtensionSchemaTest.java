package dev.redoubt.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Component;
import dev.redoubt.core.Location;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the readers must agree. */
class ExtensionSchemaTest {
  private static final Component COMPONENT =
      new Component.Actor("a", new Location("redoubt.yaml", 3), true);

  /** Reads a message as the code does that waits for it. */
  private static void read(String json) throws Exception {
    var message = new Message(Json.read(json.getBytes("UTF-8")), "program 'p'");
    switch (message.type()) {
      case "ready" -> Ready.of(message, Role.valueOf(message.text("role").toUpperCase()));
      case "said" -> ProgramReply.of(message);
      case "probe" -> ProgramProbe.of(message, List.of("o"));
      case "verdict" -> ProgramVerdict.of(message);
      case "finding" -> new FindingReader("program.p", COMPONENT, 1).read(message);
      default -> throw new IllegalArgumentException(json);
    }
  }

  private static String part(String json) throws Exception {
    return switch (Json.read(json.getBytes("UTF-8")).path("type").asString()) {
      case "ready" -> "ready-" + Json.node(json).path("role").asString();
      case String type -> type;
    };
  }

  private static final String FINDING =
      """
      {"type":"finding","id":1,"rule":"r","title":"t","severity":"high","summary":"s","remedy":"m",
       "evidence":[{"kind":"excerpt","caption":"c","text":""}]\
      """;

  private static String finding(String evidence) {
    return FINDING.replaceAll("\"evidence\".*", "\"evidence\":[") + evidence + "]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type":"ready","protocol":1,"role":"target","name":"t"}\
        """,
        """
        {"type":"ready","protocol":1,"role":"target","name":"t","version":"1.0","concurrency":8,"stateless":true}\
        """,
        """
        {"type":"ready","protocol":1,"role":"assessor","name":"t","version":null,"components":["tool"]}\
        """,
        """
        {"type":"said","id":1,"text":""}\
        """,
        """
        {"type":"said","id":1,"text":"a","toolCalls":[{"name":"n"},{"name":"n","arguments":{"a":[1]}}],
         "model":"m","promptTokens":3,"completionTokens":4.0,"cost":0.1}\
        """,
        """
        {"type":"said","id":1,"text":"a","toolCalls":null,"model":null,"promptTokens":null,"cost":null}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","text":"a"}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","turns":["a","b"],"adaptive":true}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","adaptive":true,"turns":[],"text":null}\
        """,
        """
        {"type":"verdict","id":1,"outcome":"unassessed","reason":"r"}\
        """,
        FINDING + "}",
        FINDING + ",\"confidence\":null,\"references\":null,\"key\":\"k\"}",
        FINDING + ",\"file\":\"a/..b/c\",\"line\":7}",
        FINDING + ",\"references\":[{\"framework\":\"cwe\",\"id\":\"CWE-319\"}]}",
      })
  void takesWhatTheReaderTakes(String json) throws Exception {
    assertThat(ExtensionSchema.problems(part(json), json)).isEmpty();
    read(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"type":"ready","protocol":2,"role":"target","name":"t"}\
        """,
        """
        {"type":"ready","protocol":1,"role":"target","name":"a b"}\
        """,
        """
        {"type":"ready","protocol":1,"role":"judge","name":"t","stateless":true}\
        """,
        """
        {"type":"ready","protocol":1,"role":"judge","name":"t","concurrency":0}\
        """,
        """
        {"type":"ready","protocol":1,"role":"assessor","name":"t","components":"tool"}\
        """,
        """
        {"type":"said","id":1}\
        """,
        """
        {"type":"said","id":1,"text":null}\
        """,
        """
        {"type":"said","id":1,"text":"a","tool_calls":[]}\
        """,
        """
        {"type":"said","id":1,"text":"a","toolCalls":[{"name":" "}]}\
        """,
        """
        {"type":"said","id":1,"text":"a","toolCalls":[{"name":"n","arguments":"{}"}]}\
        """,
        """
        {"type":"said","id":1,"text":"a","promptTokens":1.5}\
        """,
        """
        {"type":"said","id":1,"text":"a","cost":-1}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n"}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"N","text":"a"}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","text":"a","turns":["b"]}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","turns":[],"adaptive":false}\
        """,
        """
        {"type":"probe","id":1,"objective":"o","name":"n","turns":[1]}\
        """,
        """
        {"type":"verdict","id":1,"outcome":"maybe","reason":"r"}\
        """,
        """
        {"type":"verdict","id":1,"outcome":"resisted","reason":""}\
        """,
        FINDING + ",\"file\":\"../a\"}",
        FINDING + ",\"file\":\"a/../../b\"}",
        FINDING + ",\"file\":\"/etc/passwd\"}",
        FINDING + ",\"file\":\"c:/a\"}",
        FINDING + ",\"file\":\"a\",\"line\":0}",
        FINDING + ",\"line\":5}",
        FINDING + ",\"confidence\":\"sure\"}",
        FINDING + ",\"references\":[{\"framework\":\"my-own\",\"id\":\"1\"}]}",
      })
  void refusesWhatTheReaderRefuses(String json) throws Exception {
    assertThat(ExtensionSchema.problems(part(json), json)).isNotEmpty();
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProgramException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        {"kind":"transcript","caption":"c","turns":[{"role":"user","text":"a"}]}\
        """,
        """
        {"kind":"rate","caption":"c","successes":0,"trials":1}\
        """,
        """
        {"kind":"digest","caption":"c","algorithm":"SHA-256","hex":"%s"}\
        """,
      })
  void takesEvidenceThatTheReaderTakes(String template) throws Exception {
    String json = finding(template.formatted("0".repeat(64)));
    assertThat(ExtensionSchema.problems("finding", json)).isEmpty();
    read(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "{}",
        """
        {"kind":"excerpt","caption":"","text":"a"}\
        """,
        """
        {"kind":"excerpt","caption":"c","text":"a","line":3}\
        """,
        """
        {"kind":"transcript","caption":"c","turns":[]}\
        """,
        """
        {"kind":"transcript","caption":"c","turns":[{"role":"king","text":"a"}]}\
        """,
        """
        {"kind":"rate","caption":"c","successes":0,"trials":0}\
        """,
        """
        {"kind":"digest","caption":"c","algorithm":"MD5","hex":"00"}\
        """,
        """
        {"kind":"picture","caption":"c"}\
        """,
      })
  void refusesEvidenceThatTheReaderRefuses(String evidence) {
    String json = finding(evidence);
    assertThat(ExtensionSchema.problems("finding", json)).isNotEmpty();
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProgramException.class);
  }
}
