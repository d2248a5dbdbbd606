package dev.redoubt.guard.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.contract.Carrier.Seen;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.GuardTexts;
import dev.redoubt.testkit.GuardTexts.From;
import dev.redoubt.testkit.GuardTexts.GuardText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SameVerdictTest {
  private static final Guard GUARD = Guard.of(Policy.parse(GuardTexts.policy(), "guard.yaml"));
  private static final List<GuardText> TEXTS = GuardTexts.all();

  @Test
  void thereAreTwoHundredTextsAndEveryVerdictIsAmongThem() {
    var library = new LibraryCarrier(GUARD);
    Map<From, TreeSet<String>> actions = new EnumMap<>(From.class);
    for (GuardText text : TEXTS) {
      actions.computeIfAbsent(text.from(), f -> new TreeSet<>()).add(library.send(text).action());
    }
    assertThat(TEXTS).hasSize(200);
    assertThat(actions.get(From.USER)).contains("allow", "block");
    assertThat(actions.get(From.DOCUMENT)).contains("allow", "rewrite", "block");
    assertThat(actions.get(From.TOOL)).contains("allow", "block");
    assertThat(actions.get(From.ANSWER)).contains("allow", "rewrite", "block");
    assertThat(actions.get(From.CALL)).contains("allow", "block");
  }

  @Test
  void theGatewayGivesTheLibrarysVerdicts() throws Exception {
    same(GatewayCarrier::new);
  }

  @Test
  void langChain4jGivesTheLibrarysVerdicts() throws Exception {
    same(LangChain4jCarrier::new);
  }

  @Test
  void springAiGivesTheLibrarysVerdicts() throws Exception {
    same(SpringAiCarrier::new);
  }

  private static void same(Function<Guard, Carrier> make) throws Exception {
    var library = new LibraryCarrier(GUARD);
    var differences = new ArrayList<String>();
    try (Carrier carrier = make.apply(GUARD)) {
      for (GuardText text : TEXTS) {
        compare(text, "whole", library.send(text), carrier.send(text), differences);
        if (text.from() == From.ANSWER) {
          Seen streamed = library.stream(text);
          compare(text, "streamed", streamed, carrier.stream(text), differences);
          compare(text, "whole and streamed", library.send(text), streamed, differences);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(
      GuardText text, String how, Seen expected, Seen seen, List<String> differences) {
    boolean ruleUnknown = "?".equals(seen.rule()) || "?".equals(expected.rule());
    boolean rule =
        ruleUnknown || String.valueOf(seen.rule()).equals(String.valueOf(expected.rule()));
    // A streamed answer that is stopped half-way shows what came before the refusal.
    boolean said =
        seen.text().equals(expected.text())
            || (how.equals("streamed")
                && expected.action().equals("block")
                && seen.text().endsWith(expected.text()));
    if (!seen.action().equals(expected.action()) || !rule || !said) {
      differences.add(
          text.from()
              + " "
              + start(text.text())
              + " "
              + how
              + ": "
              + start(expected.toString())
              + " but "
              + start(seen.toString()));
    }
  }

  private static String start(String text) {
    return text.length() <= 160 ? text : text.substring(0, 160) + "…";
  }
}
