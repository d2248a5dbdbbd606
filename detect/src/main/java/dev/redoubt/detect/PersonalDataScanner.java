package dev.redoubt.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds personal data by every {@link Recogniser} on the class path.
 *
 * <p>What two recognisers claim goes to the longer claim, then to the earlier one.
 */
public final class PersonalDataScanner {
  private PersonalDataScanner() {}

  /**
   * Scans for every type.
   *
   * @param text any chars
   * @return spans in the order of the text, none overlapping another
   */
  public static List<Span> scan(String text) {
    return scan(text, types());
  }

  /**
   * Scans for some types.
   *
   * @param text any chars
   * @param types types of recognisers, see {@link #types()}; unknown ones find nothing
   * @return spans in the order of the text, none overlapping another
   */
  public static List<Span> scan(String text, Collection<String> types) {
    List<Span> claims = new ArrayList<>();
    for (Recogniser recogniser : Loaded.RECOGNISERS) {
      if (types.contains(recogniser.type())) {
        claims.addAll(recogniser.find(text));
      }
    }
    return Spans.resolve(claims);
  }

  /** Types that can be found, sorted. */
  public static Set<String> types() {
    Set<String> types = new TreeSet<>();
    Loaded.RECOGNISERS.forEach(r -> types.add(r.type()));
    return types;
  }

  /** Looked up once: the class path does not change. */
  private static final class Loaded {
    static final List<Recogniser> RECOGNISERS =
        Stream.concat(
                services(RecogniserFamily.class).flatMap(family -> family.recognisers().stream()),
                services(Recogniser.class))
            .sorted(Comparator.comparing(Recogniser::type))
            .toList();

    private static <T> Stream<T> services(Class<T> type) {
      return ServiceLoader.load(type, Recogniser.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get);
    }
  }
}
