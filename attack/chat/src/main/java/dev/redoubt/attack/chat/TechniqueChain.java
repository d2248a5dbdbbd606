package dev.redoubt.attack.chat;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the name of a technique as users write it: {@code base64}, {@code many-shot:64} with
 * another size, {@code role-play+base64} as a chain.
 */
final class TechniqueChain {
  /** Each part may make a text several times as long. */
  private static final int MOST_PARTS = 4;

  private final Map<String, Technique> known;
  private final String name;

  private TechniqueChain(Map<String, Technique> known, String name) {
    this.known = known;
    this.name = name;
  }

  /**
   * Reads a name.
   *
   * @param known single techniques by id
   * @throws UsageException when a part is unknown or the parts make no sense together
   */
  static Technique read(Map<String, Technique> known, String name) {
    return new TechniqueChain(known, name).read();
  }

  private Technique read() {
    var parts = new ArrayList<Technique>();
    var ids = new HashSet<String>();
    for (String word : name.split("\\+", -1)) {
      Technique part = part(word);
      if (!ids.add(part.id().replaceFirst(":.*", ""))) {
        throw new UsageException(
            "technique '" + name + "': '" + word + "' stands twice; name each part once");
      }
      parts.add(part);
    }
    if (parts.size() > MOST_PARTS) {
      throw new UsageException(
          "technique '" + name + "': a chain has at most " + MOST_PARTS + " parts; leave some out");
    }
    return parts.size() == 1 ? parts.getFirst() : chain(parts);
  }

  private Technique part(String word) {
    int colon = word.indexOf(':');
    String id = colon < 0 ? word : word.substring(0, colon);
    Technique found = known.get(id);
    if (found == null) {
      throw new UsageException(
          (id.isEmpty() ? "an empty name" : "no technique '" + id + "'")
              + (name.equals(id) ? "" : " in '" + name + "'")
              + "; "
              + Suggestion.howToMend(id, known.keySet()));
    }
    return colon < 0 ? found : sized(found, word, word.substring(colon + 1));
  }

  private Technique sized(Technique technique, String word, String size) {
    int number;
    try {
      number = Integer.parseInt(size);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "technique '"
              + word
              + "': '"
              + size
              + "' is no whole number; write "
              + technique.id()
              + ":64",
          e);
    }
    boolean any = false;
    var transforms = new ArrayList<Transform>();
    for (Transform transform : technique.transforms()) {
      Optional<Transform> other;
      try {
        other = transform.sized(number);
      } catch (IllegalArgumentException e) {
        throw new UsageException("technique '" + word + "': " + e.getMessage(), e);
      }
      any |= other.isPresent();
      transforms.add(other.orElse(transform));
    }
    if (!any) {
      throw new UsageException(
          "technique '" + word + "' has no size; write '" + technique.id() + "'");
    }
    return new Technique(
        word,
        technique.order(),
        technique.title(),
        technique.description(),
        technique.source(),
        technique.standard(),
        technique.note(),
        technique.frames(),
        technique.newFrames(),
        transforms,
        technique.on(),
        technique.strategy(),
        technique.script(),
        List.of());
  }

  private Technique chain(List<Technique> parts) {
    List<Technique> played = parts.stream().filter(t -> t.strategy() != null).toList();
    if (played.size() > 1) {
      throw new UsageException(
          "technique '"
              + name
              + "': "
              + joined(played, " and ")
              + " each choose the turns; a chain has at most one such part");
    }
    @Nullable String strategy = played.isEmpty() ? null : played.getFirst().strategy();
    String notes =
        parts.stream()
            .map(Technique::note)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return new Technique(
        name,
        parts.getFirst().order(),
        parts.stream().map(Technique::title).collect(Collectors.joining(", then ")),
        parts.stream().map(Technique::description).collect(Collectors.joining(" Then: ")),
        null,
        false,
        notes.isEmpty() ? null : notes,
        List.of(),
        List.of(),
        List.of(),
        Technique.On.REQUEST,
        strategy,
        played.isEmpty() ? Map.of() : played.getFirst().script(),
        parts);
  }

  private static String joined(List<Technique> techniques, String glue) {
    return techniques.stream().map(t -> "'" + t.id() + "'").collect(Collectors.joining(glue));
  }
}
