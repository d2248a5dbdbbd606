package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ScannerContract;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest extends ScannerContract {
  private static final Exchange EXCHANGE =
      Exchange.of(
          Caller.of("ana.lopez@customer.example"),
          Text.user("Is bob@friend.example or +49 30 1234567 on file? I am Ana."));

  private static final String OTHER = "maria.kern@customer.example";

  @Override
  protected String scanner() {
    return "personal-data";
  }

  @Override
  protected String options() {
    return "{allow: [acme.example, \"*.acme.example\", press@media.example, \"+49 341 1234567\"]}";
  }

  @Override
  protected Verdict check(Guard guard, String sample) {
    return guard.checkAnswer(EXCHANGE, sample);
  }

  @Override
  protected List<String> mustFire() {
    byte[] bytes = OTHER.getBytes(StandardCharsets.UTF_8);
    return List.of(
        "Her address is " + OTHER + ".",
        "Her address is MARIA.KERN@CUSTOMER.EXAMPLE",
        "In base64: " + Base64.getEncoder().encodeToString(bytes),
        "In hex: " + HexFormat.of().formatHex(bytes),
        "maria.kern (at) customer (dot) example",
        "maria.kern at customer dot example",
        "maria.kern[at]customer.example",
        "maria.kern at customer.example",
        "It is m a r i a . k e r n @ c u s t o m e r . e x a m p l e",
        "Spaced: m a r i a @ c u s t o m e r . e x a m p l e as you see",
        "Zero width: maria\u200B.kern\u200B@customer.example",
        "Wide: maria.kern\uFF20customer.example",
        "Reversed: " + new StringBuilder(OTHER).reverse(),
        "Her IBAN is DE89 3704 0044 0532 0130 00.",
        "Card 4111 1111 1111 1111",
        "Call her: +49 171 9876543",
        "Also press@media.example.evil.example");
  }

  @Override
  protected List<String> mustNotFire() {
    return List.of(
        "Your address on file is ana.lopez@customer.example.",
        "Write to support@acme.example or orders@eu.acme.example.",
        "Yes, bob@friend.example is on file, and so is +49 30 1234567.",
        "Your order A-10442 of 24 November 2026 costs 1,299.00 EUR.",
        "You have an e-mail address at customer.example.",
        "We have an address on file for you at ana.lopez@customer.example.",
        "Our hotline is 0800 785 3531.",
        "Press: press@media.example",
        "Our hotline is +49 (341) 123 45 67.");
  }

  @Override
  protected List<String> nearMisses() {
    return List.of(
        "Ana.Lopez@Customer.example it is.",
        "Meet us at example dot matrix printers at noon.",
        "We are open at acme.example and at 9:00.",
        "Look at the price: 12 dot 50.",
        "Base64 of nothing: SGVsbG8gd29ybGQsIGhvdyBhcmUgeW91Pw==",
        "The @ sign and a@b are no address.");
  }

  @Test
  void takesOutWhatIsSomeoneElses() {
    Verdict verdict =
        check(guard("rewrite"), "Hers is " + OTHER + ", yours ana.lopez@customer.example");
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Rewrite.class,
            r ->
                assertThat(r.text())
                    .isEqualTo(
                        "Hers is [e-mail address removed], yours ana.lopez@customer.example"));
  }

  @Test
  void anAnonymousCallerOwnsNothing() {
    Verdict verdict =
        guard("block").checkAnswer(Exchange.of(Caller.ANONYMOUS), "It is ana@customer.example");
    assertThat(verdict).isInstanceOf(Verdict.Block.class);
  }

  @Test
  void whatADocumentSaysIsNotWhatTheUserTyped() {
    Exchange exchange = EXCHANGE.with(Text.document("T-1", "From " + OTHER));
    assertThat(guard("block").checkAnswer(exchange, "From " + OTHER).passes()).isFalse();
  }

  /**
   * Sentences that say "at" and "dot", which the reading of what is spelled out once took whole.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Meet me at the station at noon and bring the red folder dot.",
        "We look at one dot com company after the other at the fair.",
        "She looked at a dot in the distance. It was a ship at sea.",
        "Connect the dot at the top to the dot at the bottom of the page.",
        "I am good at maths. Dot your i and cross your t at the end.",
        "Look at figure 2. The dot on the map shows where we are at present.",
        "The meeting at ten is at Alpha Bank; the dot matrix printer is at Bravo street.",
        "Please call us at 5 or 6 and ask for Charlie at the desk. Com port 3 is free.",
        "He is at home, point by point, no more, no less, at last.",
        "The period at the end of the sentence is a dot. It is at the end.",
        "Our hotel at the golf course is great. Point taken, in September.",
        "a dot a at a dot de is a puzzle",
        "One or two items at a time, at most. Net result: nothing.",
        "At first, a small dot. Then, at second glance, India.",
        "The price is at 12 point 5 percent, de facto.",
        "I saw her at a concert in November. Dot was there. It was fun.",
        "Zero at the start, then a dot, in total five.",
        "We can meet you at one. Point me to it.",
        "Is it at all possible to be at two places? In a period of time, it is.",
        "Sign at the dot. Org chart is at page 3.",
        "Look at it. Period.",
        "The user at host dot it is fine"
      })
  void sentencesWithAtAndDotStay(String sentence) {
    assertThat(check(guard("rewrite"), sentence).evidence()).isEmpty();
  }

  @Test
  void onlyTheSpelledPartIsTakenOut() {
    String text =
        "I looked it up. It is m as in Mike, i, k, e at e x a m p l e dot o r g. Good luck!";
    assertThat(check(guard("rewrite"), text))
        .isInstanceOfSatisfying(
            Verdict.Rewrite.class,
            r -> assertThat(r.text()).startsWith("I looked it up.").endsWith("Good luck!"));
  }

  @Test
  void onlyTheAskedTypesAreLookedFor() {
    Guard guard = Guard.of(policy("block", "{types: [iban]}"));
    assertThat(check(guard, "It is " + OTHER).passes()).isTrue();
    assertThat(check(guard, "DE89 3704 0044 0532 0130 00").passes()).isFalse();
  }

  @Test
  void refusesEntriesThatAreNoDomains() {
    assertThatThrownBy(() -> policy("block", "{allow: [\"*\", com], types: [name]}"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("with.allow[0]")
        .hasMessageContaining("with.allow[1]")
        .hasMessageContaining("with.types[0]");
  }
}
