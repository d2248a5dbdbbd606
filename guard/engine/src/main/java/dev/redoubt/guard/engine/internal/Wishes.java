package dev.redoubt.guard.engine.internal;

import dev.redoubt.detect.DecodeLimits;
import dev.redoubt.detect.Decoded;
import dev.redoubt.detect.Decoders;
import dev.redoubt.detect.PersonalDataScanner;
import dev.redoubt.detect.Span;
import dev.redoubt.detect.UrlScanner;
import dev.redoubt.detect.UrlSpan;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the user and the system said, so that a value can be traced to them. */
final class Wishes {
  private static final int FEWEST_DIGITS = 4;

  /** Most words of a value that may name a thing, such as {@code order 4711}; more is prose. */
  private static final int LONGEST_NAME = 4;

  private static final List<String> NUMBERED = List.of("phone", "iban", "card");
  private static final Pattern NOT_ADDRESS = Pattern.compile("[\\s,;<>()\\[\\]\"'|]+");
  private static final Pattern DIGIT_RUN = Pattern.compile("[0-9](?:[ ()./+-]{0,3}+[0-9])*+");

  /** A host's name without a scheme. */
  private static final Pattern HOST =
      Pattern.compile("(?:[\\p{L}0-9-]{1,63}\\.){1,8}+\\p{L}{2,24}+(?![\\p{L}0-9.-])");

  /** What files are called, not hosts. */
  private static final Pattern FILE_END =
      Pattern.compile(
          "(?i).*\\.(?:txt|md|csv|json|ya?ml|xml|html?|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|svg|zip"
              + "|gz|log|java|py|js|ts|sh|sql|exe)");

  /** A long run without blanks that is no word: a token, an account, something encoded. */
  private static final Pattern OPAQUE =
      Pattern.compile("(?=[A-Za-z+/_=-]*+[0-9])[A-Za-z0-9+/_=-]{12,}+");

  /** The same without digits: capitals in the midst of a run, as base64 has and words have not. */
  private static final Pattern MIXED =
      Pattern.compile("(?=[A-Za-z+/]*?[a-z][A-Z])(?=[A-Za-z+/]*?[A-Z]{2})[A-Za-z+/]{16,}+={0,2}+");

  private static final DecodeLimits DECODING = new DecodeLimits(2, 32, 200_000);
  private static final Pattern SEPARATORS = Pattern.compile("[,;\\n]+");

  private final String text;
  private final String compact;
  private final Set<BigDecimal> numbers;
  private final Set<String> mails;
  private final Set<String> urls;
  private final Set<String> runs;

  Wishes(String trusted) {
    text = Plain.fold(trusted);
    compact = text.replace(" ", "");
    numbers = Amounts.inText(trusted);
    mails = mails(text);
    urls = urls(trusted);
    runs =
        DIGIT_RUN
            .matcher(text)
            .results()
            .map(r -> r.group().replaceAll("[^0-9]", ""))
            .collect(Collectors.toSet());
  }

  /** Says whether each of the values that an argument lists was said as a whole. */
  boolean hold(String value) {
    if (!Amounts.readings(value).isEmpty()) {
      return holdsNumber(value);
    }
    return SEPARATORS.splitAsStream(value).filter(v -> !v.isBlank()).allMatch(this::holdsOne);
  }

  private boolean holdsOne(String value) {
    String folded = Plain.fold(value);
    if (folded.isEmpty() || holdsNumber(value)) {
      return true;
    }
    if (!mails(folded).isEmpty() || !urls(value).isEmpty()) {
      return holdsAddresses(value);
    }
    return Plain.holdsWord(text, folded) || holdsIdentifier(folded);
  }

  /** Says the same of the addresses, numbers and identifiers of a value; prose passes. */
  boolean holdSensitiveParts(String value) {
    if (!holdsAddresses(value)) {
      return false;
    }
    if (!Amounts.readings(value).isEmpty()) {
      return holdsNumber(value);
    }
    if (!holdsHosts(value) || !holdsOpaque(value) || !holdsDecoded(value)) {
      return false;
    }
    String[] words = Plain.fold(withoutNumbered(value)).split(" ", -1);
    if (words.length > LONGEST_NAME) {
      return true;
    }
    for (String word : words) {
      if (word.chars().anyMatch(Character::isDigit) && !hold(word)) {
        return false;
      }
    }
    return true;
  }

  /** Says whether a value is nothing but an address or a list of them. */
  static boolean isAddress(String value) {
    String folded = Plain.fold(value);
    if (folded.isEmpty() || folded.length() > 2_000) {
      return false;
    }
    String rest = folded;
    for (String mail : mails(folded)) {
      rest = rest.replace(mail, "");
    }
    for (String url : urls(value)) {
      rest = rest.replace(url, "");
    }
    boolean any = !rest.equals(folded);
    return any && rest.replace("mailto:", "").replaceAll("[\\s,;<>\"'()]", "").isEmpty();
  }

  private boolean holdsHosts(String value) {
    return HOST.matcher(value)
        .results()
        .map(r -> Plain.fold(r.group()))
        .filter(h -> !FILE_END.matcher(h).matches())
        .allMatch(h -> Plain.holdsWord(text, h));
  }

  private boolean holdsOpaque(String value) {
    return Stream.concat(OPAQUE.matcher(value).results(), MIXED.matcher(value).results())
        .allMatch(r -> hold(r.group()));
  }

  /** What is wrapped in base64, hex and the like is still what it is. */
  private boolean holdsDecoded(String value) {
    for (Decoded d : Decoders.decode(value, DECODING)) {
      boolean read = !d.encoding().contains("rot13") && !d.encoding().contains("reversed");
      if (read && !d.encoding().contains("spelled") && !holdsAddresses(d.text())) {
        return false;
      }
    }
    return true;
  }

  /** Phone and account numbers were looked for as a whole; their groups say nothing alone. */
  private static String withoutNumbered(String value) {
    var rest = new StringBuilder(value);
    for (Span span : PersonalDataScanner.scan(value, NUMBERED)) {
      for (int i = span.start(); i < span.end(); i++) {
        rest.setCharAt(i, ' ');
      }
    }
    return rest.toString();
  }

  private boolean holdsNumber(String value) {
    return Amounts.readings(value).stream().anyMatch(numbers::contains);
  }

  /** {@code ORD-4711} was said by whoever said {@code 4711}: the digits are what names it. */
  private boolean holdsIdentifier(String folded) {
    String digits = folded.replaceAll("[^0-9]", "");
    boolean oneRun = folded.matches("[^0-9]*+[0-9]++[^0-9]*+");
    return oneRun && digits.length() >= FEWEST_DIGITS && Plain.holdsWord(text, digits);
  }

  private boolean holdsAddresses(String value) {
    if (!mails.containsAll(mails(Plain.fold(value))) || !urls.containsAll(urls(value))) {
      return false;
    }
    for (Span span : PersonalDataScanner.scan(value, NUMBERED)) {
      String plain = Plain.fold(span.text()).replaceAll("[^0-9a-z]", "");
      String digits = plain.replaceAll("[^0-9]", "");
      if (!compact.contains(plain) && runs.stream().noneMatch(r -> r.contains(digits))) {
        return false;
      }
    }
    return true;
  }

  /** Everything with an at sign, also what no recogniser takes for a mail address. */
  private static Set<String> mails(String folded) {
    var found = new HashSet<String>();
    for (String token : NOT_ADDRESS.split(folded, -1)) {
      if (token.indexOf('@') >= 0) {
        String bare = token.startsWith("mailto:") ? token.substring("mailto:".length()) : token;
        found.add(bare.replaceAll("[.!?:]+$", ""));
      }
    }
    return found;
  }

  private static Set<String> urls(String value) {
    return UrlScanner.scan(value).stream()
        .map(UrlSpan::url)
        .map(Plain::fold)
        .collect(Collectors.toSet());
  }
}
