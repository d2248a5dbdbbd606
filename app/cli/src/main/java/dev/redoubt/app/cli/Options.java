package dev.redoubt.app.cli;

import dev.redoubt.core.Severity;
import dev.redoubt.core.UsageException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads option values that several commands share. */
final class Options {
  private Options() {}

  /** Reads a severity. */
  static Severity severity(String word) {
    try {
      return Severity.of(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--fail-on: " + e.getMessage(), e);
    }
  }

  /** Reads headers of the form {@code K: V}. */
  static Map<String, String> headers(List<String> lines) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new UsageException("--header: '" + line + "' is not of the form 'Name: value'");
      }
      headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    return headers;
  }

  /** Reads the base URL of an endpoint. */
  static URI baseUrl(String option, String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": '" + text + "' is no URL; write http://HOST:PORT/v1", e);
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null) {
      throw new UsageException(
          option + ": '" + text + "' is no http or https URL; write http://HOST:PORT/v1");
    }
    return uri;
  }
}
