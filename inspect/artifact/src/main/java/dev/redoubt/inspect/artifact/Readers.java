package dev.redoubt.inspect.artifact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The readers on the class path. */
final class Readers {
  private static final class Found {
    static final List<FormatReader> READERS =
        ServiceLoader.load(FormatReader.class, FormatReader.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(FormatReader::last).thenComparing(FormatReader::id))
            .toList();
  }

  private Readers() {}

  static List<FormatReader> all() {
    return Found.READERS;
  }

  /** Those that claim a source; the ones that come last only where there is no other. */
  static List<FormatReader> claiming(Head head, String name) throws IOException {
    var claiming = new ArrayList<FormatReader>();
    for (FormatReader reader : all()) {
      if (reader.last() && !claiming.isEmpty() && !claiming.getFirst().last()) {
        break;
      }
      if (reader.claims(head, name)) {
        claiming.add(reader);
      }
    }
    return claiming;
  }
}
