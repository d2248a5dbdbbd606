package dev.redoubt.runtime.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.runtime.llm.ChatException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Targets as a user describes them. */
final class Bench {
  static final TargetSettings PATIENT = TargetSettings.DEFAULT.withTimeout(Duration.ofSeconds(20));

  /** For targets that never answer: the shorter, the faster the tests. */
  static final TargetSettings HASTY = TargetSettings.DEFAULT.withTimeout(Duration.ofMillis(400));

  private Bench() {}

  /** Reads the keys of an endpoint. */
  static Endpoint endpoint(String keys) {
    AiSystem system =
        RedoubtYaml.parse(
            "redoubt: 1\nname: a\ncomponents:\n  - {name: target, type: endpoint, " + keys + "}\n",
            "redoubt.yaml",
            Map.of());
    return (Endpoint) system.components().getFirst();
  }

  static TargetClient client(String keys) {
    return client(keys, PATIENT);
  }

  static TargetClient client(String keys, TargetSettings settings) {
    return TargetClient.of(endpoint(keys), Path.of("."), settings);
  }

  static ChatException failure(ThrowingCallable call) {
    ChatException e = catchThrowableOfType(ChatException.class, call);
    assertThat(e).as("a failure").isNotNull();
    assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(500);
    return e;
  }
}
