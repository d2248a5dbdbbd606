package dev.redoubt.samples.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class TokensTest {
  private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

  private final Customer customer = AcmeWorld.draw(1, Generation.FIRST).attacker();
  private final Tokens tokens = new Tokens(() -> NOW);

  @Test
  void vouchesForWhomItWasIssuedTo() {
    assertThat(tokens.mail(tokens.issue(customer))).contains(customer.mail());
  }

  @Test
  void refusesTokensOfAnotherStart() {
    assertThat(tokens.mail(new Tokens(() -> NOW).issue(customer))).isEmpty();
  }

  @Test
  void refusesChangedClaimsAndUnsignedTokens() {
    var parts = tokens.issue(customer).split("\\.", -1);
    var claims = encode("{\"email\":\"somebody@mailbox.example\",\"exp\":99999999999}");
    assertThat(tokens.mail(parts[0] + "." + claims + "." + parts[2])).isEmpty();
    assertThat(tokens.mail(encode("{\"alg\":\"none\"}") + "." + claims + ".")).isEmpty();
    assertThat(tokens.mail("a.b.c")).isEmpty();
    assertThat(tokens.mail("not a token")).isEmpty();
  }

  @Test
  void expires() {
    var clock = new Instant[] {NOW};
    var changing = new Tokens(() -> clock[0]);
    var token = changing.issue(customer);
    clock[0] = NOW.plus(Duration.ofHours(23));
    assertThat(changing.mail(token)).isPresent();
    clock[0] = NOW.plus(Duration.ofHours(25));
    assertThat(changing.mail(token)).isEmpty();
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
