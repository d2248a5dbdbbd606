package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {
  private static String problems(String yaml) {
    Throwable thrown = catchThrowable(() -> Policy.parse(yaml, "guard.yaml"));
    assertThat(thrown).isInstanceOf(UsageException.class);
    return thrown.getMessage();
  }

  @Test
  void readsAWholePolicy() {
    Policy policy =
        Policy.parse(
            """
            guard: 1
            caller: {jwtClaim: email, groupsClaim: roles, verify: upstream}
            passages: {begin: '<doc', end: '</doc>'}
            onNotRun: allow
            limits: {scanMillis: 250, textCharacters: 5000, holdBackCharacters: 64}
            rules:
              - id: refunds
                scanner: tool-limit
                place: back
                action: ask
                because: attack.chat.refund-limit/0123
                with: {tool: refund, argument: amount, max: 50}
              - {id: hints, scanner: injection-hint, action: log}
            """,
            "guard.yaml");
    assertThat(policy.caller()).isEqualTo(new CallerSource.JwtClaim("email", "roles", null));
    assertThat(policy.passages()).isEqualTo(new PassageMarkers("<doc", "</doc>"));
    assertThat(policy.blockOnNotRun()).isFalse();
    assertThat(policy.limits()).isEqualTo(new ScanLimits(Duration.ofMillis(250), 5000, 64));
    Rule rule = policy.rules().getFirst();
    assertThat(rule.id()).isEqualTo("refunds");
    assertThat(rule.place()).isEqualTo(Place.BACK);
    assertThat(rule.action()).isEqualTo(Action.ASK);
    assertThat(rule.because()).isEqualTo("attack.chat.refund-limit/0123");
    assertThat(rule.location().line()).isEqualTo(7);
    assertThat(policy.rules().get(1).place()).isEqualTo(Place.BOTH);
  }

  @Test
  void theStandardPolicyIsRight() {
    assertThat(Policy.standard().rules()).isNotEmpty();
  }

  @Test
  void namesEveryProblemWithItsLine() {
    String text =
        problems(
            """
            guard: 2
            caler: {header: X-User}
            caller: {header: X-User, jwtClaim: email}
            passages: {begin: x, end: x}
            onNotRun: maybe
            rules:
              - {id: a, scanner: secret-leek, action: block}
              - {id: b, scanner: tool-limit, action: rewrite, with: {tool: refund}}
              - {id: c, scanner: secret-leak, action: explode, place: middle}
              - {scanner: tool-limit, action: block}
              - {id: e, scanner: exfiltration-url, with: {alow: []}}
              - just text
            """);
    assertThat(text.lines())
        .anyMatch(l -> l.startsWith("guard.yaml:1: guard:"))
        .anyMatch(l -> l.startsWith("guard.yaml:2: caler: unknown key; did you mean 'caller'?"))
        .anyMatch(l -> l.startsWith("guard.yaml:3: caller: names two sources"))
        .anyMatch(l -> l.startsWith("guard.yaml:4: passages: begin and end are the same"))
        .anyMatch(l -> l.startsWith("guard.yaml:5: onNotRun:"))
        .anyMatch(l -> l.startsWith("guard.yaml:7:") && l.contains("did you mean 'secret-leak'?"))
        .anyMatch(l -> l.startsWith("guard.yaml:8:") && l.contains("can't rewrite"))
        .anyMatch(l -> l.startsWith("guard.yaml:8:") && l.contains("give a limit"))
        .anyMatch(l -> l.startsWith("guard.yaml:9:") && l.contains("explode"))
        .anyMatch(l -> l.startsWith("guard.yaml:9:") && l.contains("middle"))
        .anyMatch(l -> l.startsWith("guard.yaml:10: rules[3].id: is missing"))
        .anyMatch(l -> l.startsWith("guard.yaml:10: with.tool: is missing"))
        .anyMatch(l -> l.startsWith("guard.yaml:11: rules[4].action: is missing"))
        .anyMatch(l -> l.startsWith("guard.yaml:11: rules[4].with.alow: unknown key"))
        .anyMatch(l -> l.startsWith("guard.yaml:12: rules[5]: is text, the wrong type"));
  }

  @Test
  void whatIsNoPolicyIsRefused() {
    assertThat(problems("")).contains("guard.yaml:1");
    assertThat(problems("[]")).contains("guard.yaml:1");
    assertThat(problems("rules: []")).contains("guard: is missing");
    assertThat(problems("guard: [")).contains("guard.yaml:");
  }

  @Nested
  class Contradictions {
    private static final String TWO =
        """
        guard: 1
        rules:
          - {id: a, scanner: %s, action: %s, place: %s, with: %s}
          - {id: b, scanner: %s, action: %s, place: %s, with: %s}
        """;

    @Test
    void oneMatterTwice() {
      assertThat(
              problems(
                  TWO.formatted(
                      "exfiltration-url",
                      "rewrite",
                      "both",
                      "{allow: [a.example]}",
                      "exfiltration-url",
                      "block",
                      "front",
                      "{allow: [b.example]}")))
          .contains("guard.yaml:4: rules: speaks of the same as rule 'a' on line 3");
      assertThat(
              problems(
                  TWO.formatted(
                      "tool-limit",
                      "block",
                      "back",
                      "{tool: refund, argument: amount, max: 50}",
                      "tool-limit",
                      "block",
                      "back",
                      "{tool: refund, argument: amount, max: 90}")))
          .contains("(refund.amount)");
    }

    @Test
    void aLimitForAForbiddenTool() {
      assertThat(
              problems(
                  TWO.formatted(
                      "tool-limit",
                      "block",
                      "back",
                      "{allow: [order_status]}",
                      "untrusted-trigger",
                      "block",
                      "back",
                      "{actingTools: {send_email: [to]}}")))
          .contains("condition for tool 'send_email', which rule 'a' on line 3 forbids");
    }

    @Test
    void oneIdTwice() {
      assertThat(
              problems(
                  TWO.formatted(
                          "secret-leak",
                          "block",
                          "back",
                          "{}",
                          "personal-data",
                          "block",
                          "front",
                          "{}")
                      .replace("id: b", "id: a")))
          .contains("has the id of the rule on line 3");
    }

    @Test
    void otherPlacesAndOtherMattersDoNotMeet() {
      assertThat(
              Policy.parse(
                      TWO.formatted(
                          "secret-leak",
                          "block",
                          "back",
                          "{}",
                          "secret-leak",
                          "rewrite",
                          "front",
                          "{}"),
                      "guard.yaml")
                  .rules())
          .hasSize(2);
      assertThat(
              Policy.parse(
                      TWO.formatted(
                          "tool-limit",
                          "block",
                          "back",
                          "{tool: refund, argument: amount, max: 50}",
                          "tool-limit",
                          "block",
                          "back",
                          "{tool: refund, maxCalls: 2}"),
                      "guard.yaml")
                  .rules())
          .hasSize(2);
    }
  }

  @Nested
  class Callers {
    @Test
    void mustSayWhoVerifiesAToken() {
      assertThat(problems("guard: 1\ncaller: {jwtClaim: email}\n"))
          .contains("guard.yaml:2: caller: does not say who verifies the token");
      assertThat(problems("guard: 1\ncaller: {}\n")).contains("names no source");
      assertThat(problems("guard: 1\ncaller: {header: X, verify: upstream}\n"))
          .contains("goes with jwtClaim");
    }

    @Test
    void keyFilesAreReadBesideThePolicy(@TempDir Path folder) throws IOException {
      Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef\n");
      Path file = folder.resolve("guard.yaml");
      Files.writeString(file, "guard: 1\ncaller: {jwtClaim: sub, hmacKeyFile: key}\n");
      assertThat(Guard.load(file).policy().caller())
          .isInstanceOfSatisfying(
              CallerSource.JwtClaim.class, j -> assertThat(j.hmacKey()).isNotNull());
      Files.writeString(folder.resolve("key"), "short");
      assertThatThrownBy(() -> Guard.load(file)).hasMessageContaining("key has 5 bytes");
      Files.delete(folder.resolve("key"));
      assertThatThrownBy(() -> Guard.load(file)).hasMessageContaining("key file can't be read");
    }
  }
}
