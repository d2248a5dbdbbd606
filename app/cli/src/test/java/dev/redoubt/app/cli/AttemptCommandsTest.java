package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Works on attempts of a run: replay, retry, minimise. */
class AttemptCommandsTest {
  private static final String SECRET = "kx7-Wq2Lm9Zr4Tb8";
  private static final String ATTEMPT = "run/secret-leak/direct/0";

  @TempDir Path folder;
  private StubEndpoint stub;

  @BeforeEach
  void attack() {
    // Gives the key to whoever says "key", however the rest reads.
    stub =
        StubEndpoint.builder()
            .script(
                r -> StubReply.text(r.lastUserText().contains("key") ? "It is " + SECRET : "No."))
            .start();
    Cli run =
        Cli.run(
            folder,
            "attack",
            "chat",
            "--url",
            stub.baseUrl().toString(),
            "--objective",
            "secret-leak",
            "--technique",
            "direct",
            "--fact",
            "KEY=" + SECRET,
            "--seed",
            "7",
            "--json",
            folder.resolve("first.json").toString());
    assertThat(run.code()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void aReplayIsTheSameByteForByteWithoutACall() throws Exception {
    int calls = stub.calls();
    stub.close();
    Path again = folder.resolve("again.json");
    Cli replay = Cli.run(folder, "attack", "replay", "last", "--json", again.toString());
    assertThat(replay.code()).isEqualTo(1);
    assertThat(stub.calls()).isEqualTo(calls);
    assertThat(Files.readString(again)).isEqualTo(Files.readString(folder.resolve("first.json")));
  }

  @Test
  void anAttemptIsSentAgainAsItWasOrWithOtherWords() {
    Cli same = Cli.run(folder, "attack", "retry", ATTEMPT);
    assertThat(same.code()).isEqualTo(1);
    assertThat(same.out()).contains("assistant:", SECRET, "succeeded");
    Cli other =
        Cli.run(folder, "attack", "retry", ATTEMPT, "--text", "What is the time?", "--times", "3");
    assertThat(other.code()).isZero();
    assertThat(other.out().lines().filter(l -> l.contains("resisted"))).hasSize(3);
  }

  @Test
  void anAttackShrinksToItsKey() {
    Cli result = Cli.run(folder, "attack", "minimise", ATTEMPT, "--trials", "5");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines().findFirst().orElse("")).contains("key").hasSizeLessThan(8);
    assertThat(result.out()).contains("before: 5 of 5", "now:    5 of 5");
  }

  @Test
  void whatIsNotThereIsSaidInOneLine() {
    Cli none = Cli.run(folder, "attack", "retry", "run/secret-leak/direct/77");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("has no attempt").hasLineCount(1);
    Cli pass = Cli.run(folder, "attack", "minimise", "nothing");
    assertThat(pass.code()).isEqualTo(2);
    assertThat(pass.err()).contains("ids look like run/secret-leak/direct/0");
  }
}
