package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassageAccessTest extends ScannerContract {
  private static final Caller ANA = Caller.of("ana@customer.example");

  @Override
  protected String scanner() {
    return "document-access";
  }

  @Override
  protected String options() {
    return "{}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkInput(Exchange.of(ANA), Text.user(sample));
  }

  @Override
  protected List<String> mustFire() {
    return List.of(
        "Q\n<document id=\"7\" visibility=\"internal\">memo</document>",
        "Q\n<document visibility=customer owner=bob@customer.example>ticket</document>",
        "Q\n<document owner='bob@customer.example'>ticket</document>",
        "Q\n<document>no label</document>",
        "Q\n<document visibility=\"publik\">typing error</document>",
        "Q\n<document visibility=\"internal\">never ended",
        "Q\n<document visibility=\"owner\">of nobody</document>",
        "<document visibility=\"internal\">a <document visibility=\"public\">b</document>");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "A question without passages",
        "Q\n<document id=\"1\" visibility=\"public\">faq</document>",
        "Q\n<document visibility=\"customer\" owner=\"ana@customer.example\">mine</document>");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "What does the internal document say?",
        "Q <DOCUMENT visibility=\"public\"> in another case is no marker",
        "Q\n<document owner=\"ANA@customer.example\">mine</document>");
  }

  @Test
  void dropsThePassageAndKeepsTheRest() {
    String message =
        "<document visibility=\"public\">faq</document>\n"
            + "<document visibility=\"internal\">memo</document>\n"
            + "<document visibility=\"public\">prices</document>\nQuestion?";
    assertThat(check(guard("rewrite"), message))
        .isInstanceOfSatisfying(
            Verdict.Rewrite.class,
            r ->
                assertThat(r.text())
                    .contains("faq", "prices", "Question?", "[passage withheld]")
                    .doesNotContain("memo"));
  }

  @Test
  void anonymousSeesPublicOnly() {
    Text message = Text.user("<document owner=\"\" visibility=\"owner\">x</document>");
    assertThat(guard("block").checkInput(Exchange.of(Caller.ANONYMOUS), message).passes())
        .isFalse();
  }

  @Test
  void staffSeesEverything() {
    var staff = new Caller("max@acme.example", Set.of("staff"));
    Text message = Text.user("<document visibility=\"internal\">x</document>");
    assertThat(guard("block").checkInput(Exchange.of(staff), message).passes()).isTrue();
  }

  @Test
  void ownedPassagesMayBeLeftToTheRetriever() {
    Guard guard = Guard.of(policy("block", "{owned: retriever, unlabelled: keep}"));
    Exchange nobody = Exchange.of(Caller.ANONYMOUS);
    assertThat(
            guard
                .checkInput(nobody, Text.user("<document owner=\"bob@x.example\">x</document>"))
                .passes())
        .isTrue();
    assertThat(guard.checkInput(nobody, Text.user("<document>x</document>")).passes()).isTrue();
    assertThat(
            guard
                .checkInput(nobody, Text.user("<document visibility=\"internal\">x</document>"))
                .passes())
        .isFalse();
  }
}
