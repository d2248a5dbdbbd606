package dev.redoubt.runtime.target;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cookies of one conversation, beside those of the account that speaks in it. */
final class CookieJar {
  private static final int MOST_COOKIES = 100;

  private final CookieManager cookies =
      new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);
  private String account = "";

  /**
   * The header to send.
   *
   * @param given the account's own cookies as a header value; may be empty
   * @return empty for none
   */
  String header(URI uri, String given) throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    pairs(given, all);
    if (!given.equals(account)) {
      // A new log-in: what the target had set in the name of the old one is over.
      var store = cookies.getCookieStore();
      for (HttpCookie kept : List.copyOf(store.getCookies())) {
        if (all.containsKey(kept.getName())) {
          store.getURIs().forEach(at -> store.remove(at, kept));
          store.remove(null, kept);
        }
      }
      account = given;
    }
    for (String header : cookies.get(uri, Map.of()).getOrDefault("Cookie", List.of())) {
      pairs(header, all);
    }
    var pairs = all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    return String.join("; ", pairs);
  }

  private static void pairs(String header, Map<String, String> all) {
    for (String pair : header.split(";\\s*", -1)) {
      int end = pair.indexOf('=');
      // The JDK writes attributes such as $Version for cookies of RFC 2965, which nobody reads.
      if (end > 0 && !pair.startsWith("$")) {
        all.put(pair.substring(0, end), pair.substring(end + 1));
      }
    }
  }

  /** Keeps what the target set. */
  void take(URI uri, HttpHeaders headers) throws IOException {
    if (cookies.getCookieStore().getCookies().size() < MOST_COOKIES) {
      cookies.put(uri, headers.map());
    }
  }
}
