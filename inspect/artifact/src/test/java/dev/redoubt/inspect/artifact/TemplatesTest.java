package dev.redoubt.inspect.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TemplatesTest {
  private static String resource(String name) throws IOException {
    try (InputStream in = TemplatesTest.class.getResourceAsStream("templates/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Templates of the shapes that the common families of models have. */
  static List<String> families() throws IOException {
    return resource("names.txt").lines().toList();
  }

  static List<String> attacks() throws IOException {
    return resource("attacks.txt").lines().toList();
  }

  @ParameterizedTest
  @MethodSource("families")
  void takesTemplatesOfTheCommonFamiliesForInert(String family) throws IOException {
    var collector =
        Inspected.collector(
            "chat_template.jinja", resource(family + ".jinja").getBytes(StandardCharsets.UTF_8));
    assertThat(collector.observations()).isEmpty();
    assertThat(collector.verdict()).isEqualTo(Verdict.INERT);
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void takesTemplatesThatReachOutForMaliciousOrUnproven(String attack) {
    assertThat(Inspected.verdict("chat_template.jinja", attack))
        .isIn(Verdict.MALICIOUS, Verdict.UNPROVEN);
  }

  @Test
  void readsTheTemplatesOfATokenizersConfiguration() {
    assertThat(
            Inspected.verdict(
                "tokenizer_config.json",
                "{\"chat_template\":[{\"name\":\"default\",\"template\":\"{{ ''.__class__ }}\"}]}"))
        .isEqualTo(Verdict.MALICIOUS);
    assertThat(
            Inspected.verdict(
                "tokenizer_config.json", "{\"chat_template\":\"{{ messages[0].content }}\"}"))
        .isEqualTo(Verdict.INERT);
  }

  @Test
  void doesNotFallOverDeepNesting() {
    String deep = "{{ " + "(".repeat(100_000) + " }}";
    assertThat(Inspected.verdict("chat_template.jinja", deep)).isEqualTo(Verdict.UNPROVEN);
    String chain = "{{ 1" + " + 1".repeat(30_000) + " }}";
    assertThat(Inspected.verdict("chat_template.jinja", chain)).isEqualTo(Verdict.UNPROVEN);
  }
}
