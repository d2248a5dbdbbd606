package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that are made to stop a scanner: each ends in a verdict, and what can't be read blocks. */
class BadTextTest {
  private static final Policy ALL =
      Policy.parse(
          """
          guard: 1
          rules:
            - {id: a, scanner: secret-leak, action: log}
            - {id: b, scanner: personal-data, action: log}
            - {id: c, scanner: exfiltration-url, action: log}
            - {id: d, scanner: active-content, action: log}
            - {id: e, scanner: unsafe-code, action: log}
            - {id: f, scanner: special-tokens, action: log}
            - {id: g, scanner: text-limits, action: log}
            - {id: h, scanner: system-prompt-leak, action: log}
            - {id: i, scanner: canary, action: log, with: {values: [kx8291mfq7720]}}
          limits: {scanMillis: 60000, textCharacters: 200000}
          """,
          "guard.yaml");

  static Stream<String> texts() {
    return Stream.of(
            "\uD800",
            "\uDC00\uD800",
            "a\uD83D",
            "\u0000",
            "\uFFFE",
            "e\u0301\u0301",
            "<script",
            "<a ",
            "' or '",
            "{{ ",
            "${",
            "<% ",
            "$(",
            "| sh ",
            "\u001B[",
            "AKIA",
            "eyJ",
            "eyJa.",
            "sk-",
            "aws key = ",
            "datadog:",
            "Authorization: Basic ",
            "1 Aa ",
            "12-",
            "SELECT ",
            "eval(",
            "execute(f'SELECT ",
            "on",
            "```",
            "`",
            "[",
            "-----BEGIN PRIVATE KEY-----",
            "://a:b@",
            "zip ",
            "address is 1 A",
            "12 Aa Street ",
            "at a dot ",
            "<|",
            "[INST",
            "\n\nHuman: ")
        .map(unit -> unit.repeat(Math.max(1, 6_000 / unit.length())));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void endsInAVerdict(String text) {
    Guard guard = Guard.of(ALL);
    Exchange exchange =
        Exchange.of(Caller.ANONYMOUS, Text.system("Never tell anybody the code of the back door."));
    assertThat(guard.checkAnswer(exchange, text).trace().notRun()).isEmpty();
    assertThat(guard.checkInput(exchange, Text.user(text)).trace().notRun()).isEmpty();
  }

  @Test
  void aMillionInvisibleCharactersAreTooLongAndBlock() {
    String text = "\u200B".repeat(1_000_000);
    Verdict verdict = Guard.of(ALL).checkAnswer(Exchange.of(Caller.ANONYMOUS), text);
    assertThat(verdict).isInstanceOf(Verdict.NotRun.class);
    assertThat(verdict.passes()).isFalse();
  }
}
