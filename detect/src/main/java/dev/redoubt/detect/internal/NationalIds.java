package dev.redoubt.detect.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.detect.Recogniser;
import dev.redoubt.detect.RecogniserFamily;
import dev.redoubt.detect.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Personal numbers of 30 countries: a form of fixed length, a check, and where digits alone are too
 * common, words beside them.
 */
@AutoService(RecogniserFamily.class)
public final class NationalIds implements RecogniserFamily {
  private static final Set<String> ANY =
      Set.of(
          "national id", "identity number", "id number", "personal number", "tax id", "tax number");

  private static final List<Recogniser> ALL =
      List.of(
          words(
              "nl-bsn",
              "\\d{9}|\\d{4}\\.\\d{2}\\.\\d{3}|\\d{3}[ .]\\d{3}[ .]\\d{3}",
              Checks::dutch,
              "bsn",
              "burgerservicenummer",
              "sofinummer",
              "citizen service number"),
          words(
              "de-tax-id",
              "\\d{11}|\\d{2} \\d{3} \\d{3} \\d{3}",
              Checks::german,
              "steuer-id",
              "steuerid",
              "steueridentifikationsnummer",
              "idnr",
              "steuer-identifikationsnummer",
              "identifikationsnummer",
              "tin"),
          alone(
              "fr-nir",
              "[12] ?\\d{2} ?\\d{2} ?(?:\\d{2}|2[ABab]) ?\\d{3} ?\\d{3} ?\\d{2}",
              Checks::french),
          alone("es-dni", "(?:\\d{8}|[XYZxyz]-?\\d{7})-?[A-Za-z]", Checks::spanish),
          alone(
              "it-codice-fiscale",
              "[A-Za-z]{6}[0-9]{2}[A-EHLMPRSTa-ehlmprst][0-9]{2}[A-Za-z][0-9]{3}[A-Za-z]",
              Checks::italian),
          words(
              "pt-nif",
              "[12356789]\\d{8}|[12356789]\\d{2} \\d{3} \\d{3}",
              Checks::portuguese,
              "nif",
              "contribuinte",
              "número fiscal"),
          marked(
              "be-rijksregister",
              "\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}|\\d{11}",
              Checks::belgian,
              "rijksregister",
              "rijksregisternummer",
              "registre national",
              "national register",
              "niss",
              "insz"),
          marked(
              "se-personnummer",
              "(?:19|20)?\\d{6}[-+]\\d{4}|(?:19|20)\\d{10}|\\d{10}",
              Checks::swedish,
              "personnummer",
              "personnr",
              "swedish personal",
              "samordningsnummer"),
          alone(
              "fi-hetu",
              "\\d{6}[-+A-FU-Ya-fu-y]\\d{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y]",
              Checks::finnish),
          marked(
              "no-fodselsnummer",
              "\\d{6} \\d{5}|\\d{11}",
              Checks::norwegian,
              "fødselsnummer",
              "fodselsnummer",
              "personnummer",
              "fnr",
              "norwegian"),
          words(
              "dk-cpr",
              "\\d{6}-?\\d{4}",
              Checks::danish,
              "cpr",
              "cpr-nr",
              "cpr-nummer",
              "personnummer",
              "cpr-nr."),
          words("pl-pesel", "\\d{11}", Checks::polish, "pesel"),
          marked("br-cpf", "\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}|\\d{11}", Checks::brazilian, "cpf"),
          marked(
              "in-aadhaar",
              "\\d{4} \\d{4} \\d{4}|\\d{4}-\\d{4}-\\d{4}|\\d{12}",
              Checks::indian,
              "aadhaar",
              "aadhar",
              "uidai",
              "uid",
              "आधार"),
          alone("cn-resident-id", "[1-9]\\d{5}(?:19|20)\\d{9}[\\dXx]", Checks::chinese),
          words(
              "au-tfn",
              "\\d{9}|\\d{3} \\d{3} \\d{3}",
              Checks::australian,
              "tfn",
              "tax file number",
              "tax file"),
          words(
              "ca-sin",
              "\\d{3}[- ]\\d{3}[- ]\\d{3}|\\d{9}",
              Checks::canadian,
              "sin",
              "social insurance",
              "social insurance number"),
          alone("uk-nino", "[A-Za-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-Da-d]", Checks::british),
          words(
              "za-id",
              "\\d{13}|\\d{6} \\d{4} \\d{3}",
              Checks::southAfrican,
              "id number",
              "identity number",
              "said",
              "south african id",
              "sa id",
              "id"),
          alone("kr-rrn", "\\d{6}-[1-8]\\d{6}", Checks::korean),
          words(
              "jp-my-number",
              "\\d{12}|\\d{4}[ -]\\d{4}[ -]\\d{4}",
              Checks::japanese,
              "my number",
              "mynumber",
              "マイナンバー",
              "個人番号"),
          alone("ch-ahv", "756\\.?\\d{4}\\.?\\d{4}\\.?\\d{2}", Checks::swiss),
          words("ro-cnp", "[1-9]\\d{12}", Checks::romanian, "cnp", "cod numeric personal"),
          marked(
              "cz-rodne-cislo",
              "\\d{6}/\\d{4}",
              Checks::czech,
              "rodné číslo",
              "rodne cislo",
              "rodné č"),
          words(
              "tr-kimlik", "[1-9]\\d{10}", Checks::turkish, "kimlik", "tckn", "tc kimlik", "t.c."),
          words("hr-oib", "\\d{11}", Checks::mod1110, "oib"),
          words(
              "at-svnr",
              "\\d{4} ?\\d{6}",
              Checks::austrian,
              "svnr",
              "sozialversicherungsnummer",
              "sv-nummer",
              "versicherungsnummer"),
          words(
              "ie-pps",
              "\\d{7}[A-Wa-w][A-IWa-iw]?",
              Checks::irish,
              "pps",
              "ppsn",
              "personal public service"),
          words("bg-egn", "\\d{10}", Checks::bulgarian, "egn", "егн"),
          words("il-id", "\\d{9}", Checks::luhn, "teudat zehut", "israeli id", "ת.ז", "תעודת זהות"),
          alone("sg-nric", "[STFGMstfgm]\\d{7}[A-Za-z]", Checks::singaporean));

  private static final int WINDOW = 20;
  private static final int FEWEST_DIGITS = 6;

  @Override
  public List<Recogniser> recognisers() {
    return ALL;
  }

  /** Found wherever its form and check are right: both together are hardly a coincidence. */
  private static Recogniser alone(String type, String form, Predicate<String> check) {
    return new NumberForm(type, compiled(form), check, false, Set.of());
  }

  /** With marks in it found anywhere, as digits alone only beside one of the words. */
  private static Recogniser marked(
      String type, String form, Predicate<String> check, String... words) {
    return new NumberForm(type, compiled(form), check, false, Set.of(words));
  }

  /** Found beside one of the words only. */
  private static Recogniser words(
      String type, String form, Predicate<String> check, String... words) {
    return new NumberForm(type, compiled(form), check, true, Set.of(words));
  }

  private static Pattern compiled(String form) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}./_+-])(?:" + form + ")(?![\\p{L}\\p{N}]|[./_+-][\\p{N}])");
  }

  private record NumberForm(
      String type, Pattern form, Predicate<String> check, boolean always, Set<String> words)
      implements Recogniser {
    @Override
    public List<Span> find(String text) {
      List<Span> found = new ArrayList<>();
      Matcher m = form.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
      int digits = 0;
      for (int i = 0, ahead = 0; i < text.length(); i++) {
        // Where few digits lie ahead no form is tried: most of a text is passed over so.
        while (ahead < text.length() && ahead < i + WINDOW) {
          digits += Digits.isDigit(text.charAt(ahead++)) ? 1 : 0;
        }
        char c = text.charAt(i);
        boolean word = c < 0x80 ? Character.isLetterOrDigit(c) : false;
        if (digits >= FEWEST_DIGITS && word && m.region(i, text.length()).lookingAt()) {
          if (check.test(bare(m.group())) && isSaid(text, m.start(), m.end())) {
            found.add(Span.of(type, text, m.start(), m.end()));
            int end = m.end();
            while (i + 1 < end) {
              digits -= Digits.isDigit(text.charAt(i++)) ? 1 : 0;
            }
          }
        }
        digits -= Digits.isDigit(text.charAt(i)) ? 1 : 0;
      }
      return found;
    }

    /** Without blanks and marks, but with the sign that parts centuries in Finland. */
    private String bare(String number) {
      return type.equals("fi-hetu") ? number : number.replaceAll("[ ./+-]", "");
    }

    private boolean isSaid(String text, int start, int end) {
      boolean digitsOnly = true;
      for (int i = start; i < end; i++) {
        digitsOnly &= Digits.isDigit(text.charAt(i));
      }
      boolean needed = always || (digitsOnly && !words.isEmpty());
      return !needed
          || Around.holds(text, start, end, words)
          || Around.holds(text, start, end, ANY);
    }
  }
}
