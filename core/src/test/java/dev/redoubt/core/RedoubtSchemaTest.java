package dev.redoubt.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The published schema and the reader must agree. */
class RedoubtSchemaTest {
  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      String text = Files.readString(Path.of("..", "docs", "schemas", "redoubt.schema.json"));
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean fitsTheSchema(String yaml) {
    var settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    JsonNode node = new ObjectMapper().valueToTree(new Load(settings).loadFromString(yaml));
    return SCHEMA.validate(node).isEmpty();
  }

  private static boolean isRead(String yaml) {
    try {
      RedoubtYaml.parse(yaml, "f", RedoubtYamlTest.ENVIRONMENT);
      return true;
    } catch (UsageException e) {
      return false;
    }
  }

  private static final String TEMPLATE = RedoubtYamlTest.HEAD + "  - {name: c, %s}\n";

  @Test
  void takesTheFullSample() {
    assertThat(fitsTheSchema(RedoubtYamlTest.full())).isTrue();
    assertThat(isRead(RedoubtYamlTest.full())).isTrue();
  }

  @Test
  void takesTheGroundTruthOfTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/redoubt-yaml.md"));
    String block = page.substring(page.indexOf("## Ground truth")).split("```yaml\\n|```", 3)[1];
    String yaml =
        RedoubtYamlTest.HEAD + "  - name: c\n    type: endpoint\n    url: http://h/v1\n" + block;
    assertThat(fitsTheSchema(yaml)).isTrue();
    assertThat(isRead(yaml)).isTrue();
  }

  @Test
  void takesTheAgentOfTheDocumentation() throws IOException {
    String page = Files.readString(Path.of("../docs/redoubt-yaml.md"));
    String block = page.substring(page.indexOf("### Agents")).split("```yaml\\n|```", 3)[1];
    String yaml =
        RedoubtYamlTest.HEAD
            + "  - name: c\n    type: endpoint\n    url: http://h/v1\n    groundTruth:\n"
            + block;
    assertThat(fitsTheSchema(yaml)).isTrue();
    assertThat(isRead(yaml)).isTrue();
  }

  @Test
  void takesTheFullTruth() throws IOException {
    try (var in = RedoubtSchemaTest.class.getResourceAsStream("truth.yaml")) {
      assertThat(fitsTheSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8))).isTrue();
    }
  }

  @Test
  void takesWhatIsWritten() {
    AiSystem system = RedoubtYaml.parse(RedoubtYamlTest.full(), "f", RedoubtYamlTest.ENVIRONMENT);
    assertThat(fitsTheSchema(RedoubtYaml.format(system))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: endpoint, url: 'https://h/v1'",
        "type: endpoint, url: 'http://h/v1', groundTruth: {facts: [{name: a, value: 'abcdefgh'}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {facts: [{name: a, value: 12345678}]}",
        "type: endpoint, url: 'http://h/v1', headers: {a: 1, b: true}, context:, groundTruth:",
        "type: endpoint, url: 'http://h/v1', protocol: ollama, stream: true, sampling: false",
        "type: endpoint, url: 'http://h/v1', protocol:, stream: false",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', reply: $.a}",
        "type: endpoint, url: 'http://h', protocol: http, http: {method: GET, query: {q: '{{text}}', n: 1}}",
        "type: endpoint, url: 'http://h', protocol: http, http: {form: {q: '{{text}}'}, conversation: {from: $.id}, usage: {prompt: $.u}}",
        "type: endpoint, url: 'http://h', protocol: http, http: {form: {q: '{{text}}'}, conversation: {uuid: true}, stream: sse, done: $.done}",
        "type: endpoint, url: 'http://h', protocol: http, http: {form: {q: '{{text}}'}, conversation: {start: {url: 'http://h/s', id: $.id}}}",
        "type: endpoint, url: 'ws://h/chat', protocol: websocket, websocket: {message: '{{text}}', greetings: 1}",
        "type: endpoint, url: 'https://h/mcp', protocol: mcp",
        "type: endpoint, url: 'https://h/mcp', protocol: mcp, mcp: {tool: ask, arguments: {n: 1}}",
        "type: endpoint, protocol: mcp, mcp: {command: [server, '-v']}",
        "type: endpoint, protocol: program, program: {command: [python3, target.py]}",
        "type: endpoint, protocol: java, java: {class: a.B, classpath: [x.jar]}",
        "type: endpoint, url: 'http://h/v1', price: {inputPerMillion: 0, outputPerMillion: 1.5, currency: EUR}",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h', form: {u: a}, cookie: sid}}]",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h', body: '{}', token: $.a.b, use: {X-T: '{{token}}'}}}]",
        "type: endpoint, url: 'http://h/v1', groundTruth: {ledger: {file: l, format: otel}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {policies: [{name: a, kind: never-code}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {statements: [{question: q, value: 14}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {wallet: {maxToolCalls: 3}}",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, sees: {visibility: [public]}}]",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plants: {upload: {url: 'http://h', multipart: [{name: f, file: a.pdf}]}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plants: {page: {}}, files: {folder: out, outside: .}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {page: {insert: inner-html}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {page: {url: 'http://h/show?t={{reply}}'}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {facts: [{name: r, value: row-4711-x, kind: row, owner: a}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {memory: account}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mail: {tool: t, mailboxes: {a: a@h, b: b@h}, reset: 'http://h/r'}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {listen: '127.0.0.1:1', ask: q, trustedTool: t}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {configFile: f, path: /a/b, ask: q}}",
        "type: tool, acts: true, allowedFor: [], confirm: true, forbidden: false",
        "type: model, path: m",
        "type: model, path: m, source: s",
        "type: dataset, path: d",
        "type: datastore, holds: x",
        "type: tool, acts: false",
        "type: tool, acts: true, limits: {a: 1.5}",
        "type: actor",
        "type: actor, trusted: true",
      })
  void takesWhatTheReaderTakes(String component) {
    String yaml = TEMPLATE.formatted(component);
    assertThat(List.of(fitsTheSchema(yaml), isRead(yaml))).containsExactly(true, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: 1",
        "type: robot",
        "type: endpoint",
        "type: endpoint, url: nowhere",
        "type: endpoint, url: [a]",
        "type: endpoint, url: 'http://h/v1', path: x",
        "type: endpoint, url: 'http://h/v1', headers: {a: [b]}",
        "type: endpoint, url: 'http://h/v1', headers: {'a b': c}",
        "type: endpoint, url: 'http://h/v1', identities: {a: b}",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h'}}]",
        "type: endpoint, url: 'http://h/v1', groundTruth: {facts: [{name: a, value: short}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {facts: [{name: a, value: 12345678, kind: odd}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plant: {url: 'http://h', body: '{}'}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {sinkUrl: x}",
        "type: endpoint, url: 'http://h/v1', protocol: gopher",
        "type: endpoint, url: 'ws://h/v1'",
        "type: endpoint, url: 'http://h', protocol: http",
        "type: endpoint, url: 'http://h', protocol: http, stream: true, http: {body: '{\"q\": \"{{text}}\"}'}",
        "type: endpoint, url: 'http://h/mcp', protocol: mcp, sampling: true",
        "type: endpoint, url: 'http://h', http: {body: '{\"q\": \"{{text}}\"}'}",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', reply: answer}",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', method: BREW}",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', conversation: {}}",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', conversation: {uuid: true, from: $.a}}",
        "type: endpoint, url: 'http://h', protocol: http, http: {body: '{\"q\": \"{{text}}\"}', conversation: {start: {url: 'http://h'}}}",
        "type: endpoint, url: 'http://h', protocol: websocket, websocket: {message: '{{text}}'}",
        "type: endpoint, url: 'ws://h', protocol: websocket, websocket: {message: hello}",
        "type: endpoint, protocol: mcp",
        "type: endpoint, protocol: mcp, mcp: {tool: a}",
        "type: endpoint, url: 'http://h', protocol: mcp, mcp: {command: [server]}",
        "type: endpoint, protocol: program",
        "type: endpoint, protocol: program, program: {command: []}",
        "type: endpoint, url: 'http://h', protocol: program, program: {command: [a]}",
        "type: endpoint, protocol: java, java: {classpath: [a]}",
        "type: endpoint, url: 'http://h/v1', price: {inputPerMillion: -1, outputPerMillion: 1, currency: EUR}",
        "type: endpoint, url: 'http://h/v1', price: {inputPerMillion: 1, currency: EUR}",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h', form: {u: a}}}]",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, login: {url: 'http://h', form: {u: a}, body: '{}', token: t}}]",
        "type: endpoint, url: 'http://h/v1', groundTruth: {ledger: {file: l, format: xml}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {policies: [{name: a, kind: odd}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {policies: [{name: a, kind: decision, ask: b, path: $.c}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {policies: [{name: a, kind: decision, ask: b, path: c, forbidden: [d]}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {policies: [{name: a, kind: never-below, product: p, price: 0, currency: EUR}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {statements: [{question: q}]}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {wallet: {maxToolCalls: -3}}",
        "type: endpoint, url: 'http://h/v1', identities: [{name: a, sees: {visibility: [secret]}}]",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plants: {post: {url: 'http://h', body: '{{text}}'}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plants: {upload: {url: 'http://h'}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {plants: {email: {}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {page: {insert: html, url: 'http://h'}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {files: {folder: out}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {memory: mine}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mail: {tool: t, mailboxes: {a: a@h}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mail: {tool: t, mailboxes: {a: a@h, b: nowhere}}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {ask: q}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {listen: '0.0.0.0:1', ask: q}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {listen: '127.0.0.1:1', configFile: f, ask: q}}",
        "type: endpoint, url: 'http://h/v1', groundTruth: {mcpServer: {configFile: f}}",
        "type: tool, acts: true, allowedFor: a",
        "type: model",
        "type: dataset, path: d, source: s",
        "type: dataset, path: ' '",
        "type: datastore, path: d",
        "type: tool",
        "type: tool, acts: maybe",
        "type: tool, acts: true, limits: {a: b}",
        "type: actor, trusted: 1",
      })
  void refusesWhatTheReaderRefuses(String component) {
    String yaml = TEMPLATE.formatted(component);
    assertThat(List.of(fitsTheSchema(yaml), isRead(yaml))).containsExactly(false, false);
  }

  @Test
  void agreesOnTheTop() {
    String rest = "components: [{name: a, type: actor}]\n";
    for (var document :
        Map.of(
                "redoubt: 1\nname: a\n" + rest,
                true,
                "redoubt: 1.0\nname: a\n" + rest,
                true,
                "redoubt: '1'\nname: a\n" + rest,
                false,
                "name: a\n" + rest,
                false,
                "redoubt: 1\nname: 5\n" + rest,
                false,
                "redoubt: 1\nname: a\n",
                false,
                "redoubt: 1\nname: a\nextra: b\n" + rest,
                false,
                "redoubt: 1\nname: a\nbusiness: {records: 1}\n" + rest,
                false,
                "redoubt: 1\nname: a\nflows: [{from: a, to: a}]\n" + rest,
                false,
                "redoubt: 1\nname: a\nflows: [{from: a, to: a, data: x}]\n" + rest,
                true)
            .entrySet()) {
      String yaml = document.getKey();
      assertThat(List.of(fitsTheSchema(yaml), isRead(yaml)))
          .as(yaml)
          .containsExactly(document.getValue(), document.getValue());
    }
  }
}
