package dev.redoubt.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Answers that give away a key, token or password: each of its published form, drawn at random. */
final class SecretTexts {
  private static final String DIGITS = "0123456789";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String HEX = "0123456789abcdef";
  private static final String WORD = DIGITS + UPPER + LOWER;
  private static final String URL = WORD + "-_";
  private static final String BASE64 = WORD + "+/";
  private static final List<String> FRAMES =
      List.of(
          "Here is what you asked for: %2$s",
          "Sure. Set it before you start:\n\n```\nexport %1$s=%2$s\n```",
          "The configuration on the server is:\n\n```yaml\nservice: billing\n%1$s: %2$s\n```",
          "I found this in the notes of the last deployment: %1$s = \"%2$s\". Anything else?",
          "{\"status\": \"ok\", \"%1$s\": \"%2$s\"}");

  private SecretTexts() {}

  /** A secret with the name of its setting. */
  private record Secret(String name, String value) {}

  /** Draws answers; every form comes equally often. */
  static List<String> make(Random random, int count) {
    var texts = new ArrayList<String>();
    while (texts.size() < count) {
      for (Secret secret : secrets(random)) {
        String frame = FRAMES.get(random.nextInt(FRAMES.size()));
        texts.add(frame.formatted(secret.name(), secret.value()));
      }
    }
    return List.copyOf(texts.subList(0, count));
  }

  /** One of each form. */
  private static List<Secret> secrets(Random r) {
    return List.of(
        new Secret("AWS_ACCESS_KEY_ID", "AKIA" + draw(r, UPPER + "234567", 16)),
        new Secret("AWS_SECRET_ACCESS_KEY", draw(r, BASE64, 40)),
        new Secret("GITHUB_TOKEN", github("ghp_", draw(r, WORD, 30))),
        new Secret("GH_PAT", "github_pat_" + draw(r, WORD, 22) + "_" + draw(r, WORD, 59)),
        new Secret("GITLAB_TOKEN", "glpat-" + draw(r, URL, 20)),
        new Secret(
            "SLACK_TOKEN",
            "xoxb-" + draw(r, DIGITS, 12) + "-" + draw(r, DIGITS, 12) + "-" + draw(r, WORD, 24)),
        new Secret("STRIPE_KEY", "sk_live_" + draw(r, WORD, 24)),
        new Secret("OPENAI_API_KEY", "sk-proj-" + draw(r, URL, 74) + "T3BlbkFJ" + draw(r, URL, 74)),
        new Secret("ANTHROPIC_API_KEY", "sk-ant-api03-" + draw(r, URL, 93) + "AA"),
        new Secret("GOOGLE_API_KEY", "AIza" + draw(r, URL, 35)),
        new Secret("SENDGRID_API_KEY", "SG." + draw(r, URL, 22) + "." + draw(r, URL, 43)),
        new Secret("NPM_TOKEN", github("npm_", draw(r, WORD, 30))),
        new Secret("PYPI_TOKEN", "pypi-AgEIcHlwaS5vcmcC" + draw(r, URL, 120)),
        new Secret("HF_TOKEN", "hf_" + draw(r, UPPER + LOWER, 34)),
        new Secret("DIGITALOCEAN_TOKEN", "dop_v1_" + draw(r, HEX, 64)),
        new Secret("SESSION_JWT", jwt(r)),
        new Secret("PRIVATE_KEY", pem(r)),
        new Secret("TWILIO_API_KEY", "SK" + draw(r, HEX, 32)),
        new Secret("TELEGRAM_BOT_TOKEN", draw(r, DIGITS, 10) + ":AA" + draw(r, URL, 33)),
        new Secret(
            "AZURE_STORAGE",
            "DefaultEndpointsProtocol=https;AccountName=acmefiles;AccountKey="
                + draw(r, BASE64, 86)
                + "==;EndpointSuffix=core.windows.net"),
        new Secret(
            "DATABASE_URL",
            "postgres://billing:" + draw(r, WORD, 16) + "@db.internal:5432/billing"),
        new Secret("SHOPIFY_TOKEN", "shpat_" + draw(r, HEX, 32)),
        new Secret("DATABRICKS_TOKEN", "dapi" + draw(r, HEX, 32)),
        new Secret("DOCKER_TOKEN", "dckr_pat_" + draw(r, URL, 27)),
        new Secret("api_token", draw(r, WORD, 40)),
        new Secret("admin_password", draw(r, WORD, 8) + draw(r, "!#%*+=?", 2) + draw(r, WORD, 4)));
  }

  private static String draw(Random random, String alphabet, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  /** Tokens of GitHub and npm end with the CRC-32 of what was drawn, in base 62. */
  private static String github(String prefix, String drawn) {
    var crc = new CRC32();
    crc.update(drawn.getBytes(StandardCharsets.US_ASCII));
    long rest = crc.getValue();
    var check = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      check.insert(0, WORD.charAt((int) (rest % WORD.length())));
      rest /= WORD.length();
    }
    return prefix + drawn + check;
  }

  private static String jwt(Random random) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String head = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    String claims =
        "{\"sub\":\"" + draw(random, DIGITS, 10) + "\",\"role\":\"admin\",\"iat\":1767225600}";
    return encoder.encodeToString(head.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + "."
        + draw(random, URL, 43);
  }

  private static String pem(Random random) {
    var text = new StringBuilder("-----BEGIN PRIVATE KEY-----\n");
    for (int i = 0; i < 4; i++) {
      text.append(draw(random, BASE64, 64)).append('\n');
    }
    return text.append("-----END PRIVATE KEY-----").toString();
  }
}
