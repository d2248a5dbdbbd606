package dev.redoubt.guard.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsTest {
  /** As the WHATWG URL standard parses them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://example.org/a            | example.org
          https://EXAMPLE.org.             | example.org
          https:example.org                | example.org
          https:/example.org               | example.org
          https:\\\\example.org\\a         | example.org
          https:////example.org            | example.org
          //example.org/a                  | example.org
          \\\\example.org                  | example.org
          https://good.example@evil.example/ | evil.example
          https://good.example:x@evil.example | evil.example
          https://good.example%2f@evil.example | evil.example
          https://%65vil.example           | evil.example
          https://evil。example/           | evil.example
          https://ｅｖｉｌ.example/         | evil.example
          https://bücher.example           | xn--bcher-kva.example
          http://2130706433/               | 127.0.0.1
          http://0x7f000001/               | 127.0.0.1
          http://0177.0.0.1/               | 127.0.0.1
          http://127.1/                    | 127.0.0.1
          http://[::1]:80/                 | [::1]
          https://evil.example?x           | evil.example
          https://evil.example#x           | evil.example
          """)
  void readsHostsAsBrowsersDo(String url, String host) {
    assertThat(Hosts.target(url).host()).isEqualTo(host);
  }

  @Test
  void tabsAndLineBreaksInsideAreDropped() {
    assertThat(Hosts.target(" ht\ntps://ev\til.example ").host()).isEqualTo("evil.example");
  }

  @Test
  void relativeLinksHaveNoHost() {
    assertThat(Hosts.target("/help?x=1").relative()).isTrue();
    assertThat(Hosts.target("help.html").relative()).isTrue();
    assertThat(Hosts.target("#top").relative()).isTrue();
    assertThat(Hosts.target("/\\evil.example").relative()).isFalse();
    assertThat(Hosts.target("javascript:alert(1)").relative()).isFalse();
    assertThat(Hosts.target("data:image/png;base64,AA").relative()).isFalse();
  }

  @Test
  void hostsThatCannotBeReadAreNone() {
    assertThat(Hosts.target("https://a b.example/").host()).isNull();
    assertThat(Hosts.target("https://example.org:abc/").host()).isNull();
    assertThat(Hosts.target("https://1.2.3.4.5/").host()).isNull();
    assertThat(Hosts.target("https://%zz/").host()).isNull();
    assertThat(Hosts.target("https:///").host()).isNull();
  }

  @Test
  void anythingIsRead() {
    var random = new Random(7);
    String alphabet = "htps:/\\@.%[]0x7f12 \t\n#?eviléあ。&;";
    for (int i = 0; i < 20_000; i++) {
      var url = new StringBuilder(random.nextBoolean() ? "https://" : "");
      for (int n = random.nextInt(24); n > 0; n--) {
        url.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(Hosts.target(url.toString())).isNotNull();
    }
  }
}
