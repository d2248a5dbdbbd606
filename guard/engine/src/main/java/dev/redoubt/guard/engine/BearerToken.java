package dev.redoubt.guard.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the caller from a JSON web token (RFC 7519, RFC 7515 compact form, HS256 only). */
final class BearerToken {
  private static final int LONGEST = 16_384;

  /** A claim twice is refused: the upstream, which verifies, might read the other one. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private BearerToken() {}

  static Caller caller(
      CallerSource.JwtClaim source, @Nullable String authorization, long epochSecond) {
    if (authorization == null || authorization.length() > LONGEST) {
      return Caller.ANONYMOUS;
    }
    String scheme = "Bearer ";
    if (!authorization.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return Caller.ANONYMOUS;
    }
    String[] parts = authorization.substring(scheme.length()).strip().split("\\.", -1);
    if (parts.length != 3 || !signedAsAsked(source, parts)) {
      return Caller.ANONYMOUS;
    }
    JsonNode claims = json(parts[1]);
    if (claims == null || !inForce(claims, epochSecond)) {
      return Caller.ANONYMOUS;
    }
    JsonNode id = claims.get(source.claim());
    if (id == null || !id.isString()) {
      return Caller.ANONYMOUS;
    }
    return new Caller(id.stringValue(), groups(source, claims));
  }

  private static boolean signedAsAsked(CallerSource.JwtClaim source, String[] parts) {
    SecretKey key = source.hmacKey();
    if (key == null) {
      return true;
    }
    JsonNode header = json(parts[0]);
    // The algorithm is ours to choose, not the token's: "none" and key confusion stop here.
    if (header == null || !"HS256".equals(header.path("alg").asString(""))) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      byte[] wanted = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return MessageDigest.isEqual(wanted, Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean inForce(JsonNode claims, long epochSecond) {
    JsonNode expires = claims.get("exp");
    JsonNode begins = claims.get("nbf");
    return (expires == null || (expires.isNumber() && expires.asDouble() > epochSecond))
        && (begins == null || (begins.isNumber() && begins.asDouble() <= epochSecond));
  }

  private static Set<String> groups(CallerSource.JwtClaim source, JsonNode claims) {
    String name = source.groupsClaim();
    var groups = new HashSet<String>();
    if (name != null && claims.get(name) != null) {
      for (JsonNode group : claims.get(name)) {
        if (group.isString()) {
          groups.add(group.stringValue());
        }
      }
    }
    return groups;
  }

  private static @Nullable JsonNode json(String part) {
    try {
      JsonNode node = JSON.readTree(Base64.getUrlDecoder().decode(part));
      return node != null && node.isObject() ? node : null;
    } catch (JacksonException | IllegalArgumentException e) {
      return null;
    }
  }
}
