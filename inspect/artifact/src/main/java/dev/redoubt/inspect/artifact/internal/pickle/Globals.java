package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The globals that a pickle refers to, numbered, each with what is known of it. */
final class Globals {
  private static final int MOST = 100_000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();
  private final boolean torchScript;

  /**
   * @param torchScript whether the pickle lies in a TorchScript archive, whose reader resolves
   *     names that start with {@code __torch__} among the types that the archive itself declares
   */
  Globals(boolean torchScript) {
    this.torchScript = torchScript;
  }

  /**
   * A global.
   *
   * @param module as the pickle says it
   * @param name as the pickle says it
   * @param verdict of referring to it
   * @param allowed its entry of the allow-list; null where it has none
   * @param danger what it is known for; null where nothing is
   */
  record Entry(
      String module,
      String name,
      Verdict verdict,
      @Nullable Allowed allowed,
      @Nullable String danger) {
    String path() {
      return module + "." + name;
    }

    boolean isGetattr() {
      return name.equals("getattr") && (module.equals("builtins") || module.equals("__builtin__"));
    }

    boolean is(String path) {
      return path().equals(path);
    }
  }

  int number(String module, String name) throws LimitException {
    String key = module + '\0' + name;
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= MOST) {
      throw new LimitException("more than " + MOST + " globals");
    }
    int number = entries.size();
    entries.add(judge(module, name));
    numbers.put(key, number);
    return number;
  }

  Entry get(int number) {
    return entries.get(number);
  }

  int size() {
    return entries.size();
  }

  private Entry judge(String module, String name) {
    // Python 3 maps old names in pickles of old protocols; what a loader sees is either.
    String[] mapped = OldNames.map(module, name);
    Dangers dangers = Dangers.shipped();
    String danger = dangers.named(module, name);
    if (danger == null) {
      danger = dangers.named(mapped[0], mapped[1]);
    }
    // An exact entry with evidence speaks for itself, against what is known of its whole module.
    Allowed allowed = danger == null ? AllowList.shipped().find(mapped[0], mapped[1]) : null;
    if (allowed == null && danger == null) {
      danger = dangers.find(module, name);
      if (danger == null) {
        danger = dangers.find(mapped[0], mapped[1]);
      }
    }
    if (danger != null) {
      return new Entry(module, name, Verdict.MALICIOUS, null, danger);
    }
    if (allowed == null && torchScript && declared(module)) {
      allowed =
          new Allowed(Allowed.Use.CALL, false, false, List.of(), "a type of the archive itself");
    }
    return new Entry(
        module, name, allowed == null ? Verdict.UNPROVEN : Verdict.INERT, allowed, null);
  }

  private static boolean declared(String module) {
    return module.equals("__torch__") || module.startsWith("__torch__.");
  }
}
