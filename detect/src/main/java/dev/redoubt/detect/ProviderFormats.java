package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * Formats of credentials that their providers publish so that scanners can know them.
 *
 * <p>Sources: the providers' own documentation and the secret-scanning partner list of GitHub.
 */
final class ProviderFormats {
  private static final String WORD = "-_";

  /**
   * A prefix and what follows it.
   *
   * @param more characters beside letters and digits that may follow
   * @param least fewest characters after the prefix
   * @param most most characters after the prefix
   */
  private record Format(String type, String prefix, String more, int least, int most) {}

  private static final List<Format> FORMATS =
      List.of(
          new Format("aws-access-key", "AKIA", "", 16, 16),
          new Format("aws-access-key", "ASIA", "", 16, 16),
          new Format("github-token", "ghp_", "", 30, 255),
          new Format("github-token", "gho_", "", 30, 255),
          new Format("github-token", "ghu_", "", 30, 255),
          new Format("github-token", "ghs_", "", 30, 255),
          new Format("github-token", "ghr_", "", 30, 255),
          new Format("github-token", "github_pat_", "_", 40, 255),
          new Format("gitlab-token", "glpat-", WORD, 20, 64),
          new Format("slack-token", "xoxb-", "-", 20, 200),
          new Format("slack-token", "xoxp-", "-", 20, 200),
          new Format("slack-token", "xoxa-", "-", 20, 200),
          new Format("slack-token", "xoxs-", "-", 20, 200),
          new Format("slack-token", "xapp-", "-", 20, 200),
          new Format("stripe-key", "sk_live_", "", 16, 255),
          new Format("stripe-key", "sk_test_", "", 16, 255),
          new Format("stripe-key", "rk_live_", "", 16, 255),
          new Format("anthropic-key", "sk-ant-", WORD, 20, 255),
          new Format("openai-key", "sk-proj-", WORD, 20, 255),
          new Format("openai-key", "sk-", "", 32, 255),
          new Format("google-api-key", "AIza", WORD, 35, 35),
          new Format("google-oauth-secret", "GOCSPX-", WORD, 20, 64),
          new Format("hugging-face-token", "hf_", "", 30, 64),
          new Format("npm-token", "npm_", "", 36, 36),
          new Format("pypi-token", "pypi-", WORD, 50, 255),
          new Format("sendgrid-key", "SG.", "-_.", 40, 80),
          new Format("digitalocean-token", "dop_v1_", "", 64, 64),
          new Format("vault-token", "hvs.", WORD, 20, 255),
          new Format("databricks-token", "dapi", "", 32, 34),
          new Format("shopify-token", "shpat_", "", 32, 32),
          new Format("json-web-token", "eyJ", "-_.", 40, 8192));

  private ProviderFormats() {}

  static List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (i > 0 && Ascii.isAlnum(text.charAt(i - 1))) {
        i++;
        continue;
      }
      int end = -1;
      for (Format format : FORMATS) {
        if (text.startsWith(format.prefix(), i)) {
          end = end(text, i, format);
          if (end > 0) {
            found.add(Span.of(format.type(), text, i, end));
            break;
          }
        }
      }
      i = Math.max(i + 1, end);
    }
    return found;
  }

  private static int end(String text, int from, Format format) {
    int start = from + format.prefix().length();
    int i = start;
    while (i < text.length()
        && i - start <= format.most()
        && (Ascii.isAlnum(text.charAt(i)) || format.more().indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    while (i > start && !Ascii.isAlnum(text.charAt(i - 1))) {
      i--;
    }
    int length = i - start;
    if (length < format.least() || length > format.most()) {
      return -1;
    }
    String body = text.substring(start, i);
    boolean token = !format.prefix().equals("eyJ") || body.indexOf('.') != body.lastIndexOf('.');
    return token && body.chars().distinct().count() >= 6 ? i : -1;
  }
}
