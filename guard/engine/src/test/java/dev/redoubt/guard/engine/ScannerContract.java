package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every scanner keeps: it fires where it must, nowhere else, and survives what is hostile. */
public abstract class ScannerContract {
  private static final long SEED = 20_261_124L;

  /** Name of the scanner. */
  protected abstract String scanner();

  /** YAML of {@code with} in flow style, enough for a valid rule. */
  protected abstract String options();

  /** Checks a sample in the exchange that the scanner needs. */
  protected abstract Verdict check(Guard guard, String sample);

  protected abstract List<String> mustFire();

  protected abstract List<String> mustNotFire();

  /** Looks like one of the first, and is none. */
  protected abstract List<String> nearMisses();

  /** A guard with one rule of this scanner that logs. */
  protected final Guard guard(String action) {
    return Guard.of(policy(action, options()));
  }

  protected final Policy policy(String action, String options) {
    return Policy.parse(
        "guard: 1\nrules:\n  - {id: r, scanner: %s, action: %s, with: %s}\n"
            .formatted(scanner(), action, options),
        "guard.yaml");
  }

  private String mildest() {
    return description().actions().stream().sorted().findFirst().orElseThrow().word();
  }

  private Scanner description() {
    return Guard.scanners().stream()
        .filter(s -> s.name().equals(scanner()))
        .findFirst()
        .orElseThrow();
  }

  @TestFactory
  List<DynamicTest> firesOnWhatItMust() {
    Guard guard = guard(mildest());
    return mustFire().stream()
        .map(s ->
            DynamicTest.dynamicTest(
                "'" + s + "'", () -> assertThat(check(guard, s).evidence()).isNotEmpty()))
        .toList();
  }

  @TestFactory
  List<DynamicTest> staysQuietOtherwise() {
    Guard guard = guard(mildest());
    return java.util.stream.Stream.concat(mustNotFire().stream(), nearMisses().stream())
        .map(s ->
            DynamicTest.dynamicTest(
                "'" + s + "'",
                () -> {
                  Verdict verdict = check(guard, s);
                  assertThat(verdict.evidence()).isEmpty();
                  assertThat(verdict.trace().notRun()).isEmpty();
                }))
        .toList();
  }

  @Test
  void describesItself() {
    assertThat(description().title()).isNotBlank().doesNotContain("\n");
    assertThat(description().explanation()).isNotBlank();
    assertThat(description().actions()).isNotEmpty().contains(Action.LOG);
  }

  @Test
  void refusesAnUnknownOption() {
    String more =
        options().equals("{}") ? "{nosuch: 1}" : options().replaceFirst("\\{", "{nosuch: 1, ");
    assertThatThrownBy(() -> policy(mildest(), more))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("guard.yaml:3: rules[0].with.nosuch: unknown key");
  }

  @Test
  void neverTellsWhatItFound() {
    Guard guard = guard(mildest());
    for (String sample : mustFire()) {
      for (ScanResult r : check(guard, sample).evidence()) {
        assertThat(r.why()).hasSizeLessThan(200);
        if (sample.length() > 3) {
          assertThat(r.why()).doesNotContain(sample);
        }
      }
    }
  }

  @Test
  void survivesMutatedAndEndlessSamples() {
    Guard guard = guard(mildest());
    var random = new Random(SEED);
    var all = new java.util.ArrayList<>(mustFire());
    all.addAll(nearMisses());
    for (int i = 0; i < 200; i++) {
      String sample = all.get(random.nextInt(all.size()));
      String other = all.get(random.nextInt(all.size()));
      String mutated =
          switch (random.nextInt(4)) {
            case 0 -> sample.substring(0, random.nextInt(sample.length() + 1)) + other;
            case 1 -> sample.replace(' ', (char) random.nextInt(0x10000));
            case 2 -> sample.repeat(1 + random.nextInt(20));
            default -> new StringBuilder(sample).reverse().append(other).toString();
          };
      assertThat(check(guard, mutated).trace().notRun()).as(mutated).isEmpty();
    }
    for (String unit :
        List.of("a@", "[", "![", "<a ", "(at) ", "1 ", "a.", "key: ", "%41", "ignore all ")) {
      String endless = unit.repeat(100_000 / unit.length());
      assertThat(check(guard, endless).trace().notRun()).as(unit).isEmpty();
    }
  }
}
