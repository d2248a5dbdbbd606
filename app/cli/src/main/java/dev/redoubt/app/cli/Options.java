package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.ModelChoice;
import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads option values that several commands share. */
final class Options {
  /** What a header's name may be made of (RFC 9110). */
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /** A name of a variable of the environment. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]*");

  /** Headers that the HTTP client does not let others set. */
  private static final Set<String> OURS =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private Options() {}

  /** Reads a severity. */
  static Severity severity(String word) {
    try {
      return Severity.of(word.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--fail-on: " + e.getMessage(), e);
    }
  }

  /** Reads headers of the form {@code K: V}. */
  static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String name = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      // What was given may be a key: it is not repeated.
      if (!TOKEN.matcher(name).matches() || value.isEmpty()) {
        throw new UsageException(
            "--header: no name and value; write --header 'Name: value', for example"
                + " 'Authorization: Bearer …'");
      }
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw new UsageException("--header: " + name + " is set by the connection; leave it out");
      }
      if (value.chars().anyMatch(c -> c != '\t' && (c < ' ' || c > 0xff || c == 0x7f))) {
        throw new UsageException(
            "--header: the value of " + name + " holds a character that no header can carry");
      }
      if (headers.put(name, value) != null) {
        throw new UsageException("--header: " + name + " is given twice; keep one of them");
      }
    }
    return headers;
  }

  /**
   * Reads which model is asked: the local one, or one behind a URL.
   *
   * @param option names it in messages
   * @param keyVariable name of a variable; never the key itself
   */
  static ModelChoice model(
      String option, String where, @Nullable String model, String keyVariable) {
    if (!VARIABLE.matcher(keyVariable).matches()) {
      // What was given may be a key: it is not repeated.
      throw new UsageException(
          option + "-key: names a variable of the environment, such as MY_KEY, not the key itself");
    }
    if (where.equals(ModelChoice.LOCAL)) {
      if (model != null) {
        throw new UsageException(
            option + "-model: there is one local model; leave the name out, or give a URL");
      }
      return new ModelChoice(where, null, keyVariable);
    }
    return new ModelChoice(baseUrl(option, where).toString(), model, keyVariable);
  }

  /** Reads the base URL of an endpoint. */
  static URI baseUrl(String option, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          option
              + ": "
              + (text.contains("@") ? "this" : "'" + text + "'")
              + " is no URL; write http://HOST:PORT/v1",
          e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (uri.getRawUserInfo() != null) {
      throw new UsageException(
          option
              + ": the URL holds a user or password; take it out and send it with"
              + " --header 'Authorization: Basic …'");
    }
    if (!http || uri.getHost() == null) {
      throw new UsageException(
          option + ": '" + text + "' is no http or https URL; write http://HOST:PORT/v1");
    }
    if (uri.getPort() > 65_535) {
      throw new UsageException(option + ": there is no port " + uri.getPort());
    }
    return uri;
  }
}
