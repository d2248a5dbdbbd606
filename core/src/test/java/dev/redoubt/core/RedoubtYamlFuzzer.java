package dev.redoubt.core;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Fuzz target of the YAML reader, in the form that Jazzer's standalone driver calls: whatever comes
 * in, a system or a {@link UsageException} of one line a problem comes out, and a system that was
 * read is written and read back equal.
 */
public final class RedoubtYamlFuzzer {
  private RedoubtYamlFuzzer() {}

  /** Called by the driver with one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    AiSystem system;
    try {
      system = RedoubtYaml.parse(text, "fuzz.yaml", RedoubtYamlTest.ENVIRONMENT);
    } catch (UsageException e) {
      for (String line : e.getMessage().split("\n", -1)) {
        if (!line.startsWith("fuzz.yaml:")) {
          throw new AssertionError("a problem without its place: " + line, e);
        }
      }
      return;
    }
    AiSystem again = RedoubtYaml.parse(RedoubtYaml.format(system), "fuzz.yaml", Map.of());
    if (!RedoubtYaml.format(again).equals(RedoubtYaml.format(system))) {
      throw new AssertionError("reads back as something else: " + RedoubtYaml.format(system));
    }
  }
}
