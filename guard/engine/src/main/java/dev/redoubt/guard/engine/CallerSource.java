package dev.redoubt.guard.engine;

import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * How the guard learns who calls.
 *
 * @since 0.1.0
 */
public sealed interface CallerSource {
  /** Nobody says: every caller is anonymous. */
  record None() implements CallerSource {}

  /**
   * A header that a trusted proxy sets; anyone who reaches the guard past that proxy can claim to
   * be anybody.
   *
   * @param name name of the header
   */
  record Header(String name) implements CallerSource {}

  /**
   * A claim of the JSON web token in {@code Authorization: Bearer}.
   *
   * @param claim claim that holds the e-mail address or subject
   * @param groupsClaim claim that lists groups; absent when there is none
   * @param hmacKey key that the token's HS256 signature is verified with; absent when the upstream
   *     verifies, which must then refuse a forged token
   */
  record JwtClaim(String claim, @Nullable String groupsClaim, @Nullable SecretKey hmacKey)
      implements CallerSource {}

  /**
   * Finds the caller of a request. Whatever is absent, malformed, expired or not signed as it
   * should be gives {@link Caller#ANONYMOUS}.
   *
   * @param header looks up a request header by name, null when absent
   * @param epochSecond the time, in seconds since 1970
   */
  default Caller resolve(Function<String, @Nullable String> header, long epochSecond) {
    return switch (this) {
      case None n -> Caller.ANONYMOUS;
      case Header h -> {
        String value = header.apply(h.name());
        yield value == null ? Caller.ANONYMOUS : Caller.of(value);
      }
      case JwtClaim j -> BearerToken.caller(j, header.apply("Authorization"), epochSecond);
    };
  }
}
