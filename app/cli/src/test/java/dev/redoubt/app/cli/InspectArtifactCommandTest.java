package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InspectArtifactCommandTest {
  private static final byte[] EVIL =
      "\u0080\u0002cos\nsystem\nX\u0002\0\0\0ls\u0085R.".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] UNPROVEN =
      "\u0080\u0002cmine\nThing\n)R.".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] PLAIN = "\u0080\u0002]q\0.".getBytes(StandardCharsets.ISO_8859_1);

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void writeFiles() throws IOException {
    Files.write(folder.resolve("plain.pkl"), PLAIN);
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private int inspect(String... more) {
    var args = new String[more.length + 3];
    args[0] = "inspect";
    args[1] = "artifact";
    args[2] = folder.toString();
    System.arraycopy(more, 0, args, 3, more.length);
    return run(args);
  }

  @Test
  void exitsWith0WhereAllIsInert() {
    assertThat(inspect()).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("1 files: 0 malicious, 0 unproven, 0 incomplete, 1 inert");
  }

  @Test
  void exitsWith1OnUnprovenUnlessOnlyMaliciousCounts() throws IOException {
    Files.write(folder.resolve("mine.pkl"), UNPROVEN);
    assertThat(inspect()).isEqualTo(ExitCode.FINDINGS);
    assertThat(inspect("--fail-on", "malicious")).isEqualTo(ExitCode.OK);
    Files.write(folder.resolve("evil.pkl"), EVIL);
    assertThat(inspect("--fail-on", "malicious")).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void exitsWith3WhereSomethingIsIncomplete() throws IOException {
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
    assertThat(inspect()).isEqualTo(ExitCode.UNREACHABLE);
    Files.write(folder.resolve("evil.pkl"), EVIL);
    assertThat(inspect()).isEqualTo(ExitCode.FINDINGS);
  }

  @Test
  void printsJsonWithAnEntryForEachFileAndBothCounts() throws IOException {
    Files.write(folder.resolve("evil.pkl"), EVIL);
    Files.createSymbolicLink(folder.resolve("nowhere"), Path.of("gone"));
    assertThat(inspect("--format", "json")).isEqualTo(ExitCode.FINDINGS);
    JsonNode json = JsonMapper.shared().readTree(out.toString());
    assertThat(json.get("files").size()).isEqualTo(3);
    assertThat(json.at("/counts/malicious").asInt()).isEqualTo(1);
    assertThat(json.at("/counts/incomplete").asInt()).isEqualTo(1);
    for (JsonNode file : json.get("files")) {
      assertThat(file.get("members").isArray()).isTrue();
      if (file.get("path").asString().endsWith("evil.pkl")) {
        assertThat(file.get("verdict").asString()).isEqualTo("malicious");
        assertThat(file.at("/observations/0/what").asString()).startsWith("calls os.system('ls')");
      }
    }
  }

  @Test
  void skipsOnlyWhatAnEarlierReportCallsInert() throws IOException {
    Files.write(folder.resolve("evil.pkl"), EVIL);
    inspect("--format", "json");
    Path report =
        Files.writeString(
            folder.getParent().resolve("report-" + folder.getFileName()), out.toString());
    out.getBuffer().setLength(0);
    assertThat(inspect("--since", report.toString())).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString()).contains("1 files: 1 malicious").contains("1 skipped");
    Files.delete(report);
  }

  @Test
  void refusesAReportThatIsNone() throws IOException {
    Path report = Files.writeString(folder.resolve("report.json"), "not json");
    assertThat(inspect("--since", report.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("is no report of redoubt inspect artifact");
  }

  @Test
  void writesSarifAndHtml() throws IOException {
    Files.write(folder.resolve("evil.pkl"), EVIL);
    assertThat(inspect("--format", "sarif")).isEqualTo(ExitCode.FINDINGS);
    JsonNode sarif = JsonMapper.shared().readTree(out.toString());
    assertThat(sarif.at("/runs/0/results/0/ruleId").asString())
        .isEqualTo("inspect.artifact.pickle-dangerous");
    out.getBuffer().setLength(0);
    assertThat(inspect("--format", "html")).isEqualTo(ExitCode.FINDINGS);
    assertThat(out.toString()).contains("<html").contains("os.system");
  }

  @Test
  void explainsOpcodes() throws IOException {
    Path evil = Files.write(folder.resolve("evil.pkl"), EVIL);
    assertThat(run("inspect", "artifact", "--explain", evil.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).contains("REDUCE").contains("os.system(…)");
  }

  @Test
  void refusesUnknownWords() {
    assertThat(inspect("--format", "xml")).isEqualTo(ExitCode.USAGE);
    assertThat(inspect("--fail-on", "low")).isEqualTo(ExitCode.USAGE);
  }
}
