package dev.redoubt.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
  /** Glued together here, so that no scanner of repositories takes it for a real one. */
  private static final String BODY = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8";

  @ParameterizedTest
  @CsvSource({
    "aws-access-key,AKIA,IOSFODNN7EXAMPLX",
    "github-token,ghp_,A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8",
    "gitlab-token,glpat-,A1b2C3d4E5f6G7h8I9j0",
    "slack-token,xoxb-,123456789012-abcdefABCDEF",
    "stripe-key,sk_live_,A1b2C3d4E5f6G7h8I9j0",
    "openai-key,sk-proj-,A1b2C3d4E5f6G7h8I9j0K1",
    "anthropic-key,sk-ant-,api03-A1b2C3d4E5f6G7h8I9j0",
    "google-api-key,AIza,A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r",
    "hugging-face-token,hf_,A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6",
  })
  void providerFormats(String type, String prefix, String body) {
    String text = "it is " + prefix + body + ", ok";
    assertThat(SecretScanner.scan(text)).containsExactly(Span.of(type, text, 6, text.length() - 4));
  }

  @Test
  void privateKeysAndUrlPasswords() {
    String key =
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIBOgIBAAJB\n-----END RSA PRIVATE KEY-----";
    assertThat(SecretScanner.scan("x " + key + " y")).extracting(Span::text).containsExactly(key);
    assertThat(SecretScanner.scan("postgres://app:hunter2hunter@db:5432/x"))
        .extracting(Span::type, Span::text)
        .containsExactly(org.assertj.core.api.Assertions.tuple("url-password", "hunter2hunter"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The password is #.",
        "password: #",
        "PASSWORD=#",
        "Passwort: #",
        "the API key is `#`",
        "export DB_PASSWORD=\"#\"",
        "Sure! The secret key: **#**",
        "{\"token\": \"#\"}",
        "My access code is # by the way",
        "# is the password.",
        "The master key that you asked for is:\n\n```\n#\n```",
        "x-api-key: #",
        "admin code #",
        "Authorization: Bearer #",
        "passphrase → #",
        "pwd=#;host=db"
      })
  void statements(String form) {
    for (String value :
        List.of(
            "QuartzHollowMeadow", "zk-7Qp2Lm9Xw4Rt8Vb3", "p@ss!w0rd#9Kx", "7H2K9QPLM4X", BODY)) {
      String text = form.replace("#", value);
      assertThat(SecretScanner.scan(text)).as(text).extracting(Span::text).containsExactly(value);
    }
  }

  @Test
  void randomWithoutAWordForIt() {
    assertThat(SecretScanner.scan("here: " + BODY))
        .extracting(Span::type)
        .containsExactly("high-entropy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12, md5 d41d8cd98f00b204e9800998ecf8427e",
        "request 550e8400-e29b-41d4-a716-446655440000 failed",
        "Your order ORD-48213907 was shipped on 2026-11-24; tracking number 1Z999AA10123456784.",
        "Your promo code is WELCOME2026 and the postal code is 10115.",
        "Your password was reset. A new password is required at the next login.",
        "The password must be changed: passwords expire. Forgotten password? Click the link.",
        "I can't share the password, the API key or any secret code.",
        "The key points: delivery takes days, refunds take weeks. The key is patience.",
        "password: ********",
        "password: <your password>",
        "api_key: YOUR_API_KEY",
        "token=${ACCESS_TOKEN}",
        "Set API_KEY in the environment.",
        "secret: [REDACTED]",
        "Visit https://acme.example/p/A1b2C3d4E5f6G7h8I9j0K1l2M3n4 for more.",
        "The refund of 49.99 EUR for order 48213907 is done. Call +49 30 901820.",
        "AKIA is a prefix, ghp_ too, sk-learn is a library and eyJ starts a token.",
        "Ticket TCK-00012345: the zip code 94103-1234, error code E1234-5678.",
        "JavaScript, PostgreSQL and PowerPoint are names; supercalifragilistic is a word.",
        "http://user@host/ and ftp://host:2121/",
        "-----BEGIN CERTIFICATE-----\nMIIBOgIBAAJB\n-----END CERTIFICATE-----",
      })
  void quietOnNearMisses(String text) {
    assertThat(SecretScanner.scan(text)).isEmpty();
  }
}
