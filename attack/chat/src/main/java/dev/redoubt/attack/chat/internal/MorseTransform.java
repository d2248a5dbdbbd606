package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * International Morse code (Recommendation ITU-R M.1677-1): a blank between characters, a slash
 * between words. Accents are dropped; what has no code stays as it is.
 */
@AutoService(Transform.class)
public final class MorseTransform implements Transform {
  private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,:?'-/()\"=+×@";
  private static final List<String> CODES =
      List.of(
          (".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..-"
                  + " ...- .-- -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.."
                  + " ----. .-.-.- --..-- ---... ..--.. .----. -....- -..-. -.--. -.--.- .-..-."
                  + " -...- .-.-. -..- .--.-.")
              .split(" "));
  private static final Map<Integer, String> BY_CHARACTER =
      IntStream.range(0, CHARACTERS.length())
          .boxed()
          .collect(Collectors.toUnmodifiableMap(i -> (int) CHARACTERS.charAt(i), CODES::get));

  @Override
  public String id() {
    return "morse";
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .replaceAll("\\p{Mn}", "")
            .toLowerCase(Locale.ROOT);
    var words = new ArrayList<String>();
    for (String word : plain.strip().split("\\s+", -1)) {
      words.add(
          word.codePoints()
              .mapToObj(cp -> BY_CHARACTER.getOrDefault(cp, Character.toString(cp)))
              .collect(Collectors.joining(" ")));
    }
    return String.join(" / ", words);
  }
}
