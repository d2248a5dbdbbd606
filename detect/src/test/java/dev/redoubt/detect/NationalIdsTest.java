package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Published examples of personal numbers, each beside its words, and with a digit changed. */
class NationalIdsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nl-bsn | 111222333 | My BSN is #.",
        "de-tax-id | 86095742719 | Steuer-ID: #",
        "fr-nir | 2 55 08 14 168 025 38 | numéro # (sécu)",
        "es-dni | 12345678Z | DNI #",
        "es-dni | X1234567L | su NIE es #,",
        "it-codice-fiscale | MRTMTT25D09F205Z | codice fiscale #",
        "pt-nif | 123456789 | NIF #",
        "be-rijksregister | 85.07.30-033.28 | nr #",
        "be-rijksregister | 85073003328 | rijksregister #",
        "se-personnummer | 811218-9876 | hon är #",
        "fi-hetu | 131052-308T | hetu #",
        "no-fodselsnummer | 15108695088 | fødselsnummer #",
        "dk-cpr | 211062-5629 | CPR #",
        "pl-pesel | 44051401359 | PESEL #",
        "br-cpf | 529.982.247-25 | meu CPF #",
        "in-aadhaar | 2341 2341 2346 | Aadhaar #",
        "cn-resident-id | 11010519491231002X | 身份证 #",
        "au-tfn | 123 456 782 | TFN #",
        "ca-sin | 130 692 544 | my SIN is #",
        "uk-nino | AB 12 34 56 C | NI number #",
        "za-id | 8001015009087 | ID number #",
        "ch-ahv | 756.9217.0769.85 | AHV #",
        "ro-cnp | 1630615123457 | CNP #",
        "cz-rodne-cislo | 710319/2745 | rodné číslo #",
        "tr-kimlik | 17291716060 | TC kimlik #",
        "hr-oib | 33392005961 | OIB #",
        "at-svnr | 1237 010180 | SVNR #",
        "ie-pps | 6433435F | PPS #",
        "bg-egn | 7523169263 | ЕГН #",
        "il-id | 039337423 | teudat zehut #",
        "sg-nric | S1234567D | NRIC #"
      })
  void publishedNumbersAreFound(String type, String value, String template) {
    String text = template.replace("#", value);
    assertThat(PersonalDataScanner.scan(text, List.of(type)))
        .as(text)
        .containsExactly(
            Span.of(type, text, text.indexOf(value), text.indexOf(value) + value.length()));
    assertThat(PersonalDataScanner.scan(template.replace("#", oneOff(value)), List.of(type)))
        .as("one digit off: " + oneOff(value))
        .isEmpty();
  }

  /** Changes the third digit from the end, which every check sees; a date for those without one. */
  private static String oneOff(String value) {
    char[] chars = value.toCharArray();
    boolean undated = value.equals("211062-5629");
    int wanted = undated ? 9 : value.startsWith("AB") ? 0 : 2;
    int seen = 0;
    for (int i = chars.length - 1; i >= 0; i--) {
      if (Character.isDigit(chars[i]) && seen++ == wanted) {
        chars[i] = undated ? '9' : (char) ('0' + (chars[i] - '0' + 1) % 10);
        return value.startsWith("AB") ? "GB" + value.substring(2) : new String(chars);
      }
    }
    throw new IllegalArgumentException(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Order 111222333 was paid with invoice 86095742719.",
        "tracking 44051401359, batch 8001015009087",
        "part 6433435F of the kit",
        "0x12345678Z is no number",
        "build 20261124.1234567 at 1510869507",
        "sha 12345678901234567890123456789012",
        "ISBN 978-3-16-148410-0 and EAN 4006381333931",
        "phone +47 15108695088"
      })
  void digitsWithoutTheirWordsStay(String text) {
    List<String> ids =
        PersonalDataScanner.types().stream()
            .filter(t -> t.charAt(2) == '-' && !t.equals("ip-address"))
            .toList();
    assertThat(PersonalDataScanner.scan(text, ids)).isEmpty();
  }

  @Test
  void thirtyCountriesAreKnown() {
    assertThat(PersonalDataScanner.types().stream().filter(t -> t.matches("[a-z]{2}-.*")).toList())
        .hasSizeGreaterThanOrEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "address | 12 Main Street | Send it to me, # is right.",
        "address | 221B Baker Street, London | at #.",
        "address | Hauptstraße 5, 10115 Berlin | Sie wohnt: #.",
        "address | 12 rue de la Paix, 75002 Paris | au # .",
        "address | Calle Mayor, 7 | en #",
        "address | ul. Miła 53 | na #",
        "address | Storgatan 12 | på #",
        "address | P.O. Box 1234 | at #",
        "address | EC1A 1BB | in #",
        "date-of-birth | 24.12.1980 | geboren am #",
        "date-of-birth | 5 May 1971 | born on # in Rome",
        "date-of-birth | 1980-12-24 | DOB: #",
        "ip-address | 2a00:1450:4001:81b::200e | from #."
      })
  void placesAndBirths(String type, String value, String template) {
    String text = template.replace("#", value);
    assertThat(PersonalDataScanner.scan(text))
        .as(text)
        .anySatisfy(s -> {
          assertThat(s.type()).isEqualTo(type);
          assertThat(value).contains(s.text().strip());
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "During 1971 the firm grew; in Spring 2004 it moved.",
        "The meeting is on 24.12.2026 in room 12.",
        "Chapter 3, Section 12: The Way forward",
        "Version 2 of the Road map has 5 goals.",
        "We sold 300 cars on the street.",
        "Java 21 Street of code",
        "The train leaves at 10:30 from platform 4.",
        "fe80::1 and 2001:db8::1 and ::1 and 10:30:45"
      })
  void nearMissesOfPlacesAndBirthsStay(String text) {
    assertThat(PersonalDataScanner.scan(text)).isEmpty();
  }
}
