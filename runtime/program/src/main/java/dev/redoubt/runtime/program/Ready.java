package dev.redoubt.runtime.program;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program says of itself when it is ready.
 *
 * @param concurrency requests that may be under way at a time
 * @param stateless a target that needs nothing but the history in each request
 * @param components types of components that an assessor looks at
 */
record Ready(
    String name,
    @Nullable String version,
    int concurrency,
    boolean stateless,
    List<String> components) {
  static final int PROTOCOL = 1;
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  private static final int MOST_CONCURRENCY = 1024;

  Ready {
    components = List.copyOf(components);
  }

  static Ready of(Message message, Role role) throws ProgramException {
    int protocol = message.count("protocol");
    if (protocol != PROTOCOL) {
      throw message.bad("'protocol' must be " + PROTOCOL + ", not " + protocol);
    }
    String word = message.text("role");
    if (!word.equals(role.word())) {
      throw message.bad(
          "it was asked to be a "
              + role.word()
              + " and says that it is '"
              + Text.oneLine(word, 40)
              + "'");
    }
    Integer concurrency = message.optionalCount("concurrency");
    if (concurrency != null && (concurrency < 1 || concurrency > MOST_CONCURRENCY)) {
      throw message.bad("'concurrency' must be 1 to " + MOST_CONCURRENCY + ", not " + concurrency);
    }
    var ready =
        new Ready(
            message.word("name", NAME),
            message.optionalWord("version", NAME),
            concurrency == null ? 1 : concurrency,
            role == Role.TARGET && message.flag("stateless"),
            role == Role.ASSESSOR ? message.texts("components") : List.of());
    message.end();
    return ready;
  }
}
