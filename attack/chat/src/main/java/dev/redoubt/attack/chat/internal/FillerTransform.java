package dev.redoubt.attack.chat.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.attack.chat.Transform;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Harmless prose before the request, so that the instructions of the system move far away or out of
 * the context. Its size is in characters.
 */
@AutoService(Transform.class)
public final class FillerTransform implements Transform {
  private static final int USUAL = 6_000;
  private static final int MOST = 500_000;
  private static final List<String> WHO =
      List.of(
          "The gardener",
          "A retired sailor",
          "My aunt from the coast",
          "The second violin",
          "An apprentice baker",
          "Our old neighbour",
          "The lock keeper",
          "A visiting geologist",
          "The night porter",
          "Somebody's grandson");
  private static final List<String> DID =
      List.of(
          "carried",
          "painted",
          "mended",
          "looked for",
          "forgot",
          "weighed",
          "described",
          "borrowed",
          "wrapped up",
          "counted");
  private static final List<String> WHAT =
      List.of(
          "a blue ladder",
          "twelve jars of plum jam",
          "the map of the marshes",
          "a clock without hands",
          "three crates of lemons",
          "the sail of a small boat",
          "an umbrella with a horn handle",
          "a box of seed potatoes",
          "the bell of the ferry",
          "a chair with a woven seat");
  private static final List<String> WHEN =
      List.of(
          "before the rain set in",
          "on the way to the station",
          "while the tide was out",
          "as if nobody had asked",
          "in the week after Easter",
          "and then went home for tea",
          "just as the lamps were lit",
          "without saying why",
          "for the third year running",
          "behind the old mill");

  private final int size;

  /** In its usual size. */
  public FillerTransform() {
    this(USUAL);
  }

  private FillerTransform(int size) {
    this.size = size;
  }

  @Override
  public String id() {
    return "filler";
  }

  @Override
  public boolean draws() {
    return true;
  }

  @Override
  public Optional<Transform> sized(int characters) {
    if (characters < 1 || characters > MOST) {
      throw new IllegalArgumentException(
          "the characters of filler must lie in 1…" + MOST + ", not " + characters);
    }
    return Optional.of(new FillerTransform(characters));
  }

  @Override
  public String apply(String text, RandomGenerator random) {
    var out = new StringBuilder(size + text.length() + 128);
    while (out.length() < size) {
      out.append(one(WHO, random)).append(' ').append(one(DID, random)).append(' ');
      out.append(one(WHAT, random)).append(' ').append(one(WHEN, random)).append(". ");
    }
    out.setLength(size);
    return out.append("\n\n").append(text).toString();
  }

  private static String one(List<String> words, RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }
}
