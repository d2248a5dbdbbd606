package dev.redoubt.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Interval;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.stats.Proportions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Assessors that fail: what they found is kept, and that they failed is seen. */
@Timeout(120)
class AssessorProgramTest {
  private static final String READY =
      Python.TOOLS
          + """
          read()
          send(type='ready', protocol=1, role='assessor', name='a', components=['endpoint'])
          id = read()['id']
          def finding(**more):
              base = dict(type='finding', id=id, rule='r', title='t', severity='low', summary='s',
                          remedy='m', evidence=[dict(kind='excerpt', caption='c', text='x')])
              send(**{**base, **more})
          """;

  @TempDir Path folder;
  private final TestContext context = new TestContext();
  private List<String> failures = List.of();

  private Coverage assess(String then) throws Exception {
    return assess(then, Python.SOON);
  }

  private Coverage assess(String then, Duration silence) throws Exception {
    var system = TestContext.system("http://shop.example/v1");
    try (var assessor = AssessorProgram.start(Python.program(folder, READY + then), silence)) {
      Coverage coverage = assessor.assess(system, system.components().getFirst(), context);
      failures = assessor.failures();
      return coverage;
    }
  }

  @Test
  void whatWasFoundBeforeACrashIsKeptAndTheCrashIsAGap() throws Exception {
    Coverage coverage = assess("finding()\nraise RuntimeError('out of disk')");
    assertThat(context.findings).hasSize(1);
    assertThat(failures).singleElement().asString().contains("exit code 1", "out of disk");
    assertThat(coverage.notTested())
        .containsExactly(new Coverage.Gap("shop", "program.a", failures.getFirst()));
  }

  @Test
  void aCrashWithNothingToKeepIsNoCoverageAtAll() {
    assertThatThrownBy(() -> assess("raise RuntimeError('out of disk')"))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("out of disk");
  }

  @Test
  void silenceIsATimeOut() {
    assertThatThrownBy(() -> assess("time.sleep(600)", Duration.ofMillis(300)))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("did not answer in 0.3 s");
  }

  @Test
  void aFindingThatCanNotBeReadDoesNotVanish() throws Exception {
    Coverage coverage =
        assess(
            "finding(severity='awful')\n"
                + "finding(references=[dict(framework='cwe', id='CWE-0')])\n"
                + "finding()\nsend(type='done', id=id)\nread()");
    assertThat(context.findings).hasSize(1);
    assertThat(failures).hasSize(2);
    assertThat(failures.getFirst()).contains("'severity' must match", "'awful'");
    assertThat(failures.getLast()).contains("CWE-0");
    assertThat(coverage.notTested()).hasSize(2);
  }

  @Test
  void aFloodOfProgressIsNamed() {
    assertThatThrownBy(
            () -> assess("while True: send(type='progress', id=id, what='w', done=1, total=2)"))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("more than 10000 messages");
  }

  @Test
  void theIntervalOfARateIsOurs() throws Exception {
    assess(
        "finding(evidence=[dict(kind='rate', caption='c', successes=3, trials=12)])\n"
            + "send(type='done', id=id)\nread()");
    Interval wilson = Proportions.wilson(3, 12);
    assertThat(context.findings.getFirst().evidence())
        .containsExactly(new Evidence.Rate("c", 3, 12, wilson, 42));
  }

  @Test
  void twoFindingsOfARuleAreToldApartByTheirKey() throws Exception {
    assess("finding(key='a')\nfinding(key='b')\nsend(type='done', id=id)\nread()");
    assertThat(context.findings).extracting(f -> f.fingerprint()).doesNotHaveDuplicates();
  }

  @Test
  void whatAnAssessorGivesAfterTheUserAskedToStopIsKept() throws Exception {
    context.cancelled = true;
    Coverage coverage =
        assess(
            "if read()['type'] == 'cancel':\n"
                + "    finding()\n    send(type='done', id=id)\nread()");
    assertThat(context.findings).hasSize(1);
    assertThat(coverage.notTested())
        .containsExactly(new Coverage.Gap("shop", "program.a", "stopped by the user"));
    assertThat(failures).isEmpty();
  }
}
