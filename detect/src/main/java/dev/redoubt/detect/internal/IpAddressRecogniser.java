package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Public IPv4 addresses; loopback, private and documentation ranges tell of nobody. */
@AutoService(Recogniser.class)
public final class IpAddressRecogniser implements Recogniser {

  private static final Pattern IPV6 =
      Pattern.compile(
          "(?<![\\w:.])[23][0-9a-fA-F]{3}+(?::{1,2}[0-9a-fA-F]{1,4}+){2,7}+(?:::)?(?![\\w:])");

  @Override
  public String type() {
    return "ip-address";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> found = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      if (!Digits.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int end = i;
      while (end < text.length() && (Digits.isDigit(text.charAt(end)) || text.charAt(end) == '.')) {
        end++;
      }
      int last = text.charAt(end - 1) == '.' ? end - 1 : end;
      boolean alone = !Digits.isWordChar(text, i - 1) && !Digits.isWordChar(text, end);
      if (alone && last - i <= 15 && isPublic(text.substring(i, last))) {
        found.add(Span.of(type(), text, i, last));
      }
      i = end;
    }
    Matcher six = IPV6.matcher(text);
    while (six.find()) {
      if (isPublicSix(six.group())) {
        found.add(Span.of(type(), text, six.start(), six.end()));
      }
    }
    return found;
  }

  /** Global unicast (2000::/3) without what is kept for documents (RFC 4291, 3849). */
  private static boolean isPublicSix(String address) {
    int gap = address.indexOf("::");
    long groups = Stream.of(address.split(":", -1)).filter(g -> !g.isEmpty()).count();
    return (gap < 0 ? groups == 8 : groups < 8 && address.indexOf("::", gap + 1) < 0)
        && !address.toLowerCase(Locale.ROOT).startsWith("2001:db8:");
  }

  private static boolean isPublic(String address) {
    String[] parts = address.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    int[] octets = new int[4];
    for (int k = 0; k < 4; k++) {
      String part = parts[k];
      if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
        return false;
      }
      octets[k] = Integer.parseInt(part);
      if (octets[k] > 255) {
        return false;
      }
    }
    // One-digit octets throughout are a version.
    return address.length() > 7 && octets[0] > 0 && octets[0] < 224 && !isSpecial(octets);
  }

  private static boolean isSpecial(int[] o) {
    return o[0] == 10
        || o[0] == 127
        || (o[0] == 172 && o[1] >= 16 && o[1] < 32)
        || (o[0] == 192 && o[1] == 168)
        || (o[0] == 169 && o[1] == 254)
        || (o[0] == 192 && o[1] == 0 && o[2] == 2)
        || (o[0] == 198 && o[1] == 51 && o[2] == 100)
        || (o[0] == 203 && o[1] == 0 && o[2] == 113);
  }
}
