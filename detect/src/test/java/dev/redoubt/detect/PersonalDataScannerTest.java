package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataScannerTest {

  /**
   * Each row is {@code type | value | text with # for the value}. Numbers are published examples.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "email | maria.lopez@example.com | Write to #.",
        "email | o'neil+shop@mail.example.co.uk | <mailto:#>",
        "email | jörg@müller.example | (#)",
        "email | a@b.io | x,#,y",
        "email | m_l-g@example.com | **#**",
        "card | 4111111111111111 | card #!",
        "card | 4111 1111 1111 1111 | card #.",
        "card | 5555-5555-5555-4444 | #",
        "card | 3782 822463 10005 | amex #",
        "card | 4111 1111 1111 1111 | # 12/27",
        "iban | DE89370400440532013000 | IBAN #",
        "iban | GB82 WEST 1234 5698 7654 32 | pay to # today",
        "iban | FR1420041010050500013M02606 | (#)",
        "phone | +49 30 901820 | call #.",
        "phone | +14155550132 | #",
        "phone | +1 (415) 555-0132 | #",
        "phone | (415) 555-0132 | dial #",
        "phone | 415-555-0132 | at #.",
        "phone | 030 901820 11 | office #",
        "phone | 0171/5550132 | #",
        "phone | 5550132 | phone: #",
        "us-ssn | 219-09-9999 | ssn #,",
        "ip-address | 81.2.69.142 | from #.",
      })
  void fires(String type, String value, String template) {
    String text = template.replace("#", value);
    List<Span> found = PersonalDataScanner.scan(text);
    assertThat(found).as(text).hasSize(1);
    assertThat(found.get(0))
        .isEqualTo(Span.of(type, text, text.indexOf(value), text.indexOf(value) + value.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Order 48213907 shipped on 2026-11-24 at 10:30.",
        "It costs 1,299.00 EUR or $1299.99 (20% off).",
        "See @maria and user@localhost and a@b",
        "DHL 1Z 999 AA1 01 2345 6784 is on its way",
        "card 4111111111111112",
        "card 1234 5678 9012 3456",
        "tracking 1Z999AA10123456784",
        "IBAN DE89370400440532013001",
        "version 1.2.3.4 and 10.0.0.1 and 192.168.1.20 and 127.0.0.1",
        "Open 9-17, 24/7, 01/02/2026, 24.11.2026",
        "id 550e8400-e29b-41d4-a716-446655440000",
        "ssn 000-12-3456, 666-12-3456, 900-12-3456",
        "0.1234567890 and 3.14159265358979",
        "GB82 is a postcode area, DE89 a train",
        "ORD-2024-000123 / INV-0004421",
        "Call our hotline: 0800 785 3531, +800 1234 5678 or 1-800-555-0199",
      })
  void quietOnNearMisses(String text) {
    assertThat(PersonalDataScanner.scan(text)).isEmpty();
  }

  @Test
  void severalTypesInOrder() {
    String text = "Ana <ana@example.com>, +34 91 123 45 67, ES9121000418450200051332";
    assertThat(PersonalDataScanner.scan(text))
        .extracting(Span::type)
        .containsExactly("email", "phone", "iban");
  }

  @Test
  void onlyTheTypesAskedFor() {
    String text = "ana@example.com 4111111111111111";
    assertThat(PersonalDataScanner.scan(text, List.of("card", "unknown")))
        .extracting(Span::type)
        .containsExactly("card");
  }

  @Test
  void knowsItsTypes() {
    assertThat(PersonalDataScanner.types())
        .contains("email", "phone", "iban", "card", "us-ssn", "ip-address");
  }
}
