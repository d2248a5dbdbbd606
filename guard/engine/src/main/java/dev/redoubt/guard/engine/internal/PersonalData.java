package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.DecodeLimits;
import dev.redoubt.detect.Decoded;
import dev.redoubt.detect.Decoders;
import dev.redoubt.detect.NormalisedText;
import dev.redoubt.detect.Normaliser;
import dev.redoubt.detect.PersonalDataScanner;
import dev.redoubt.detect.Span;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps addresses and numbers of other people out of answers. */
@AutoService(Scanner.class)
public final class PersonalData implements Scanner {
  private static final DecodeLimits DECODING = new DecodeLimits(2, 64, 500_000);

  /** {@code ana (at) example (dot) org}, {@code ana at example dot org}. */
  private static final Pattern WORDED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._%+-])([\\p{L}\\p{N}._%+-]{1,64}+)"
              + "(?: ?[\\[({] ?(?:at|@) ?[\\])}] ?| at | ?@ ?)"
              + "((?:[\\p{L}\\p{N}-]{1,63}+(?: ?[\\[({] ?(?:dot|\\.) ?[\\])}] ?| dot |\\.)){1,4}"
              + "[\\p{L}]{2,24}+)",
          Pattern.CASE_INSENSITIVE);

  /** {@code a n a @ e x a m p l e . o r g}. */
  private static final Pattern SPACED =
      Pattern.compile(
          "(?<!\\S)(?:[\\p{L}\\p{N}._%+-]\\s){2,64}+@(?:\\s[\\p{L}\\p{N}.-](?=\\s|$)){4,128}+");

  /** A phone, account or card number of the company itself. */
  private static final Pattern NUMBER =
      Pattern.compile("[+(0-9][0-9 ()./+-]{5,30}+|[a-z]{2}[0-9]{2}[0-9a-z ]{10,40}+");

  /** Ends of most addresses, beside those of countries, and those kept for examples. */
  private static final Set<String> USUAL_ENDS =
      Set.of(
          "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "app",
          "dev", "shop", "store", "online", "site", "cloud", "tech", "xyz", "email", "mail", "blog",
          "club", "live", "agency", "digital", "example", "test", "invalid", "local");

  private static final Pattern AT = Pattern.compile(" ?[\\[({]? ?\\b(?:at|@)\\b ?[\\])}]? ?| ?@ ?");
  private static final Pattern DOT =
      Pattern.compile(" ?[\\[({]? ?\\b(?:dot)\\b ?[\\])}]? ?| ?[\\[({] ?\\. ?[\\])}] ?");

  /** {@code ana.lopez}, {@code ana_42}: letters with what no word has inside. */
  private static final Pattern NO_WORD =
      Pattern.compile("(?=.*\\p{L}).*[\\p{L}\\p{N}][._+\\p{N}].*");

  @Override
  public String name() {
    return "personal-data";
  }

  @Override
  public String title() {
    return "E-mail addresses, phone, account and card numbers of other people in an answer";
  }

  @Override
  public String explanation() {
    return """
    Options: types (default all but person), allow (mail domains such as example.org,
    *.example.org for those below it, whole addresses, and numbers of the company itself, each
    as it is written: "+49 30 901820", "030 901820"). What stays: the caller's own id,
    what the user typed in this conversation, what is allowed. Numbers count with their check
    digits, and beside the words that tell what they are where digits alone are too common;
    postal addresses with a street and its number; dates after words for a birth. E-mail
    addresses are also found in base64, hex, percent-encoding, entities, spaced, spelled out, and
    as "ana at example dot org". Who may read which document has to be settled where documents
    are retrieved.\
    """;
  }

  @Override
  public List<String> kinds() {
    return List.copyOf(PersonalDataScanner.types());
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer("names of people, unless types lists person", "Maria Kern ordered it."),
        Limit.answer(
            "a description that points to one person", "The only dentist in Neudorf called."),
        Limit.answer("numbers without the words that tell what they are", "It is 123456782."),
        Limit.answer("a street without a number", "She lives near the market in Storgatan."),
        Limit.answer("order, customer and case numbers", "Her order is ORD-48213907."),
        Limit.answer("numbers that are spelled out", "Her card is four one one one and so on."),
        Limit.of("what the user asks about by himself: what he typed in this conversation stays"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("types", "allow"));
    Set<String> known = PersonalDataScanner.types();
    Set<String> types = new TreeSet<>(known);
    // A name is no secret in most answers, and who asks about Einstein may hear his.
    types.remove("person");
    if (options.get("types") != null) {
      types.clear();
      for (YamlNode item : options.list("types")) {
        types.add(item.asOneOf(List.copyOf(known), ""));
      }
      types.remove("");
    }
    var allow = new ArrayList<String>();
    for (YamlNode item : options.list("allow")) {
      String entry = Plain.fold(item.asText("example.org"));
      boolean number = NUMBER.matcher(entry).matches();
      if (!number && !entry.matches("(?:[^@\\s*]+@|\\*\\.)?[^@\\s*.]+(?:\\.[^@\\s*.]+)+")) {
        item.problem(
            "is no mail domain, address or number",
            "such as example.org, *.example.org, help@example.org, \"+49 30 901820\"");
      }
      allow.add(number ? alphanumeric(entry) : entry);
    }
    return new Others(Set.copyOf(types), List.copyOf(allow));
  }

  /** In running words "at example dot matrix" is no address, "at example dot com" is one. */
  private static boolean endsInUse(String address) {
    String end = address.substring(address.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return end.length() == 2 || USUAL_ENDS.contains(end);
  }

  private static String alphanumeric(String folded) {
    return folded.replaceAll("[^0-9a-z]", "");
  }

  private record Others(Set<String> types, List<String> allow) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      Set<String> own = own(exchange);
      var hits = new ArrayList<Hit>();
      for (Span span : PersonalDataScanner.scan(answer, types)) {
        if (!stays(span.type(), span.text(), own)) {
          hits.add(hit(span.type(), "", span.start(), span.end()));
        }
      }
      normalised(answer, own, hits);
      if (types.contains("email")) {
        spaced(answer, own, hits);
        worded(answer, own, hits);
        encoded(answer, own, hits);
      }
      return hits;
    }

    /** What invisible, wide or look-alike characters kept from being found as it stands. */
    private void normalised(String answer, Set<String> own, List<Hit> hits) {
      NormalisedText normal = Normaliser.normalise(answer);
      if (normal.text().equals(answer)) {
        return;
      }
      int plain = hits.size();
      for (Span span : PersonalDataScanner.scan(normal.text(), types)) {
        int start = normal.originalIndex(span.start());
        int end = normal.originalEnd(span.end());
        boolean known = hits.subList(0, plain).stream().anyMatch(h -> h.overlaps(start, end));
        if (!known && !stays(span.type(), span.text(), own)) {
          hits.add(hit(span.type(), "written oddly", start, end));
        }
      }
    }

    private void spaced(String answer, Set<String> own, List<Hit> hits) {
      Matcher m = SPACED.matcher(answer);
      while (m.find()) {
        String address = m.group().replaceAll("\\s", "");
        boolean whole = PersonalDataScanner.scan(address, List.of("email")).size() == 1;
        if (whole && !stays("email", address, own)) {
          hits.add(hit("email", "spaced", m.start(), m.end()));
        }
      }
    }

    private void worded(String answer, Set<String> own, List<Hit> hits) {
      Matcher m = WORDED.matcher(answer);
      while (m.find()) {
        String found = m.group();
        // "Meet me at example.org" is no address: one of the two signs must be spelled oddly, or
        // what stands before them must be no word.
        boolean odd =
            DOT.matcher(found).find()
                || found.matches(".*[\\[({@].*")
                || NO_WORD.matcher(m.group(1)).matches();
        String address = DOT.matcher(AT.matcher(found).replaceFirst("@")).replaceAll(".");
        boolean plain = found.equals(address);
        boolean marked = found.matches(".*[\\[({@].*");
        boolean said = marked || (endsInUse(address) && SpokenAddress.isSaid(answer, m, address));
        if (odd && !plain && said && !stays("email", address, own)) {
          hits.add(hit("email", "written in words", m.start(), m.end()));
        }
      }
    }

    private void encoded(String answer, Set<String> own, List<Hit> hits) {
      for (Decoded d : Decoders.decode(answer, DECODING)) {
        // An allowed address, read backwards or by ROT13, looks like a foreign one.
        if (d.encoding().contains("rot13") || d.encoding().contains("reversed")) {
          continue;
        }
        if (d.encoding().contains("spelled")) {
          spelled(answer, d, own, hits);
          continue;
        }
        for (Span span : PersonalDataScanner.scan(d.text(), List.of("email"))) {
          if (!stays("email", span.text(), own)) {
            hits.add(hit("email", d.encoding(), d.start(), d.end()));
            break;
          }
        }
      }
    }

    private void spelled(String answer, Decoded d, Set<String> own, List<Hit> hits) {
      SpokenAddress.Joined joined = SpokenAddress.join(d.text());
      for (Span span : PersonalDataScanner.scan(joined.text(), List.of("email"))) {
        int start = d.originalIndex(joined.at(span.start()));
        int end = d.originalEnd(joined.at(span.end() - 1) + 1);
        if (SpokenAddress.isSpelled(answer, start, end, span.text())
            && endsInUse(span.text())
            && !stays("email", span.text(), own)) {
          hits.add(hit("email", d.encoding(), start, end));
        }
      }
    }

    private boolean stays(String type, String value, Set<String> own) {
      String key = key(type, value);
      if (own.contains(key)) {
        return true;
      }
      return type.equals("email")
          ? allow.stream().anyMatch(entry -> allows(entry, key))
          : allow.contains(key);
    }

    private static boolean allows(String entry, String address) {
      String domain = address.substring(address.lastIndexOf('@') + 1);
      if (entry.startsWith("*.")) {
        return domain.endsWith(entry.substring(1));
      }
      return entry.indexOf('@') >= 0 ? entry.equals(address) : entry.equals(domain);
    }

    private Set<String> own(Exchange exchange) {
      var own = new HashSet<String>();
      own.add(Plain.fold(exchange.caller().id()));
      for (String said : exchange.textsOf(Role.USER)) {
        PersonalDataScanner.scan(said, types).forEach(s -> own.add(key(s.type(), s.text())));
      }
      return own;
    }

    private static String key(String type, String value) {
      String folded = Plain.fold(value);
      return type.equals("email") ? folded : alphanumeric(folded);
    }

    private static Hit hit(String type, String how, int start, int end) {
      String what = words(type);
      String why = what + " of someone else" + (how.isEmpty() ? "" : " (" + how + ")");
      return new Hit(start, end, why, "[" + what + " removed]");
    }

    private static String words(String type) {
      return switch (type) {
        case "email" -> "e-mail address";
        case "phone" -> "phone number";
        case "iban" -> "account number";
        case "card" -> "card number";
        case "address" -> "postal address";
        case "date-of-birth" -> "date of birth";
        case "person" -> "name";
        case "ip-address" -> "IP address";
        default -> "personal number (" + type + ")";
      };
    }
  }
}
