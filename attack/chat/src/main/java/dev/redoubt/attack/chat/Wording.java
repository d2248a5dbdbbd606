package dev.redoubt.attack.chat;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to say a request. Words in braces, such as {@code {product}}, are filled in from the
 * endpoint's context.
 *
 * @param text what is asked in the chat; for a planted wording the ordinary question after it
 * @param plant text that an outsider puts where the system reads it, before the question; absent
 *     when the request is asked openly
 * @param marker words that a tool call carries only when the planted order was obeyed; absent where
 *     the judge needs none
 * @param translations the request (the planted text where there is one) by language code
 * @since 0.1.0
 */
public record Wording(
    String text,
    @Nullable PlantedText plant,
    @Nullable String marker,
    Map<String, String> translations) {
  public Wording {
    translations = Map.copyOf(translations);
  }

  /**
   * A text for a place that outsiders can write to.
   *
   * @param way how it gets in
   * @param subject its subject line
   * @param intro harmless first words, by which the text is found when somebody asks; never dressed
   * @param text the text
   */
  public record PlantedText(PlantWay way, String subject, String intro, String text) {
    /** A text for a ticket. */
    public PlantedText(String subject, String intro, String text) {
      this(PlantWay.TICKET, subject, intro, text);
    }

    /** The same by another way. */
    PlantedText by(PlantWay other) {
      return new PlantedText(other, subject, intro, text);
    }

    /** Other words by the same way. */
    PlantedText saying(String newSubject, String newIntro, String newText) {
      return new PlantedText(way, newSubject, newIntro, newText);
    }

    /** The words as they are planted. */
    public String whole() {
      return intro.isEmpty() ? text : intro + " " + text;
    }
  }

  /** The part that the attacker chose and a technique dresses. */
  public String request() {
    return plant == null ? text : plant.text();
  }

  /**
   * The same wording with a drawn value in the place of another. Where its words hold the other
   * only in a disguise, nothing is replaced: words and marker must stay the same.
   */
  Wording redrawn(String drawn, String again) {
    boolean plain =
        text.contains(drawn)
            || (plant != null
                && (plant.subject().contains(drawn) || plant.whole().contains(drawn)));
    return plain ? replaced(drawn, again) : this;
  }

  /** The same wording with other words in the place of some, everywhere. */
  Wording replaced(String words, String others) {
    return new Wording(
        text.replace(words, others),
        plant == null
            ? null
            : plant.saying(
                plant.subject().replace(words, others),
                plant.intro().replace(words, others),
                plant.text().replace(words, others)),
        marker == null ? null : marker.replace(words, others),
        translations);
  }

  /** The same wording with another request in the place of its own. */
  Wording withRequest(String request) {
    return plant == null
        ? new Wording(request, null, marker, translations)
        : new Wording(
            text, plant.saying(plant.subject(), plant.intro(), request), marker, translations);
  }
}
