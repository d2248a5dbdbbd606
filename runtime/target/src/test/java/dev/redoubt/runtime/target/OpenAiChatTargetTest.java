package dev.redoubt.runtime.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.testkit.StubEndpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenAiChatTargetTest {
  private static TargetClient client(StubEndpoint stub) {
    var endpoint =
        new Endpoint(
            "e",
            new Location("redoubt.yaml", 1),
            stub.baseUrl().toString(),
            "m",
            Map.of(),
            List.of(),
            Map.of(),
            GroundTruth.NONE);
    return TargetClient.of(endpoint, Path.of("."), TargetSettings.DEFAULT);
  }

  @Test
  void carriesTheConversationAlong() throws Exception {
    try (var stub = StubEndpoint.builder().echo().start();
        var client = client(stub);
        var talk = client.begin(List.of(Turn.user("before"), Turn.assistant("yes")))) {
      assertThat(talk.say(Say.of("one")).text()).contains("one");
      assertThat(talk.say(Say.of("two")).text()).contains("two");
      assertThat(stub.requests().getLast().json().toString())
          .containsSubsequence("before", "yes", "one", "assistant", "two");
    }
  }
}
