package dev.redoubt.guard.engine;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What a guard does, as {@code guard.yaml} says it.
 *
 * @param caller how the guard learns who calls
 * @param passages how the assistant marks retrieved passages in a message
 * @param rules the rules in order
 * @param blockOnNotRun whether a scanner that could not run blocks, which is the default
 * @param limits what a scan may cost
 * @param asking how a person is asked about what is to be confirmed
 * @param bufferFull whether a streamed answer is held back whole and checked at its end
 * @since 0.1.0
 */
public record Policy(
    CallerSource caller,
    PassageMarkers passages,
    List<Rule> rules,
    boolean blockOnNotRun,
    ScanLimits limits,
    Asking asking,
    boolean bufferFull) {
  public Policy {
    rules = List.copyOf(rules);
  }

  /** One where nobody is asked and answers are streamed with a hold-back. */
  public Policy(
      CallerSource caller,
      PassageMarkers passages,
      List<Rule> rules,
      boolean blockOnNotRun,
      ScanLimits limits) {
    this(caller, passages, rules, blockOnNotRun, limits, Asking.NOBODY, false);
  }

  /** A policy without rules: everything passes. */
  public static final Policy EMPTY =
      new Policy(
          new CallerSource.None(), PassageMarkers.DEFAULT, List.of(), true, ScanLimits.DEFAULT);

  /** Every scanner that needs no options, for a first look at a text. */
  public static Policy standard() {
    try (var in = Policy.class.getResourceAsStream("standard.yaml")) {
      if (in == null) {
        throw new IllegalStateException("standard.yaml is missing from the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "standard.yaml");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a policy.
   *
   * @throws UsageException with one line a problem, all of them, each with file, line and key
   */
  public static Policy read(Path file) {
    return PolicyReader.read(file);
  }

  /**
   * Reads a policy from text; key files are looked for beside {@code fileName}.
   *
   * @param fileName name of the file as messages show it
   * @throws UsageException as {@link #read} does
   */
  public static Policy parse(String yaml, String fileName) {
    return PolicyReader.parse(yaml, fileName);
  }
}
