package dev.redoubt.guard.engine.internal;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells languages by their scripts and, among those in Latin letters, by their commonest words. */
final class Languages {
  private static final int FEWEST_WORDS = 5;
  private static final int FEWEST_HITS = 3;

  private static final Map<UnicodeScript, Set<String>> BY_SCRIPT = scripts();

  private static final Map<String, Set<String>> COMMON =
      Map.ofEntries(
          entry(
              "en",
              "the and is are was you your to of in that it for with not this have be can what how i my"),
          entry(
              "de",
              "der die das und ist sind nicht ein eine ich du sie wir mit auf für den dem von zu wie was"),
          entry(
              "fr",
              "le la les et est sont ne pas un une je vous nous avec pour dans que qui des du comment mon"),
          entry(
              "es",
              "el los las y es son no un una yo usted con para por en que de del como mi qué está"),
          entry(
              "it",
              "il lo gli e è sono non un una io con per di che della come mio nel questo cosa"),
          entry("pt", "o os as e é são não um uma eu você com para por em que da do como meu está"),
          entry(
              "nl", "de het een en is zijn niet ik je u wij met op voor van dat die hoe wat mijn"),
          entry("sv", "och är inte en ett jag du vi med på för att som den det hur vad min av"),
          entry("da", "og er ikke en et jeg du vi med på for at som den det hvordan hvad min af"),
          entry("no", "og er ikke en et jeg du vi med på for å som den det hvordan hva min av"),
          entry("fi", "ja on ei se että minä sinä hän olen mitä miten mutta kun niin myös ovat"),
          entry("pl", "i jest nie w na z się że to do jak co dla po czy są mój"),
          entry("cs", "a je není v na z se že to do jak co pro po jsou můj ale"),
          entry("ro", "și este nu un o eu cu pentru în că la de ce cum meu sunt"),
          entry("hu", "a az és nem egy hogy van én te mi mit hogyan is ez de"),
          entry("tr", "ve bir bu değil için ile ne nasıl ben sen çok var mı da de"),
          entry(
              "id",
              "dan yang di ini itu tidak untuk dengan saya anda apa bagaimana ke dari adalah"),
          entry("vi", "và là của không một có tôi bạn cho với các những để này được"));

  private Languages() {}

  static List<String> known() {
    Set<String> all = new HashSet<>(COMMON.keySet());
    BY_SCRIPT.values().forEach(all::addAll);
    return all.stream().sorted().toList();
  }

  /** The language that a text is clearly in when it is none of those; null when it may be one. */
  static @Nullable String clearlyOther(String text, Set<String> allowed) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    text.codePoints()
        .filter(Character::isLetter)
        .forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
    int all = letters.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<UnicodeScript, Integer> e : letters.entrySet()) {
      Set<String> of = BY_SCRIPT.get(e.getKey());
      boolean most = e.getValue() * 2 > all && e.getValue() >= FEWEST_WORDS;
      if (of != null && most) {
        return of.stream().anyMatch(allowed::contains)
            ? null
            : of.stream().sorted().findFirst().orElse("");
      }
    }
    return byWords(text, allowed);
  }

  private static @Nullable String byWords(String text, Set<String> allowed) {
    Map<String, Integer> hits = new TreeMap<>();
    int words = 0;
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", 10_000)) {
      words += word.isEmpty() ? 0 : 1;
      COMMON.forEach((language, common) -> {
        if (common.contains(word)) {
          hits.merge(language, 1, Integer::sum);
        }
      });
    }
    String best = null;
    int most = 0;
    int mostAllowed = 0;
    for (Map.Entry<String, Integer> e : hits.entrySet()) {
      if (allowed.contains(e.getKey())) {
        mostAllowed = Math.max(mostAllowed, e.getValue());
      } else if (e.getValue() > most) {
        most = e.getValue();
        best = e.getKey();
      }
    }
    boolean clear = words >= FEWEST_WORDS && most >= FEWEST_HITS && most >= 2 * mostAllowed + 1;
    return clear ? best : null;
  }

  private static Map.Entry<String, Set<String>> entry(String language, String words) {
    return Map.entry(language, Set.of(words.split(" ", -1)));
  }

  private static Map<UnicodeScript, Set<String>> scripts() {
    Map<UnicodeScript, Set<String>> map = new HashMap<>();
    map.put(UnicodeScript.CYRILLIC, Set.of("ru", "uk", "bg", "sr"));
    map.put(UnicodeScript.GREEK, Set.of("el"));
    map.put(UnicodeScript.ARABIC, Set.of("ar", "fa", "ur"));
    map.put(UnicodeScript.HEBREW, Set.of("he"));
    map.put(UnicodeScript.HAN, Set.of("zh", "ja"));
    map.put(UnicodeScript.HIRAGANA, Set.of("ja"));
    map.put(UnicodeScript.KATAKANA, Set.of("ja"));
    map.put(UnicodeScript.HANGUL, Set.of("ko"));
    map.put(UnicodeScript.THAI, Set.of("th"));
    map.put(UnicodeScript.DEVANAGARI, Set.of("hi"));
    map.put(UnicodeScript.BENGALI, Set.of("bn"));
    map.put(UnicodeScript.TAMIL, Set.of("ta"));
    map.put(UnicodeScript.GEORGIAN, Set.of("ka"));
    map.put(UnicodeScript.ARMENIAN, Set.of("hy"));
    return Map.copyOf(map);
  }
}
