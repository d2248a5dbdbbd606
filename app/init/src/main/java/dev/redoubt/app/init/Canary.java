package dev.redoubt.app.init;

import dev.redoubt.core.PlantedFact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that was made to be watched: each value in it stands nowhere else.
 *
 * @param id name of the document, or of the canary in a prompt
 * @param text what to put into the index or the prompt
 * @param place where it belongs
 * @param owner whose document it is; absent where it is nobody's
 * @param facts the values to watch for
 * @since 0.1.0
 */
public record Canary(
    String id, String text, Place place, @Nullable String owner, List<PlantedFact> facts) {

  /** Where a canary belongs. */
  public enum Place {
    /** A document that only staff may read. */
    INTERNAL,
    /** A document of one customer. */
    CUSTOMER,
    /** The system prompt. */
    PROMPT
  }

  public Canary {
    facts = List.copyOf(facts);
  }

  /** The word for its visibility in {@code documents.jsonl}. */
  String visibility() {
    return place == Place.CUSTOMER ? "customer" : "internal";
  }
}
