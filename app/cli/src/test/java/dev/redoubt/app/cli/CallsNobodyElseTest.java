package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.redoubt.app.cli.InsideNamespace.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * The commands in a network namespace that has the loopback interface and nothing else: they work
 * there, and the kernel's own counters say that they tried to reach nobody but the target.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallsNobodyElseTest {
  private static final List<List<String>> WAYS =
      List.of(List.of("unshare", "--net"), List.of("unshare", "--net", "--map-root-user"));

  private List<Ran> ran;

  @BeforeAll
  void runInANamespace(@TempDir Path folder) throws Exception {
    List<String> command = new ArrayList<>(namespace());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    // Surefire's own class path is one jar that is gone when its process is.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(InsideNamespace.class.getName(), folder.toString()));
    Path log = Files.createDirectories(Path.of("target")).resolve("namespace.log");
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    process.getOutputStream().close();
    String lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("see target/namespace.log").isZero();
    ran = lines.lines().map(l -> JsonMapper.shared().readValue(l, Ran.class)).toList();
  }

  /**
   * How to start a command with loopback only; where that is not permitted, the test is skipped.
   */
  private static List<String> namespace() throws InterruptedException {
    for (List<String> way : WAYS) {
      List<String> start = new ArrayList<>(way);
      start.addAll(List.of("python3", "src/test/python/loopback_only.py"));
      List<String> trial = new ArrayList<>(start);
      trial.add("true");
      if (works(trial)) {
        return start;
      }
    }
    assumeTrue(
        false,
        "NOT RUN: this machine permits no network namespace (Linux, unshare and python3 are"
            + " needed; in a container, CAP_SYS_ADMIN or user namespaces)");
    return List.of();
  }

  private static boolean works(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private Ran command(int index) {
    assertThat(ran).hasSize(4);
    return ran.get(index);
  }

  private static void calledTheTargetOnly(Ran command) {
    assertThat(command.exit()).as(command.output()).isEqualTo(1);
    assertThat(command.calls()).isPositive();
    assertThat(command.connections()).isPositive().isLessThanOrEqualTo(command.calls());
    assertThat(command.datagrams()).as("UDP datagrams of " + command).isZero();
    assertThat(command.noRoute()).as("packets to elsewhere of " + command).isZero();
  }

  @Test
  void assessCallsTheTargetOnly() {
    calledTheTargetOnly(command(0));
    assertThat(command(0).output()).contains("report: ");
  }

  @Test
  void attackChatCallsTheTargetOnly() {
    calledTheTargetOnly(command(1));
    assertThat(command(1).calls()).isEqualTo(2);
  }

  @Test
  void aCallToElsewhereWouldBeSeen() {
    assertThat(command(2).exit()).isEqualTo(3);
    assertThat(command(2).calls()).isZero();
    assertThat(command(2).noRoute()).isPositive();
  }

  @Test
  void aQuestionForANameWouldBeSeen() {
    assertThat(command(3).exit()).isEqualTo(3);
    assertThat(command(3).noRoute() + command(3).datagrams()).isPositive();
  }
}
