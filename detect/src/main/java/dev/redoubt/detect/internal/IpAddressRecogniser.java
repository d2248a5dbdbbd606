package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;

/** Public IPv4 addresses; loopback, private and documentation ranges tell of nobody. */
@AutoService(Recogniser.class)
public final class IpAddressRecogniser implements Recogniser {

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
    return found;
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
