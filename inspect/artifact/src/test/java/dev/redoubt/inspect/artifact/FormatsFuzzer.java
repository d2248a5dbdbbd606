package dev.redoubt.inspect.artifact;

import java.time.Duration;
import java.util.List;

/**
 * Fuzz target for the readers that go by names as well as by bytes: whatever comes in, there is a
 * verdict, and no reader fails by a bug. Longer: {@code jazzer --cp=... --target_class=
 * dev.redoubt.inspect.artifact.FormatsFuzzer}.
 */
public final class FormatsFuzzer {
  private static final Limits LIMITS =
      new Limits(64 << 20, 2000, 4, 2000, Duration.ofSeconds(20), 4 << 20);
  private static final List<String> NAMES =
      List.of(
          "m",
          "m.onnx",
          "m.pb",
          "config.json",
          "chat_template.jinja",
          "m.pmml",
          "m.msgpack",
          "m.ubj",
          "m.safetensors",
          "m.pdmodel",
          "m.mlmodel");

  private FormatsFuzzer() {}

  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length == 0) {
      return;
    }
    for (String name :
        List.of(NAMES.getFirst(), NAMES.get((data[data.length / 2] & 0xff) % NAMES.size()))) {
      var collector = new Collector(new Budget(LIMITS), name);
      collector.collect(ByteSource.of(data));
      collector.observations().forEach(FormatsFuzzer::noBug);
      collector.members().list.forEach(m -> m.observations().forEach(FormatsFuzzer::noBug));
    }
  }

  private static void noBug(Observation observation) {
    if (observation.what().contains("internal error")
        || observation.what().contains("nested too deep")
        || observation.what().contains("out of memory")
        || observation.what().contains("took longer")) {
      throw new IllegalStateException(observation.toString());
    }
  }
}
