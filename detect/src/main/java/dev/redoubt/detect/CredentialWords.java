package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Words that name a credential, and words that keep others from doing so. */
final class CredentialWords {
  /** Words that mean nothing but a credential, with the type that they give to a span. */
  private static final Map<String, String> PLAIN =
      Map.ofEntries(
          Map.entry("password", "password"),
          Map.entry("passwd", "password"),
          Map.entry("pwd", "password"),
          Map.entry("passphrase", "password"),
          Map.entry("passcode", "password"),
          Map.entry("passwort", "password"),
          Map.entry("kennwort", "password"),
          Map.entry("contraseña", "password"),
          Map.entry("codeword", "password"),
          Map.entry("credential", "credential"),
          Map.entry("pin", "pin"),
          Map.entry("apikey", "api-key"),
          Map.entry("passkey", "key"),
          Map.entry("masterkey", "key"),
          Map.entry("accesskey", "key"),
          Map.entry("secretkey", "key"),
          Map.entry("accesscode", "code"),
          Map.entry("keycode", "code"),
          Map.entry("zugangscode", "code"),
          Map.entry("otp", "code"));

  /** Ends of the compounds that German and hurried English make. */
  private static final List<String> ENDINGS =
      List.of("password", "passwort", "kennwort", "schlüssel", "passcode");

  /** Words that mean one beside others. */
  private static final Map<String, String> BROAD =
      Map.ofEntries(
          Map.entry("key", "key"),
          Map.entry("code", "code"),
          Map.entry("secret", "secret"),
          Map.entry("token", "token"),
          Map.entry("bearer", "token"),
          Map.entry("override", "code"),
          Map.entry("canary", "canary"),
          Map.entry("pass", "password"),
          Map.entry("passe", "password"),
          Map.entry("phrase", "secret"),
          Map.entry("schlüssel", "key"),
          Map.entry("clave", "key"),
          Map.entry("authorization", "token"),
          Map.entry("combination", "code"));

  private static final Set<String> OTHER_CODES =
      Set.of(
          "zip",
          "postal",
          "post",
          "postcode",
          "status",
          "error",
          "country",
          "currency",
          "source",
          "qr",
          "bar",
          "dress",
          "area",
          "exit",
          "http",
          "https",
          "response",
          "product",
          "item",
          "order",
          "tracking",
          "language",
          "morse",
          "color",
          "colour",
          "promo",
          "promotion",
          "promotional",
          "discount",
          "voucher",
          "coupon",
          "gift",
          "reason",
          "ticket",
          "article",
          "part",
          "serial",
          "catch",
          "key-value",
          "primary",
          "foreign",
          "sort",
          "swift",
          "bic");

  private static final Set<String> OTHER_USES =
      Set.of(
          "points",
          "point",
          "facts",
          "rules",
          "features",
          "information",
          "takeaways",
          "limit",
          "limits",
          "count",
          "budget",
          "block",
          "blocks",
          "snippet",
          "review",
          "examples",
          "sample",
          "base",
          "words",
          "person",
          "people",
          "part",
          "aspects",
          "value",
          "values",
          "combination",
          "combinations",
          "binding",
          "bindings");

  private static final Set<String> ABOUT =
      Set.of(
          "reset",
          "resets",
          "policy",
          "policies",
          "requirements",
          "manager",
          "field",
          "length",
          "rules",
          "change",
          "changes",
          "rotation",
          "hash",
          "strength");

  /** Words that stand where a password could and tell of one instead. */
  private static final Set<String> NO_VALUES =
      Set.of(
          "required",
          "confidential",
          "unknown",
          "available",
          "incorrect",
          "invalid",
          "expired",
          "forgotten",
          "protected",
          "encrypted",
          "sensitive",
          "case-sensitive",
          "important",
          "optional",
          "necessary",
          "mandatory",
          "supplied",
          "provided",
          "requested",
          "something",
          "whatever",
          "anything",
          "everything",
          "internal",
          "personal",
          "private",
          "protection",
          "disclosed",
          "revealed",
          "generated",
          "randomly",
          "temporary",
          "changeable",
          "different",
          "unavailable",
          "undefined",
          "disabled",
          "customer",
          "customers",
          "instructions",
          "information",
          "documents",
          "document",
          "question",
          "questions",
          "redacted",
          "withheld",
          "authenticated",
          "authorized",
          "authorised",
          "verified",
          "username",
          "password",
          "passwords",
          "characters",
          "numbers",
          "security",
          "assistant",
          "helpdesk",
          "politeness",
          "honesty",
          "accuracy",
          "following",
          "incorrectly",
          "correctly",
          "together",
          "absolutely",
          "authentication",
          "verification",
          "encryption",
          "rewritten",
          "stored",
          "management");

  private CredentialWords() {}

  /** Type of the credential that a token names; null when it names none. */
  static @Nullable String type(String token) {
    for (String part : parts(token)) {
      String type = PLAIN.getOrDefault(part, BROAD.get(part));
      if (type != null) {
        return type;
      }
      if (isCompound(part)) {
        return "password";
      }
    }
    return null;
  }

  /** Says whether a token names a credential whatever stands beside it: password, DB_SECRET. */
  static boolean isPlain(String token) {
    List<String> parts = parts(token);
    return parts.stream().anyMatch(p -> PLAIN.containsKey(p) || isCompound(p))
        || (parts.size() > 1 && parts.stream().anyMatch(BROAD::containsKey));
  }

  private static boolean isCompound(String part) {
    return ENDINGS.stream().anyMatch(e -> part.length() > e.length() && part.endsWith(e));
  }

  /** Says whether a token is made of words for a credential, as names of variables are. */
  static boolean isNameOfOne(String token) {
    return type(token) != null;
  }

  /** Says whether a word before "code" or "key" makes it something that is no credential. */
  static boolean makesOther(String word) {
    return OTHER_CODES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Says whether a word after "code" or "key" makes it something that is no credential. */
  static boolean makesOtherAfter(String word) {
    return OTHER_USES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Says whether a word after "password" makes it the topic rather than the thing. */
  static boolean isAbout(String word) {
    return ABOUT.contains(word.toLowerCase(Locale.ROOT));
  }

  static boolean isNoValue(String word) {
    return NO_VALUES.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Parts of snake_case, kebab-case and camelCase, in lower case and singular. */
  private static List<String> parts(String token) {
    List<String> parts = new ArrayList<>(2);
    if (token.length() > 40) {
      return parts;
    }
    int from = 0;
    for (int i = 0; i <= token.length(); i++) {
      boolean end = i == token.length();
      boolean separator = !end && !Character.isLetterOrDigit(token.charAt(i));
      boolean hump =
          !end
              && i > from
              && Character.isUpperCase(token.charAt(i))
              && Character.isLowerCase(token.charAt(i - 1));
      if (end || separator || hump) {
        if (i > from) {
          parts.add(singular(token.substring(from, i).toLowerCase(Locale.ROOT)));
        }
        from = separator ? i + 1 : i;
      }
    }
    return parts;
  }

  private static String singular(String word) {
    boolean plural = word.length() > 4 && word.endsWith("s") && !word.endsWith("ss");
    return plural ? word.substring(0, word.length() - 1) : word;
  }
}
