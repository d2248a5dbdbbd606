package dev.redoubt.guard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.Policy;
import dev.redoubt.testkit.StubEndpoint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallerTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String HS256 = "{\"alg\":\"HS256\"}";
  private static final String CLAIMS = "{\"email\":\"ana@example.org\"}";

  private static String token(String header, String claims, String key)
      throws GeneralSecurityException {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    var signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "Bearer "
        + signed
        + "."
        + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static String seen(Rig rig, String... headers) throws Exception {
    assertThat(rig.ask(false, "Hi", headers).status()).isEqualTo(200);
    return String.valueOf(rig.lastEvent().caller());
  }

  @Test
  void isReadFromTheHeaderThatThePolicyNames() throws Exception {
    try (var rig = new Rig("rules: []", Place.FRONT, StubEndpoint.builder())) {
      assertThat(seen(rig, "X-User", "ana@example.org")).isEqualTo("ana@example.org");
      assertThat(seen(rig)).isEqualTo("null");
      var twice = rig.ask(false, "Hi", "X-User", "ana@example.org", "X-User", "bob@example.org");
      assertThat(twice.status()).isEqualTo(400);
    }
  }

  @Test
  void isReadFromATokenWhoseSignatureHolds(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("key"), KEY);
    var file = folder.resolve("guard.yaml");
    Files.writeString(file, "guard: 1\ncaller: {jwtClaim: email, hmacKeyFile: key}\nrules: []\n");
    try (var rig = new Rig(Policy.read(file), Place.FRONT, StubEndpoint.builder())) {
      assertThat(seen(rig, "Authorization", token(HS256, CLAIMS, KEY)))
          .isEqualTo("ana@example.org");
      assertThat(seen(rig, "Authorization", token(HS256, CLAIMS, KEY.replace('0', '1'))))
          .isEqualTo("null");
      assertThat(seen(rig, "Authorization", token("{\"alg\":\"none\"}", CLAIMS, KEY)))
          .isEqualTo("null");
      var expired = "{\"email\":\"ana@example.org\",\"exp\":1}";
      assertThat(seen(rig, "Authorization", token(HS256, expired, KEY))).isEqualTo("null");
      assertThat(seen(rig, "Authorization", "Bearer sk-123")).isEqualTo("null");
    }
  }

  @Test
  void isBelievedWhereTheUpstreamVerifies() throws Exception {
    var policy =
        Policy.parse(
            "guard: 1\ncaller: {jwtClaim: email, verify: upstream}\nrules: []\n", "guard.yaml");
    try (var rig = new Rig(policy, Place.FRONT, StubEndpoint.builder())) {
      assertThat(seen(rig, "Authorization", token(HS256, CLAIMS, KEY.replace('0', '1'))))
          .isEqualTo("ana@example.org");
      var twice = rig.ask(false, "Hi", "Authorization", "Bearer a", "Authorization", "Bearer b");
      assertThat(twice.status()).isEqualTo(400);
    }
  }
}
