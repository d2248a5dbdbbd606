package dev.redoubt.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Options of a benchmark's command line. */
final class BenchOptions {
  /** Is among the options where the command line makes no sense. */
  static final String USAGE = "usage";

  private BenchOptions() {}

  /**
   * Reads a command line.
   *
   * @param flags names of options without a value; present ones map to nothing
   * @param valued names of options with one
   */
  static Map<String, String> read(String[] arguments, Set<String> flags, Set<String> valued) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i++) {
      String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
      if (flags.contains(name)) {
        options.put(name, "");
      } else if (valued.contains(name) && i + 1 < arguments.length) {
        i++;
        options.put(name, arguments[i]);
      } else {
        options.put(USAGE, "");
      }
    }
    return options;
  }
}
