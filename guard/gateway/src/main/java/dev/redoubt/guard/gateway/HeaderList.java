package dev.redoubt.guard.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Headers in the order in which they came; names in lower case. */
final class HeaderList {
  /** Headers of one connection, not of the message (RFC 9110, 7.6.1), and those that we set. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "http2-settings",
          "expect",
          "host",
          "content-length");

  private final List<String> names = new ArrayList<>(16);
  private final List<String> values = new ArrayList<>(16);

  void add(String name, String value) {
    names.add(name.toLowerCase(Locale.ROOT));
    values.add(value);
  }

  void set(String name, String value) {
    remove(name);
    names.add(name);
    values.add(value);
  }

  void remove(String name) {
    for (int i = names.size() - 1; i >= 0; i--) {
      if (names.get(i).equals(name)) {
        names.remove(i);
        values.remove(i);
      }
    }
  }

  /** The first value of a header. */
  @Nullable String first(String name) {
    int at = names.indexOf(name);
    return at < 0 ? null : values.get(at);
  }

  /** All values of a header. */
  List<String> all(String name) {
    var found = new ArrayList<String>(1);
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(name)) {
        found.add(values.get(i));
      }
    }
    return found;
  }

  /** Gives every header that belongs to the message and not to its connection. */
  void forEachEndToEnd(BiConsumer<String, String> taker) {
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!HOP_BY_HOP.contains(name) && !dropsOnTheWay(name)) {
        taker.accept(name, values.get(i));
      }
    }
  }

  /** Says whether a header is named by a Connection header, and so ends here. */
  boolean dropsOnTheWay(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals("connection") && names(values.get(i), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String connection, String name) {
    for (String option : connection.split(",", -1)) {
      if (option.strip().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
