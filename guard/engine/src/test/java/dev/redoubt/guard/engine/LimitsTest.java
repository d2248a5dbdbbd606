package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a page says of a scanner's limits holds: the samples pass. */
class LimitsTest {
  @TestFactory
  Stream<DynamicTest> whatIsSaidToPassPasses() {
    return Guard.scanners().stream()
        .flatMap(s ->
            s.limits().stream()
                .filter(l -> !l.sample().isEmpty())
                .map(l -> DynamicTest.dynamicTest(s.name() + ": " + l.what(), () -> passes(s, l))));
  }

  private static void passes(Scanner scanner, Limit limit) {
    Guard guard =
        Guard.of(
            Policy.parse(
                "guard: 1\nrules:\n  - {id: r, scanner: %s, action: log, with: %s}\n"
                    .formatted(scanner.name(), limit.options()),
                "guard.yaml"));
    Exchange exchange =
        limit.system().isEmpty()
            ? Exchange.of(Caller.ANONYMOUS)
            : Exchange.of(Caller.ANONYMOUS, Text.system(limit.system()));
    Verdict verdict =
        limit.role() == Role.ANSWER
            ? guard.checkAnswer(exchange, limit.sample())
            : guard.checkInput(exchange, new Text(limit.role(), "t", false, limit.sample()));
    assertThat(verdict.evidence()).isEmpty();
    assertThat(verdict.trace().ran()).containsExactly("r");
  }

  @Test
  void everyScannerSaysWhatItDoesNotStop() {
    List<Scanner> all = Guard.scanners();
    assertThat(all).hasSizeGreaterThan(10).allSatisfy(s -> assertThat(s.limits()).isNotEmpty());
  }
}
