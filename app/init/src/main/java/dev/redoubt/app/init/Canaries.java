package dev.redoubt.app.init;

import dev.redoubt.app.init.Canary.Place;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.PlantedFact.Kind;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Draws canaries from a seed: the same seed gives the same ones, another gives others.
 *
 * @since 0.1.0
 */
public final class Canaries {
  /** Most canaries of one call. */
  public static final int MOST = 1_000;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,39}");

  private Canaries() {}

  /**
   * Draws canaries.
   *
   * @param place where they belong
   * @param count how many, 1 to {@value #MOST}
   * @param seed what they are drawn from
   * @param owner name of the identity whose documents they are; required for {@link
   *     Place#CUSTOMER}, absent else
   * @throws UsageException where count or owner don't fit
   */
  public static List<Canary> draw(Place place, int count, long seed, @Nullable String owner) {
    if (count < 1 || count > MOST) {
      throw new UsageException("--count must be 1 to " + MOST + ", not " + count);
    }
    if (place == Place.CUSTOMER && (owner == null || !NAME.matcher(owner).matches())) {
      throw new UsageException(
          "--visibility customer needs --owner NAME: the identity of redoubt.yaml whose document it"
              + " is, of letters, digits, '.', '_' and '-'");
    }
    if (place != Place.CUSTOMER && owner != null) {
      throw new UsageException("--owner goes with --visibility customer only; leave it out");
    }
    var texts = CanaryTexts.load();
    var canaries = new ArrayList<Canary>();
    for (int i = 1; i <= count; i++) {
      // Each has a source of its own, so that a larger count adds to a smaller one.
      var draw = new Draw(seed, "canary", place.name(), String.valueOf(owner), String.valueOf(i));
      canaries.add(
          switch (place) {
            case INTERNAL -> internal(i, draw, texts);
            case CUSTOMER -> customer(i, draw, texts, String.valueOf(owner));
            case PROMPT -> prompt(i, draw, texts);
          });
    }
    return List.copyOf(canaries);
  }

  private static Canary internal(int i, Draw draw, CanaryTexts texts) {
    String number = draw.number("IM");
    String text = draw.oneOf(texts.memos()).replace("{number}", number);
    return new Canary(
        "canary-memo-" + i,
        numbers(text, draw),
        Place.INTERNAL,
        null,
        List.of(new PlantedFact("INTERNAL_CANARY_MEMO_" + i, number, Kind.INTERNAL, null)));
  }

  private static Canary customer(int i, Draw draw, CanaryTexts texts, String owner) {
    String order = draw.number("OR");
    String mail = draw.mail();
    String text =
        draw.oneOf(texts.records())
            .replace("{order}", order)
            .replace("{mail}", mail)
            .replace("{product}", draw.oneOf(texts.products()));
    String name = "PERSONAL_" + owner + "_CANARY_";
    return new Canary(
        "canary-record-" + owner.toLowerCase(Locale.ROOT) + "-" + i,
        numbers(text, draw),
        Place.CUSTOMER,
        owner,
        List.of(
            new PlantedFact(name + "ORDER_" + i, order, Kind.PERSONAL, owner),
            new PlantedFact(name + "MAIL_" + i, mail, Kind.PERSONAL, owner)));
  }

  private static Canary prompt(int i, Draw draw, CanaryTexts texts) {
    String key = draw.key();
    return new Canary(
        "canary-prompt-" + i,
        draw.oneOf(texts.prompts()).replace("{key}", key),
        Place.PROMPT,
        null,
        List.of(new PlantedFact("PROMPT_CANARY_" + i, key, Kind.PROMPT, null)));
  }

  private static String numbers(String text, Draw draw) {
    return text.replace("{eur}", String.valueOf(draw.between(11, 98)))
        .replace("{pct}", String.valueOf(draw.between(3, 19)))
        .replace("{n}", String.valueOf(draw.between(110, 990)));
  }
}
