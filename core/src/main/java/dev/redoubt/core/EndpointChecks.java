package dev.redoubt.core;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Checks of what goes over the wire: found here they have a line, found later a stack trace. */
final class EndpointChecks {
  /** Headers that the JDK's client refuses to take from its user. */
  private static final Set<String> OWNED_BY_THE_CLIENT =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private static final int MOST_PATH = 500;
  private static final List<String> HTTP = List.of("http", "https");

  private EndpointChecks() {}

  /** Notes what is no JSONPath at first sight; the rest is told when the target is opened. */
  static void jsonPath(YamlNode node, String path) {
    if (!path.startsWith("$") || path.length() > MOST_PATH) {
      node.problem("is no JSONPath", "write '$.answer', at most " + MOST_PATH + " characters");
    }
  }

  static String requiredUrl(YamlMap map, String key, String how) {
    return requiredUrl(map, key, how, HTTP);
  }

  static String requiredUrl(YamlMap map, String key, String how, List<String> schemes) {
    String url = map.requiredText(key, how);
    YamlNode node = map.get(key);
    if (node != null && !url.isEmpty()) {
      String wrong = wrongUrl(url, schemes);
      if (!wrong.isEmpty()) {
        node.problem(wrong, how);
      }
    }
    return url;
  }

  /** An address with a placeholder in it, which stands for something that is escaped. */
  static String templateUrl(YamlMap map, String key, String how, String placeholder) {
    String url = map.requiredText(key, how);
    YamlNode node = map.get(key);
    String wrong = wrongUrl(url.replace(placeholder, "x"), HTTP);
    if (node != null && !url.isEmpty() && !wrong.isEmpty()) {
      node.problem(wrong, how);
    }
    return url;
  }

  /** What is wrong with an address; empty when nothing is. */
  private static String wrongUrl(String url, List<String> schemes) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      if (scheme == null || !schemes.contains(scheme.toLowerCase(Locale.ROOT))) {
        return "starts with neither " + String.join(":// nor ", schemes) + "://";
      }
      if (uri.getHost() == null) {
        return "names no host of letters, digits, dots and dashes";
      }
      return uri.getPort() > 65535 || uri.getPort() == 0 ? "has no port between 1 and 65535" : "";
    } catch (URISyntaxException e) {
      return "is no URL (" + e.getReason() + ")";
    }
  }

  /** Notes a header that can't be sent; a line break in it would smuggle in another header. */
  static void header(YamlNode node, String name, String value) {
    boolean token =
        name.chars()
            .allMatch(c ->
                c < 128 && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    if (!token) {
      node.problem("is no name of a header", "use letters, digits and dashes");
    } else if (OWNED_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
      node.problem("is a header that the HTTP client sets itself", "remove it");
    }
    if (value.chars().anyMatch(c -> c != '\t' && (c < 0x20 || c == 0x7f))) {
      node.problem("has a line break or control character in its value", "remove it");
    }
  }

  /** Notes text that is no JSON; placeholders stand inside its strings and do no harm. */
  static void json(YamlNode node, String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      int values = 0;
      while (parser.nextToken() != null) {
        parser.skipChildren();
        values++;
      }
      if (values != 1) {
        node.problem("is no JSON document", "write one JSON object in quotes");
      }
    } catch (JacksonException e) {
      node.problem("is no JSON", "write a JSON object, with its names and texts in double quotes");
    }
  }
}
