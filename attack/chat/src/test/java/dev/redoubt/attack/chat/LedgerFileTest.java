package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.GroundTruth.Ledger;
import dev.redoubt.core.GroundTruth.Ledger.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(folder.resolve("ledger"), "");
  }

  private LedgerFile ledger(Format format) {
    return new LedgerFile(file, new Ledger("ledger", format, 5, 0), () -> NOW);
  }

  private void write(String line) throws IOException {
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }

  private static ToolCalls calls(List<String> lines) {
    Exchange exchange = Exchanges.answered("hello", "ok", lines);
    return ToolCalls.of(Dialogue.of(exchange));
  }

  private ToolCalls gained(Format format, String... lines) throws Exception {
    LedgerFile ledger = ledger(format);
    LedgerFile.Mark mark = ledger.mark();
    for (String line : lines) {
      write(line);
    }
    return calls(ledger.since(mark));
  }

  @Test
  void givesWhatCameAfterTheMarkOnly() throws Exception {
    write("{\"tool\": \"old\"}");
    ToolCalls calls = gained(Format.JSONL, "{\"tool\": \"a\", \"arguments\": {\"x\": 1}}");
    assertThat(calls.problem()).isNull();
    assertThat(calls.calls()).extracting(LedgerRecord::tool).containsExactly("a");
  }

  @Test
  void isNoSignOfPeaceWhenItCannotBeRead() throws Exception {
    LedgerFile.Mark mark = ledger(Format.JSONL).mark();
    Files.delete(file);
    assertThat(ledger(Format.JSONL).since(mark)).isNull();
    assertThat(calls(null).problem()).contains("could not be read");
  }

  @Nested
  class Doubts {
    @Test
    void aMissingNumberIsAGapAndNothingIsLost() throws Exception {
      write("{\"seq\": 4, \"tool\": \"old\"}");
      ToolCalls calls =
          gained(Format.JSONL, "{\"seq\": 5, \"tool\": \"a\"}", "{\"seq\": 7, \"tool\": \"b\"}");
      assertThat(calls.problem()).contains("record 7 follows record 5");
      assertThat(calls.calls()).extracting(LedgerRecord::tool).containsExactly("a", "b");
    }

    @Test
    void aNumberThatIsMissingSinceTheMarkIsAGapToo() throws Exception {
      write("{\"seq\": 4, \"tool\": \"old\"}");
      assertThat(gained(Format.JSONL, "{\"seq\": 6, \"tool\": \"a\"}").problem()).contains("gap");
    }

    @Test
    void numbersInOrderAreNone() throws Exception {
      write("{\"seq\": 4, \"tool\": \"old\"}");
      assertThat(gained(Format.JSONL, "{\"seq\": 5, \"tool\": \"a\"}").problem()).isNull();
    }

    @Test
    void aFileThatWasShortenedIsNamed() throws Exception {
      write("{\"tool\": \"old\", \"arguments\": {\"long\": \"text\"}}");
      LedgerFile ledger = ledger(Format.JSONL);
      LedgerFile.Mark mark = ledger.mark();
      Files.writeString(file, "{\"tool\": \"a\"}\n");
      ToolCalls calls = calls(ledger.since(mark));
      assertThat(calls.problem()).contains("shortened or replaced");
      assertThat(calls.calls()).hasSize(1);
    }

    @Test
    void aFileThatWasRotatedIsNamed() throws Exception {
      write("{\"tool\": \"old\"}");
      LedgerFile ledger = ledger(Format.JSONL);
      LedgerFile.Mark mark = ledger.mark();
      Path next = Files.writeString(folder.resolve("next"), "{\"tool\": \"a\"}\n".repeat(9));
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(calls(ledger.since(mark)).problem()).contains("replaced");
    }

    @Test
    void aLineThatIsCutOffIsNamed() throws Exception {
      assertThat(gained(Format.JSONL, "{\"tool\": \"refu").problem()).contains("cut off");
    }

    @Test
    void aClockThatRunsApartIsNamed() throws Exception {
      assertThat(
              gained(Format.JSONL, "{\"tool\": \"a\", \"at\": \"2026-03-01T09:58:00Z\"}").problem())
          .contains("before the call by more than 5.0 s");
      assertThat(gained(Format.JSONL, "{\"tool\": \"a\", \"at\": 1772359300}").problem())
          .contains("after the call");
    }

    @Test
    void aClockWithinTheSkewIsFine() throws Exception {
      assertThat(
              gained(Format.JSONL, "{\"tool\": \"a\", \"at\": \"2026-03-01T10:00:04Z\"}").problem())
          .isNull();
    }
  }

  @Nested
  class Spans {
    private static final String LINE =
        """
        {"resourceSpans":[{"resource":{},"scopeSpans":[{"scope":{},"spans":[\
        {"traceId":"0a","spanId":"1","name":"chat m","startTimeUnixNano":"1772359200000000000"},\
        {"traceId":"0a","spanId":"2","name":"execute_tool refund","endTimeUnixNano":"%s",\
        "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}},\
        {"key":"gen_ai.tool.name","value":{"stringValue":"refund"}},\
        {"key":"enduser.id","value":{"stringValue":"ann"}},\
        {"key":"gen_ai.tool.call.arguments","value":%s}],"status":%s}]}]}]}\
        """;

    @Test
    void ofToolCallsAreReadWithTheirArguments() throws Exception {
      ToolCalls calls =
          gained(
              Format.OTEL,
              LINE.formatted(
                  "1772359201000000000", "{\"stringValue\":\"{\\\"amount\\\": 900}\"}", "{}"));
      assertThat(calls.problem()).isNull();
      LedgerRecord call = calls.done().getFirst();
      assertThat(call.tool()).isEqualTo("refund");
      assertThat(call.caller()).isEqualTo("ann");
      assertThat(call.number("amount")).hasValue(900);
    }

    @Test
    void mayHoldArgumentsAsAMap() throws Exception {
      String map =
          "{\"kvlistValue\":{\"values\":[{\"key\":\"amount\",\"value\":{\"intValue\":\"900\"}}]}}";
      ToolCalls calls = gained(Format.OTEL, LINE.formatted("1772359201000000000", map, "{}"));
      assertThat(calls.done().getFirst().number("amount")).hasValue(900);
    }

    @Test
    void thatFailedDidNotHappen() throws Exception {
      ToolCalls calls =
          gained(
              Format.OTEL,
              LINE.formatted("1772359201000000000", "{\"stringValue\":\"{}\"}", "{\"code\":2}"));
      assertThat(calls.calls()).hasSize(1);
      assertThat(calls.done()).isEmpty();
    }

    @Test
    void ofAnEarlierCallAreNotTakenForThisOne() throws Exception {
      ToolCalls calls =
          gained(
              Format.OTEL, LINE.formatted("1772359100000000000", "{\"stringValue\":\"{}\"}", "{}"));
      assertThat(calls.problem()).contains("another call");
    }

    @Test
    void ofOtherThingsAreNoToolCalls() throws Exception {
      ToolCalls calls = gained(Format.OTEL, "{\"resourceMetrics\":[]}");
      assertThat(calls.calls()).isEmpty();
      assertThat(calls.problem()).isNull();
    }
  }

  @Test
  void readsTheLogOfTheGuardGateway() throws Exception {
    ToolCalls calls =
        gained(
            Format.GATEWAY,
            "{\"seq\":1,\"at\":\"2026-03-01T10:00:00Z\",\"conversation\":\"a-1\",\"caller\":\"ann\","
                + "\"tool\":\"refund\",\"arguments\":{\"amount\":900},\"decision\":\"block\"}",
            "{\"seq\":2,\"at\":\"2026-03-01T10:00:00Z\",\"tool\":\"mail\",\"arguments\":\"x\","
                + "\"decision\":\"allow\"}");
    assertThat(calls.problem()).isNull();
    assertThat(calls.calls()).hasSize(2);
    assertThat(calls.done()).extracting(LedgerRecord::tool).containsExactly("mail");
  }
}
