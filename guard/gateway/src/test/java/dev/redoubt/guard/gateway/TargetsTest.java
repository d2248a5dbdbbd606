package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, CHAT",
    "/v1/CHAT/completions/, CHAT",
    "/openai/deployments/gpt/chat/completions, CHAT",
    "/v1/models, API",
    "/v1/models/acme:7b, API",
    "/v1/embeddings, API",
    "/v1/foo, API",
    "/v1/completions, UNCHECKED",
    "/v1/responses/resp_1, UNCHECKED",
    "/v1/chat/completions/abc, UNCHECKED",
    "/login, OUTSIDE",
    "/, OUTSIDE",
    "/v1x/responses, OUTSIDE",
    "/v1//models, AMBIGUOUS",
    "/v1/%63hat/completions, AMBIGUOUS",
    "/v1/x/../chat/completions, AMBIGUOUS",
    "/v1/chat/completions;a=b, AMBIGUOUS"
  })
  void saysWhatIsReadAtAPath(String path, Targets.Kind kind) {
    assertThat(new Targets(URI.create("http://x/v1")).kind(path, true)).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, CHAT",
    "/v1/embeddings, API",
    "/v1/moderations, API",
    "/v1/foo, UNCHECKED",
    "/v1, UNCHECKED",
    "/v1/audio/speech, UNCHECKED",
    "/v1/images/generations, UNCHECKED",
    "/v1/completions, UNCHECKED",
    "/completions, FOREIGN",
    "/completion, FOREIGN",
    "/api/chat, FOREIGN",
    "/api/generate, FOREIGN",
    "/login, OUTSIDE",
    "/tickets, OUTSIDE"
  })
  void letsNothingUnknownMakeAModelTalk(String path, Targets.Kind kind) {
    assertThat(new Targets(URI.create("http://x/v1")).kind(path, false)).isEqualTo(kind);
  }

  @Test
  void findsThePlaceAtTheUpstream() {
    var plain = new Targets(URI.create("http://x/v1"));
    assertThat(plain.at("/v1/models", "a=b")).isEqualTo("/v1/models?a=b");
    assertThat(plain.at("/login", null)).isEqualTo("/login");
    assertThat(plain.at("/", null)).isEqualTo("/");
    var below = new Targets(URI.create("http://x/llm/v1/"));
    assertThat(below.at("/v1/models", null)).isEqualTo("/llm/v1/models");
    assertThat(below.at("/login", null)).isEqualTo("/llm/login");
    var other = new Targets(URI.create("http://x/api"));
    assertThat(other.at("/v1/models", null)).isEqualTo("/api/models");
  }
}
