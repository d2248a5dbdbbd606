package dev.redoubt.guard.engine.internal;

import java.io.ByteArrayOutputStream;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host of a URL as browsers do (WHATWG URL, "special" schemes), so that what the guard
 * takes for an allowed host is the host that is called: backslashes are slashes, any number of
 * slashes will do, what stands before {@code @} is a user name, dots of other scripts are dots, and
 * {@code 0x7f.1} is 127.0.0.1.
 */
final class Hosts {
  private static final int LONGEST = 255;

  /** Old rules for names turn these into other letters, those of browsers keep them. */
  private static final String READ_TWO_WAYS = "\u00DF\u1E9E\u03C2\u200C\u200D";

  private Hosts() {}

  /**
   * Where a URL leads.
   *
   * @param scheme in lower case; empty for one that takes the page's
   * @param host canonical; null when there is none or it can't be read
   * @param port as written; -1 when absent
   * @param relative whether it stays on the page's own host
   */
  record Target(String scheme, @Nullable String host, int port, boolean relative) {
    /** Says whether the port is the scheme's own. */
    boolean usualPort() {
      return port == -1
          || (port == 443 && !scheme.equals("http"))
          || (port == 80 && !scheme.equals("https"));
    }
  }

  static Target target(String url) {
    String clean = clean(url);
    int colon = schemeEnd(clean);
    String scheme = colon < 0 ? "" : clean.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = clean.substring(colon + 1).replace('\\', '/');
    boolean web = scheme.equals("http") || scheme.equals("https") || scheme.equals("ftp");
    if (!web && !rest.startsWith("//")) {
      return new Target(scheme, null, -1, scheme.isEmpty());
    }
    int start = 0;
    while (start < rest.length() && rest.charAt(start) == '/') {
      start++;
    }
    int end = start;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(start, end);
    authority = authority.substring(authority.lastIndexOf('@') + 1);
    int portAt = authority.lastIndexOf(':');
    int port = -1;
    if (portAt >= 0 && authority.indexOf(']') < portAt) {
      String digits = authority.substring(portAt + 1);
      authority = authority.substring(0, portAt);
      if (!digits.matches("[0-9]{0,5}")) {
        return new Target(scheme, null, -1, false);
      }
      port = digits.isEmpty() ? -1 : Integer.parseInt(digits);
    }
    return new Target(scheme, canonical(authority), port, false);
  }

  /** Canonical form of a host; null when it is none. */
  static @Nullable String canonical(String host) {
    String decoded = percentDecode(host);
    if (decoded == null || decoded.isEmpty() || decoded.length() > LONGEST) {
      return null;
    }
    if (decoded.startsWith("[") && decoded.endsWith("]")) {
      return decoded.toLowerCase(Locale.ROOT);
    }
    if (decoded.chars().anyMatch(c -> READ_TWO_WAYS.indexOf(c) >= 0)) {
      return null;
    }
    String ascii;
    try {
      String plain = Normalizer.normalize(decoded, Normalizer.Form.NFKC);
      ascii = IDN.toASCII(plain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (ascii.endsWith(".")) {
      ascii = ascii.substring(0, ascii.length() - 1);
    }
    if (ascii.isEmpty() || !ascii.matches("[a-z0-9._-]+")) {
      return null;
    }
    String last = ascii.substring(ascii.lastIndexOf('.') + 1);
    return last.matches("[0-9]+|0x[0-9a-f]*") ? ipv4(ascii) : ascii;
  }

  /** Reads decimal, octal and hexadecimal parts, one to four of them. */
  private static @Nullable String ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = number(parts[i]);
      boolean last = i == parts.length - 1;
      long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
      if (part < 0 || part >= limit) {
        return null;
      }
      address = last ? address + part : address + (part << (8 * (3 - i)));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static long number(String part) {
    boolean hex = part.startsWith("0x");
    boolean octal = !hex && part.length() > 1 && part.startsWith("0");
    String digits = hex ? part.substring(2) : part;
    try {
      return digits.isEmpty() ? (hex ? 0 : -1) : Long.parseLong(digits, hex ? 16 : octal ? 8 : 10);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable String percentDecode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out.write(in[i]);
        continue;
      }
      int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      out.write(high * 16 + low);
      i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Browsers drop tabs and line breaks anywhere and controls and blanks at both ends. */
  private static String clean(String url) {
    var out = new StringBuilder(url.length());
    for (int i = 0; i < url.length(); ) {
      int c = url.codePointAt(i);
      i += Character.charCount(c);
      if (c != '\t' && c != '\n' && c != '\r' && Character.getType(c) != Character.FORMAT) {
        out.appendCodePoint(c);
      }
    }
    int start = 0;
    int end = out.length();
    while (start < end && out.charAt(start) <= ' ') {
      start++;
    }
    while (end > start && out.charAt(end - 1) <= ' ') {
      end--;
    }
    return out.substring(start, end);
  }

  /** Offset of the colon after a scheme, or -1. */
  private static int schemeEnd(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == ':') {
        return i > 0 ? i : -1;
      }
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && !(i > 0 && later)) {
        return -1;
      }
    }
    return -1;
  }
}
