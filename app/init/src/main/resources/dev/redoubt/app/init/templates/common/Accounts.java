import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Who may call: log-in by password, and tokens that the server alone can make. */
final class Accounts {
  private static final long LIFETIME_SECONDS = 8 * 3600;
  private static final int MOST_FAILURES = 20;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** The account of a caller. Everything that is read or done on his behalf is bound to it. */
  record Caller(String id, String mail, String tenant, boolean staff) {}

  private final Map<String, Caller> byMail = new LinkedHashMap<>();
  private final Map<String, String> hashes = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final SecretKeySpec key;

  private Accounts() {
    var random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, "HmacSHA256");
  }

  static Accounts load(Path file) throws IOException {
    var accounts = new Accounts();
    for (Object entry : (List<?>) Json.read(Files.readString(file))) {
      var caller =
          new Caller(
              Json.text(entry, "id"),
              Json.text(entry, "mail"),
              Json.text(entry, "tenant"),
              Json.text(entry, "role").equals("staff"));
      accounts.byMail.put(caller.mail(), caller);
      accounts.hashes.put(caller.mail(), Json.text(entry, "password"));
    }
    return accounts;
  }

  /** A token for a user; empty where user or password are wrong, or guessed at too often. */
  Optional<String> login(String mail, String password) throws GeneralSecurityException {
    Caller caller = byMail.get(mail);
    // An unknown user costs the same time as a known one, or the time would tell.
    String hash = hashes.getOrDefault(mail, "pbkdf2:600000:00:00");
    boolean right = fits(password, hash);
    if (caller == null || failures.getOrDefault(mail, 0) >= MOST_FAILURES) {
      return Optional.empty();
    }
    if (!right) {
      failures.merge(mail, 1, Integer::sum);
      return Optional.empty();
    }
    failures.remove(mail);
    return Optional.of(token(caller));
  }

  /** Whose token it is; empty for one that is not ours or has expired. */
  Optional<Caller> caller(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      // What the header says of the algorithm is not asked: "none" and key confusion stop here.
      if (parts.length != 3
          || !MessageDigest.isEqual(
              sign(parts[0] + "." + parts[1]), Base64.getUrlDecoder().decode(parts[2]))) {
        return Optional.empty();
      }
      Object claims = Json.read(decode(parts[1]));
      boolean inForce =
          Json.at(claims, "exp") instanceof Number exp
              && exp.longValue() > System.currentTimeMillis() / 1000;
      return inForce ? Optional.ofNullable(byMail.get(Json.text(claims, "email"))) : Optional.empty();
    } catch (IllegalArgumentException | Json.Malformed | GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private String token(Caller caller) throws GeneralSecurityException {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("sub", caller.id());
    claims.put("email", caller.mail());
    claims.put("exp", System.currentTimeMillis() / 1000 + LIFETIME_SECONDS);
    String signed =
        encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + encode(Json.write(claims));
    return signed + "." + ENCODER.encodeToString(sign(signed));
  }

  private byte[] sign(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean fits(String password, String hash) throws GeneralSecurityException {
    String[] parts = hash.split(":");
    byte[] salt = HexFormat.of().parseHex(parts[2]);
    byte[] found =
        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(
                new PBEKeySpec(password.toCharArray(), salt, Integer.parseInt(parts[1]), 256))
            .getEncoded();
    return MessageDigest.isEqual(found, HexFormat.of().parseHex(parts[3]));
  }

  private static String encode(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }
}
