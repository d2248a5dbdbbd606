package dev.redoubt.inspect.artifact;

import java.time.Duration;
import java.util.List;

/**
 * Fuzz target in the form that Jazzer calls, through every reader: whatever comes in, there is a
 * verdict, and no reader fails by a bug. Longer: {@code jazzer --cp=... --target_class=
 * dev.redoubt.inspect.artifact.ArtifactFuzzer}.
 */
public final class ArtifactFuzzer {
  private static final Limits LIMITS =
      new Limits(64 << 20, 2000, 4, 2000, Duration.ofSeconds(20), 4 << 20);

  private ArtifactFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    for (String name : List.of("model.pkl", "model")) {
      var collector = new Collector(new Budget(LIMITS), name);
      collector.collect(ByteSource.of(data));
      collector.observations().forEach(ArtifactFuzzer::noBug);
      collector.members().list.forEach(m -> m.observations().forEach(ArtifactFuzzer::noBug));
    }
  }

  private static void noBug(Observation observation) {
    if (observation.what().contains("internal error")
        || observation.what().contains("nested too deep")
        || observation.what().contains("took longer")) {
      throw new IllegalStateException(observation.toString());
    }
  }
}
