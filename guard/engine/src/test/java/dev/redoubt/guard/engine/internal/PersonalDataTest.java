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
