package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Postal addresses: a street with its number as English, German, Dutch, Scandinavian, Romance and
 * Slavic addresses write it, post boxes, post codes beside their word or country, and what follows
 * "lives at" and the like. A street without a number is none.
 */
@AutoService(Recogniser.class)
public final class AddressRecogniser implements Recogniser {
  private static final int FLAGS = 0;

  /** How far from a digit an address reaches to either side. */
  private static final int REACH = 100;

  private static final String WORD =
      "(?:\\p{Lu}[\\p{L}\\p{N}'’.-]{0,24}+|[0-9]{1,3}(?:st|nd|rd|th))";
  private static final String NUMBER = "(?:[0-9]{1,6}[A-Za-z]?(?:[-/][0-9]{1,4}[A-Za-z]?)?)";
  private static final String UNIT =
      "(?:[,\\s]{1,3}(?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|apt|suite|unit|flat|#)\\.? ?[A-Za-z]?[0-9]{1,5}[A-Za-z]?){0,2}";

  /** Post code and town or state after a street. */
  private static final String TAIL =
      "(?:[,\\s]{1,3}(?:[A-Z]{1,2}-)?[0-9]{4,6}(?:-[0-9]{3,4})?(?: [A-Z]{2})?(?: "
          + WORD
          + "){0,2})?";

  private static final List<Pattern> FORMS =
      List.of(
          // 12 Main Street, 221B Baker St, Apt. 4
          Pattern.compile(
              "(?<![\\p{L}\\p{N}.,-])(?:[0-9]{1,6} )?"
                  + NUMBER
                  + ",? (?:"
                  + WORD
                  + " ){0,4}"
                  + "(?:"
                  + WORD
                  + " )(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court"
                  + "|Ct|Place|Pl|Square|Sq|Squares|Terrace|Way|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Crescent"
                  + "|Close|Gardens|Row|Walk|Alley|Trail|Loop|Plaza|Prairie|Mews|Grove|Hill|Park|Quay|Rise"
                  + "|Street|Gate|Green|View|Mount|Meadow|Crest|Creek|Ridge|Run|Turnpike|Tce|Esplanade|Parade"
                  + "|street|avenue|road|boulevard|lane|drive|court|terrace|crescent)\\b\\.?"
                  + UNIT
                  + "(?:[,\\s]{1,3}"
                  + WORD
                  + "(?: "
                  + WORD
                  + ")?,? [A-Z]{2}\\.?(?: [0-9]{5}(?:-[0-9]{4})?)?)?"
                  + TAIL,
              FLAGS),
          // Hauptstraße 5, Nieuwe Baan 473, Storgatan 12
          Pattern.compile(
              "(?<![\\p{L}\\p{N}])(?:[0-9]{1,6} )?(?:"
                  + WORD
                  + " )?\\p{Lu}?[\\p{L}'’.-]{1,30}?"
                  + "(?:stra(?:ß|ss)e|str\\.|gasse|weg|platz|allee|damm|ufer|gata|gatan|vägen|väg|veien|vei"
                  + "|vegen|vej|vejen|gade|gaten|stræde|straat|laan|plein|kade|dreef|singel|steeg|baan|katu"
                  + "|kuja|polku|utca|brauta?|stræti|straeti|gränd|torget|bakken|stien|løkka| gate| Wei)"
                  + " ?"
                  + NUMBER
                  + "\\b\\.?"
                  + UNIT
                  + TAIL,
              FLAGS),
          // Piroska u. 97, Rákóczi út 13, Pavla Radića trg 4
          Pattern.compile(
              "(?<![\\p{L}\\p{N}])(?:[0-9]{1,6} )?(?:"
                  + WORD
                  + " ){1,3}(?:utca|u\\.|út|tér|trg|rkp\\.|körút|sokak|caddesi"
                  + "|cesta|nábřeží|náměstí) ?"
                  + NUMBER
                  + "\\b\\.?"
                  + UNIT
                  + TAIL,
              FLAGS),
          // 2224 Trenerys gate 232, on a line of its own
          Pattern.compile(
              "(?m)^[> ]{0,4}[0-9]{1,6} \\p{Lu}[\\p{L}'’.-]{1,24}+(?: [\\p{L}'’.-]{1,20}+){0,3} [0-9]{1,4}[,.]?$",
              FLAGS),
          // Rue de la Paix 12, Via Roma 3, Calle Mayor, 7, ul. Miła 53
          Pattern.compile(
              "(?<![\\p{L}\\p{N}])(?:[0-9]{1,6} )?(?:Rue|Avenue|Av\\.?|Avda\\.?|Boulevard|Bd|Place|Allée|Chemin|Quai"
                  + "|Impasse|Via|Viale|Piazza|Corso|Vicolo|Largo|Calle|C/|Avenida|Paseo|Carrer|Plaza|Camino"
                  + "|Rua|Travessa|Praça|Alameda|Quadra|Estrada|ul\\.|ulica|al\\.|aleja|os\\.|pl\\.|Strada|Str\\.|ulice"
                  + "|Ulica|Ulice|Rúa|Bulevar|Cours|Route|Jalan|Jl\\.)"
                  + "(?: (?:de|la|du|des|del|della|dei|di|da|do|dos|das|le|les|las|los|el|e|y|et|l['’]|d['’]|"
                  + WORD
                  + ")){1,7}?"
                  + ",? ?(?:n[º°o.]\\.? ?|nr\\.? ?)?"
                  + NUMBER
                  + "\\b"
                  + UNIT
                  + TAIL,
              FLAGS),
          // 12 rue de la Paix, 5 bis avenue Foch
          Pattern.compile(
              "(?<![\\p{L}\\p{N}.])"
                  + NUMBER
                  + "(?: (?:bis|ter))?,? (?:[0-9]{1,4} )?(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Pp]lace"
                  + "|[Aa]llée|[Cc]hemin|[Qq]uai|[Ii]mpasse|[Rr]oute|[Cc]ours|[Aa]v|[Bb]d)\\.? (?:(?:de|la|du|des|le|les|d['’]|l['’]|et) ?){0,3}"
                  + WORD
                  + "(?: "
                  + WORD
                  + "){0,3}"
                  + UNIT
                  + TAIL,
              FLAGS),
          // P.O. Box 12, PSC 6293, Box 8158, APO AP 04336
          Pattern.compile(
              "(?i)(?<![\\p{L}\\p{N}])(?:p\\.? ?o\\.? ?box [0-9]{1,6}|(?:psc|unit|cmr) [0-9]{1,5},? box [0-9]{1,5}"
                  + "|us[nc][a-z]{1,3} [\\p{L}-]{2,20}|postfach [0-9][0-9 ]{1,8}|apartado(?: de correos)? [0-9]{1,6})"
                  + "(?:[,\\s]{1,3}[afd]po,? a[ape] [0-9]{5})?",
              FLAGS),
          Pattern.compile("\\b[AFD]PO,? A[APE] [0-9]{5}\\b"),
          // Apt. 316
          Pattern.compile("\\b(?:Apt|Apartment|Suite|apt|suite)\\.? [0-9]{1,5}\\b"),
          // zip code 90010-170, PLZ 10115, EC1A 1BB
          Pattern.compile(
              "(?i)(?<=zip: |zip |zip code is |zip code |zip code: |postcode |postcode: |postal code |postal code: "
                  + "|postal code is |postcode is |plz |plz: |code postal |code postal : |cap |código postal )"
                  + "(?=[a-z0-9-]{0,6}[0-9])[a-z0-9]{2,7}(?:[ -][a-z0-9]{2,5})?\\b"),
          Pattern.compile(
              "(?<![\\p{L}\\p{N}])[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}(?![\\p{L}\\p{N}])"));

  /** What follows it is an address when a number is in it. */
  private static final Pattern CUE =
      Pattern.compile(
          "(?i)(?<![\\p{L}\\p{N}])(?:address(?: of [^.\\n]{1,40}?)?(?: is|:|\\? it is)|live[sd]? (?:at|on|in)|living at|resid(?:es?|ing) at"
              + "|located at|(?:restaurant|office|shop|store|clinic|station|school|house) is (?:at|on)|meet (?:me|you|us|him|her|them) at"
              + "|(?:letter|parcel|package|order) arrived at|must enter on|stop at|sent to|new one to|(?:ship|deliver|send|moved?|mail) (?:it |them |this )?to|drops you off at"
              + "|wohnhaft(?: in)?|anschrift:?|adresse(?: est|:| ist|:)?|dirección(?: es|:)?|vive en|indirizzo:?|morada:?|endereço:?)\\s{1,3}"
              + "(?:the corner of )?");

  private static final Pattern REST =
      Pattern.compile(
          "(?:[,\\s>]{1,5}\\p{Lu}[\\p{L}.'’ -]{1,30}+){0,3}(?:[,\\s>]{1,5}[A-Z]{2,3})?[,\\s>]{1,4}[0-9]{4,6}(?:-[0-9]{3,4})?(?![\\p{L}\\p{N}])",
          FLAGS);

  private static final int LONGEST_AFTER_CUE = 120;

  @Override
  public String type() {
    return "address";
  }

  @Override
  public List<Span> find(String text) {
    List<Span> claims = new ArrayList<>();
    for (int digit = nextDigit(text, 0); digit >= 0; ) {
      int from = Math.max(0, digit - REACH);
      int to = digit;
      // Digits whose reaches meet share one window.
      while (digit >= 0 && digit <= to + 2 * REACH) {
        to = digit;
        digit = nextDigit(text, digit + 1);
      }
      int end = Math.min(text.length(), to + REACH);
      if (text.substring(from, end).chars().anyMatch(Character::isLetter)) {
        forms(text, from, end, claims);
      }
    }
    claims.replaceAll(c -> extended(text, c));
    Matcher cue = CUE.matcher(text);
    while (cue.find()) {
      int end = endAfterCue(text, cue.end());
      if (end > cue.end()) {
        claims.add(Span.of(type(), text, cue.end(), end));
      }
    }
    return merged(text, claims);
  }

  private static int nextDigit(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Digits.isDigit(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  private void forms(String text, int from, int to, List<Span> claims) {
    for (Pattern form : FORMS) {
      Matcher m =
          form.matcher(text).useTransparentBounds(true).useAnchoringBounds(false).region(from, to);
      while (m.find()) {
        int end = m.end();
        while (end > m.start() && !Character.isLetterOrDigit(text.charAt(end - 1))) {
          end--;
        }
        claims.add(Span.of(type(), text, m.start(), end));
      }
    }
  }

  /** With the flat, the town and the code that may follow on the next lines. */
  private Span extended(String text, Span claim) {
    Matcher rest = REST.matcher(text).region(claim.end(), text.length());
    return rest.lookingAt() ? Span.of(type(), text, claim.start(), rest.end()) : claim;
  }

  /** Up to the end of the sentence or block; -1 when no street and number stand there. */
  private static int endAfterCue(String text, int from) {
    int limit = Math.min(text.length(), from + LONGEST_AFTER_CUE);
    int i = from;
    boolean digit = false;
    boolean capital = false;
    while (i < limit && "?!;\"()<>@=".indexOf(text.charAt(i)) < 0) {
      char c = text.charAt(i);
      boolean stop =
          c == '.'
              && i + 1 < limit
              && Character.isWhitespace(text.charAt(i + 1))
              && i - from > 3
              && i > 4
              && Character.isLetterOrDigit(text.charAt(i - 3))
              && Character.isLowerCase(text.charAt(i - 1))
              && Character.isUpperCase(text.charAt(Math.min(limit - 1, i + 2)));
      if (stop || text.startsWith("\n\n", i)) {
        break;
      }
      digit |= Digits.isDigit(c);
      capital |= Character.isUpperCase(c);
      i++;
    }
    char first = from < text.length() ? text.charAt(from) : ' ';
    boolean begins = Digits.isDigit(first) || Character.isUpperCase(first);
    while (i > from && !Character.isLetterOrDigit(text.charAt(i - 1))) {
      i--;
    }
    return digit && capital && begins && i - from >= 6 ? i : -1;
  }

  private List<Span> merged(String text, List<Span> claims) {
    claims.sort(Comparator.comparingInt(Span::start));
    List<Span> merged = new ArrayList<>();
    for (Span claim : claims) {
      Span last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && claim.start() <= last.end()) {
        merged.set(
            merged.size() - 1,
            Span.of(type(), text, last.start(), Math.max(last.end(), claim.end())));
      } else {
        merged.add(claim);
      }
    }
    return merged;
  }
}
