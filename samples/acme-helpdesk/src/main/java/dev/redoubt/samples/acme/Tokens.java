package dev.redoubt.samples.acme;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON web tokens (RFC 7519, HS256) signed with a key that is made anew for every start. */
final class Tokens {
  private static final long LIFETIME_SECONDS = 24 * 3600L;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;
  private final InstantSource clock;

  Tokens(InstantSource clock) {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    this.key = new SecretKeySpec(bytes, "HmacSHA256");
    this.clock = clock;
  }

  String issue(Customer customer) {
    long now = clock.instant().getEpochSecond();
    var header = JSON.createObjectNode().put("alg", "HS256").put("typ", "JWT");
    var claims =
        JSON.createObjectNode()
            .put("sub", customer.mail())
            .put("email", customer.mail())
            .put("iat", now)
            .put("exp", now + LIFETIME_SECONDS);
    var signed =
        ENCODER.encodeToString(JSON.writeValueAsBytes(header))
            + "."
            + ENCODER.encodeToString(JSON.writeValueAsBytes(claims));
    return signed + "." + ENCODER.encodeToString(sign(signed));
  }

  /** The e-mail address that a token vouches for; empty for a token that is not ours or expired. */
  Optional<String> mail(String token) {
    var parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      var signature = Base64.getUrlDecoder().decode(parts[2]);
      // What the header says of the algorithm is not asked: "none" and key confusion stop here.
      if (!MessageDigest.isEqual(sign(parts[0] + "." + parts[1]), signature)) {
        return Optional.empty();
      }
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      boolean inForce = claims.path("exp").asLong(0) > clock.instant().getEpochSecond();
      return inForce ? claims.path("email").asStringOpt() : Optional.empty();
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  private byte[] sign(String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
