package dev.redoubt.app.init;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Fills the blanks of a template: <code>{{kind:NAME}}</code> stands for a value that is drawn from
 * the seed, the same wherever the same kind and name stand.
 *
 * <p>Kinds: {@code key}, {@code memo}, {@code order}, {@code mail}, {@code password}, and {@code
 * hash}: of the password of that name, as the template's servers check it.
 */
final class TemplateBlanks {
  /** Iterations of PBKDF2-HMAC-SHA256 (OWASP Password Storage Cheat Sheet). */
  private static final int ITERATIONS = 600_000;

  private static final int BITS = 256;
  private static final Pattern BLANK =
      Pattern.compile("\\{\\{(key|memo|order|mail|password|hash):([A-Za-z0-9_]{1,40})}}");

  private final long seed;
  private final String template;

  TemplateBlanks(long seed, String template) {
    this.seed = seed;
    this.template = template;
  }

  String fill(String text) {
    return BLANK.matcher(text).replaceAll(match -> value(match.group(1), match.group(2)));
  }

  /** Letters, digits, dots, dashes and the like: none that a replacement, JSON or YAML minds. */
  String value(String kind, String name) {
    return switch (kind) {
      case "key" -> draw(kind, name).key();
      case "memo" -> draw(kind, name).number("IM");
      case "order" -> draw(kind, name).number("OR");
      case "mail" -> draw(kind, name).mail();
      case "password" -> draw(kind, name).password();
      case "hash" -> hash(value("password", name), name);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private Draw draw(String kind, String name) {
    return new Draw(seed, "template", template, kind, name);
  }

  /** {@code pbkdf2:ITERATIONS:SALT:HASH}, the last two in hexadecimal. */
  private String hash(String password, String name) {
    try {
      byte[] salt =
          MessageDigest.getInstance("SHA-256")
              .digest((seed + "/" + name).getBytes(StandardCharsets.UTF_8));
      var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
      byte[] hash =
          factory
              .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, BITS))
              .getEncoded();
      return "pbkdf2:"
          + ITERATIONS
          + ":"
          + HexFormat.of().formatHex(salt)
          + ":"
          + HexFormat.of().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }
}
