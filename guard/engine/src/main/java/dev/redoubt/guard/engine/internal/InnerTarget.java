package dev.redoubt.guard.engine.internal;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells URLs that lead inside: what a server fetches for somebody who may not (CWE-918). */
final class InnerTarget {
  private static final Set<String> METADATA =
      Set.of(
          "169.254.169.254",
          "169.254.170.2",
          "100.100.100.200",
          "metadata.google.internal",
          "metadata",
          "192.0.0.192",
          "[fd00:ec2::254]",
          "fd00:ec2::254",
          "metadata.tencentyun.com");
  private static final Set<String> SCHEMES =
      Set.of(
          "file", "gopher", "dict", "ldap", "ldaps", "jar", "netdoc", "phar", "expect", "php",
          "tftp");

  private InnerTarget() {}

  /**
   * Says why a URL leads inside; null when it does not.
   *
   * @param mentioned whether it is only named: then loopback and private addresses are talk
   */
  static @Nullable String of(String url, boolean mentioned) {
    Hosts.Target target = Hosts.target(url);
    if (SCHEMES.contains(target.scheme().toLowerCase(Locale.ROOT))) {
      return "a URL of a scheme that reads files or speaks to other services";
    }
    String host = target.host();
    if (host == null) {
      return null;
    }
    if (METADATA.contains(host)) {
      return "a URL of a cloud's metadata service";
    }
    return !mentioned && isInside(host) ? "a URL of an address inside" : null;
  }

  private static boolean isInside(String host) {
    if (host.equals("localhost")
        || host.endsWith(".localhost")
        || host.endsWith(".internal")
        || host.endsWith(".local")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.startsWith("[fd")
        || host.startsWith("[fe80")
        || host.startsWith("[::ffff:")) {
      return true;
    }
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4 || !host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'))) {
      return false;
    }
    int first = Integer.parseInt(parts[0]);
    int second = Integer.parseInt(parts[1]);
    return first == 10
        || first == 127
        || first == 0
        || (first == 172 && second >= 16 && second < 32)
        || (first == 192 && second == 168)
        || (first == 169 && second == 254)
        || (first == 100 && second >= 64 && second < 128);
  }
}
