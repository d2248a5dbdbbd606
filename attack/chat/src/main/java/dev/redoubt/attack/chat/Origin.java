package dev.redoubt.attack.chat;

import java.net.URI;
import java.util.Locale;

/** Origins of addresses: scheme, host and port (RFC 6454). */
final class Origin {
  private Origin() {}

  /** The port of an address, that of its scheme where it names none. */
  static int port(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    return uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
  }

  /** Says whether two addresses are of one origin. */
  static boolean same(URI one, URI other) {
    return of(one).equals(of(other));
  }

  /** The same for an address that may be none. */
  static boolean same(URI one, String other) {
    try {
      return same(one, URI.create(other));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private static String of(URI uri) {
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port(uri)).toLowerCase(Locale.ROOT);
  }
}
