package dev.redoubt.inspect.artifact.internal.javaser;

import dev.redoubt.inspect.artifact.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of classes by their name; the most exact entry speaks. */
final class KnownClasses {
  static final String RESOURCE = "classes.yaml";

  private final Map<String, Known> classes = new HashMap<>();

  /**
   * What is known.
   *
   * @param verdict on a stream that has an object of the class
   * @param why in words that follow the name of the class
   */
  record Known(Verdict verdict, String why) {}

  private static final class Shipped {
    static final KnownClasses LIST = read();
  }

  static KnownClasses shipped() {
    return Shipped.LIST;
  }

  Map<String, Known> all() {
    return classes;
  }

  /** Finds what is known of a class; null where nothing is. */
  @Nullable Known find(String name) {
    Known known = classes.get(name);
    int dollar = name.indexOf('$');
    if (known == null && dollar > 0) {
      known = classes.get(name.substring(0, dollar) + "$*");
      // What is nested in a dangerous class is part of it; a harmless one says nothing of others.
      Known outer = classes.get(name.substring(0, dollar));
      known = known == null && outer != null && outer.verdict() != Verdict.INERT ? outer : known;
    }
    for (int dot = name.lastIndexOf('.');
        known == null && dot > 0;
        dot = name.lastIndexOf('.', dot - 1)) {
      known = classes.get(name.substring(0, dot) + ".*");
    }
    return known;
  }

  private static KnownClasses read() {
    var list = new KnownClasses();
    try (InputStream in = KnownClasses.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the build");
      }
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      Verdict verdict = Verdict.UNPROVEN;
      String line;
      while ((line = reader.readLine()) != null) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
          continue;
        }
        if (line.charAt(0) != ' ') {
          verdict =
              switch (text) {
                case "malicious:" -> Verdict.MALICIOUS;
                case "harmless:" -> Verdict.INERT;
                default -> Verdict.UNPROVEN;
              };
        } else {
          int colon = text.indexOf(": ");
          list.classes.put(text.substring(0, colon), new Known(verdict, text.substring(colon + 2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " can't be read from the jar", e);
    }
    return list;
  }
}
