package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.PlantedFact;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes header values out of what a target says, since many a target repeats the key that it
 * refuses, and what it says goes onto the tape and into reports. Thread-safe.
 */
final class HeaderMask {
  /** Shorter values are ordinary words, and masking those would only make messages unreadable. */
  private static final int FEWEST = 6;

  /** Only these headers are masked in replies: another one, a user's name say, may be a leak. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(".*(authorization|key|token|secret|password|cookie).*");

  private final List<String> all;
  private final List<String> credentials;

  private HeaderMask(List<String> all, List<String> credentials) {
    this.all = all;
    this.credentials = credentials;
  }

  static HeaderMask of(Endpoint endpoint) {
    List<Map<String, String>> headers =
        Stream.concat(
                Stream.of(endpoint.headers()),
                endpoint.identities().stream().map(identity -> identity.headers()))
            .toList();
    Set<String> every = new TreeSet<>();
    Set<String> secret = new TreeSet<>();
    for (Map<String, String> some : headers) {
      some.forEach((name, value) -> {
        every.addAll(parts(value));
        if (CREDENTIAL.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
          secret.addAll(parts(value));
        }
      });
    }
    // What was planted must stay visible: it is what verdicts are made of.
    List<PlantedFact> facts = endpoint.groundTruth().facts();
    secret.removeIf(value -> facts.stream().anyMatch(f -> f.value().contains(value)));
    return new HeaderMask(longestFirst(every), longestFirst(secret));
  }

  /** The whole value, and what follows a scheme such as {@code Bearer}. */
  private static List<String> parts(String value) {
    return Stream.of(value, value.substring(value.lastIndexOf(' ') + 1))
        .filter(part -> part.length() >= FEWEST)
        .toList();
  }

  private static List<String> longestFirst(Set<String> values) {
    return values.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** For a message about a failure: no header value is left in it. */
  String inMessage(String message) {
    return masked(message, all);
  }

  /** For a reply: no credential is left in it. */
  String inReply(String text) {
    return masked(text, credentials);
  }

  private static String masked(String text, List<String> values) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, "(hidden)");
    }
    return masked;
  }
}
