package dev.redoubt.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CallerSourceTest {
  private static final SecretKey KEY = key("0123456789abcdef0123456789abcdef");
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  private static final CallerSource VERIFIED = new CallerSource.JwtClaim("email", "groups", KEY);
  private static final CallerSource UPSTREAM = new CallerSource.JwtClaim("email", null, null);

  private static SecretKey key(String text) {
    return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  private static String token(String header, String claims, SecretKey key) {
    try {
      var url = Base64.getUrlEncoder().withoutPadding();
      String signed =
          url.encodeToString(header.getBytes(StandardCharsets.UTF_8))
              + "."
              + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return signed
          + "."
          + url.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Caller resolve(CallerSource source, String authorization) {
    return source.resolve(Map.of("Authorization", authorization)::get, 1_000);
  }

  @Test
  void readsASignedToken() {
    String token =
        token(HEADER, "{\"email\":\"ana@x.example\",\"groups\":[\"staff\"],\"exp\":1001}", KEY);
    assertThat(resolve(VERIFIED, "Bearer " + token))
        .isEqualTo(new Caller("ana@x.example", Set.of("staff")));
    assertThat(resolve(VERIFIED, "bearer " + token).id()).isEqualTo("ana@x.example");
  }

  @Test
  void whatIsNotSignedAsItShouldBeIsAnonymous() {
    String claims = "{\"email\":\"ana@x.example\"}";
    SecretKey other = key("another key of thirty-two bytes!");
    assertThat(resolve(VERIFIED, "Bearer " + token(HEADER, claims, other)))
        .isEqualTo(Caller.ANONYMOUS);
    assertThat(resolve(VERIFIED, "Bearer " + token("{\"alg\":\"none\"}", claims, KEY)))
        .isEqualTo(Caller.ANONYMOUS);
    String unsigned = token(HEADER, claims, KEY);
    assertThat(resolve(VERIFIED, "Bearer " + unsigned.substring(0, unsigned.lastIndexOf('.') + 1)))
        .isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void anExpiredTokenIsAnonymous() {
    String token = token(HEADER, "{\"email\":\"ana@x.example\",\"exp\":1000}", KEY);
    assertThat(resolve(VERIFIED, "Bearer " + token)).isEqualTo(Caller.ANONYMOUS);
    assertThat(resolve(UPSTREAM, "Bearer " + token)).isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void aTokenThatIsNotYetInForceIsAnonymous() {
    String early = token(HEADER, "{\"email\":\"ana@x.example\",\"nbf\":1001}", KEY);
    String begun = token(HEADER, "{\"email\":\"ana@x.example\",\"nbf\":1000}", KEY);
    assertThat(resolve(VERIFIED, "Bearer " + early)).isEqualTo(Caller.ANONYMOUS);
    assertThat(resolve(VERIFIED, "Bearer " + begun).id()).isEqualTo("ana@x.example");
  }

  @Test
  void aTokenThatSaysWhoTwiceIsAnonymous() {
    String claims = "{\"email\":\"ana@x.example\",\"email\":\"bob@x.example\"}";
    assertThat(resolve(UPSTREAM, "Bearer " + token(HEADER, claims, KEY)))
        .isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void anUpstreamMayVerify() {
    String token = token(HEADER, "{\"email\":\"ana@x.example\"}", key("x".repeat(32)));
    assertThat(resolve(UPSTREAM, "Bearer " + token).id()).isEqualTo("ana@x.example");
  }

  @Test
  void aHeaderNamesTheCaller() {
    CallerSource source = new CallerSource.Header("X-User");
    assertThat(source.resolve(Map.of("X-User", " ana ")::get, 0)).isEqualTo(Caller.of("ana"));
    assertThat(source.resolve(name -> null, 0)).isEqualTo(Caller.ANONYMOUS);
    assertThat(new CallerSource.None().resolve(name -> "x", 0)).isEqualTo(Caller.ANONYMOUS);
  }

  @Test
  void nonsenseIsAnonymous() {
    var random = new Random(3);
    String good = token(HEADER, "{\"email\":\"ana@x.example\"}", KEY);
    for (int i = 0; i < 5_000; i++) {
      char[] chars = ("Bearer " + good).toCharArray();
      int at = 7 + random.nextInt(chars.length - 9);
      char before = chars[at];
      chars[at] = (char) (33 + random.nextInt(90));
      if (chars[at] != before) {
        assertThat(resolve(VERIFIED, new String(chars))).isEqualTo(Caller.ANONYMOUS);
      }
    }
    assertThat(resolve(UPSTREAM, "Bearer a.b.c.d")).isEqualTo(Caller.ANONYMOUS);
    assertThat(resolve(UPSTREAM, "Basic eDp5")).isEqualTo(Caller.ANONYMOUS);
    assertThat(resolve(UPSTREAM, "Bearer " + "a".repeat(20_000))).isEqualTo(Caller.ANONYMOUS);
  }
}
