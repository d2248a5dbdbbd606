package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pickle may refer to and call: exact pairs of module and name, each with its evidence.
 *
 * <p>In the resources, see {@link GlobalsFile}, stands {@code name: use | evidence}.
 */
final class AllowList {
  /** What a person wrote comes last and counts more. */
  static final List<String> RESOURCES = List.of("allow-generated.yaml", "allow.yaml");

  private final Map<String, Map<String, String>> modules = new HashMap<>();

  private static final class Shipped {
    static final AllowList LIST = read();
  }

  static AllowList shipped() {
    return Shipped.LIST;
  }

  /** Finds a pair; null where it is not on the list. */
  @Nullable Allowed find(String module, String name) {
    Map<String, String> names = modules.get(module);
    String line = names == null ? null : names.get(name);
    return line == null ? null : parse(line);
  }

  Map<String, Map<String, String>> modules() {
    return modules;
  }

  /** Reads {@code use [items] [template] [of GLOBAL…] | evidence}. */
  static Allowed parse(String line) {
    int bar = line.indexOf(" | ");
    if (bar < 0) {
      throw new IllegalStateException("no evidence in the allow-list: " + line);
    }
    String[] words = line.substring(0, bar).split(" ", -1);
    boolean items = false;
    boolean template = false;
    var arguments = new ArrayList<String>();
    for (int i = 1; i < words.length; i++) {
      if (words[i].equals("items")) {
        items = true;
      } else if (words[i].equals("template")) {
        template = true;
      } else if (!words[i].equals("of")) {
        arguments.add(words[i]);
      }
    }
    Allowed.Use use =
        switch (words[0]) {
          case "value" -> Allowed.Use.VALUE;
          case "new" -> Allowed.Use.NEW;
          case "call" -> Allowed.Use.CALL;
          default -> throw new IllegalStateException("no such use in the allow-list: " + line);
        };
    return new Allowed(use, items, template, arguments, line.substring(bar + 3));
  }

  private static AllowList read() {
    var list = new AllowList();
    RESOURCES.forEach(resource -> GlobalsFile.addTo(list.modules, resource));
    return list;
  }
}
