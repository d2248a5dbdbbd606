package dev.redoubt.detect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every kind of credential by its own examples, which its YAML carries. */
class SecretKindsTest {
  private static final String BASE62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final Pattern TEMPLATE = Pattern.compile("\\{([A-Za-z0-9]+)(?::([0-9]+))?\\}");

  private static List<YamlMap> kinds() {
    YamlProblems problems = new YamlProblems("secret-kinds.yaml");
    return YamlNode.parse(SecretKinds.text(), problems).asMap("kinds").list("kinds").stream()
        .map(YamlNode::asOpenMap)
        .toList();
  }

  /** Puts random characters where an example names them; the same ones in each run. */
  static String expanded(String template, Random random) {
    Matcher m = TEMPLATE.matcher(template);
    StringBuilder out = new StringBuilder();
    while (m.find()) {
      int n = m.group(2) == null ? 0 : Integer.parseInt(m.group(2));
      String value =
          switch (m.group(1)) {
            case "hex" -> drawn("0123456789abcdef", n, random);
            case "dec" -> "1" + drawn("0123456789", n - 1, random);
            case "b36" -> drawn("abcdefghijklmnopqrstuvwxyz0123456789", n, random);
            case "b62" -> drawn(BASE62, n, random);
            case "b64" -> drawn(BASE62 + "+/", n - 1, random) + "Q";
            case "b64u" -> "k" + drawn(BASE62 + "-_", n - 2, random) + "Q";
            case "B32" -> drawn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", n, random);
            case "bech32" -> drawn("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", n, random);
            case "uuid" ->
                Stream.of(8, 4, 4, 4, 12)
                    .map(k -> drawn("0123456789abcdef", k, random))
                    .reduce((a, b) -> a + "-" + b)
                    .orElseThrow();
            case "login" ->
                java.util.Base64.getEncoder()
                    .encodeToString(("anna:" + drawn(BASE62, 16, random)).getBytes(UTF_8));
            case "github" -> withChecksum(drawn(BASE62, n - 6, random));
            default -> throw new IllegalArgumentException(m.group());
          };
      m.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return m.appendTail(out).toString();
  }

  private static String withChecksum(String body) {
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return body + SecretEntropy.base62(crc.getValue());
  }

  private static String drawn(String from, int n, Random random) {
    return random
        .ints(n, 0, from.length())
        .mapToObj(i -> from.substring(i, i + 1))
        .reduce("", String::concat);
  }

  @TestFactory
  Stream<DynamicTest> firesStaysQuietAndTellsTheNextThing() {
    return kinds().stream().map(k -> DynamicTest.dynamicTest(k.text("id", ""), () -> examples(k)));
  }

  private static void examples(YamlMap kind) {
    String id = kind.text("id", "");
    Random random = new Random(id.hashCode());
    for (int i = 0; i < 20; i++) {
      String fires = expanded(kind.text("fires", ""), random);
      for (String text :
          List.of(
              fires, "It is: " + fires + ".", "{\"a\": \"" + fires + "\"}", "x\n" + fires + "\n")) {
        assertThat(SecretScanner.scan(text)).as(text).extracting(Span::type).contains(id);
      }
      String near = expanded(kind.text("near", ""), random);
      assertThat(SecretKinds.find(near)).as(near).extracting(Span::type).doesNotContain(id);
    }
    assertThat(SecretKinds.find(kind.text("quiet", ""))).isEmpty();
  }

  @Test
  void formsAreBoundedSoThatMatchingIsLinear() {
    for (YamlMap kind : kinds()) {
      String form = kind.text("form", "");
      String outside = form.replaceAll("\\\\.", "").replaceAll("\\[[^]]*\\]", "");
      assertThat(outside).as(form).doesNotContainPattern("[*]|[^?]\\+|\\.|\\{[0-9]+,\\}");
      assertThat(SecretKinds.possessive(form).pattern())
          .as(form)
          .doesNotContainPattern("\\}(?!\\+)");
    }
    assertThat(kinds()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(kinds()).extracting(k -> k.text("id", "")).doesNotHaveDuplicates();
  }

  @Test
  void whatHasARightChecksumNeedsNoEntropy() {
    String body = withChecksum("EXAMPLEEXAMPLEabcabcabcabcabca");
    assertThat(SecretKinds.find("ghp_" + body)).extracting(Span::type).contains("github-token");
    assertThat(SecretKinds.find("ghp_" + "EXAMPLEEXAMPLEabcabcabcabcabca000000")).isEmpty();
  }
}
