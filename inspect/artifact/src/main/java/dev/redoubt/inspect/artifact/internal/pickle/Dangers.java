package dev.redoubt.inspect.artifact.internal.pickle;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known to execute, write, connect or spawn: whole modules with everything below them, and
 * single names. Read by {@link GlobalsFile}: {@code "*"} stands for the module and everything below
 * it.
 */
final class Dangers {
  static final String RESOURCE = "dangerous.yaml";

  private final Map<String, Map<String, String>> modules = new HashMap<>();

  private static final class Shipped {
    static final Dangers LIST = read();
  }

  static Dangers shipped() {
    return Shipped.LIST;
  }

  /** Says what this very global is known for, as against its module; null where nothing is. */
  @Nullable String named(String module, String name) {
    return exact(module, name);
  }

  /** Says what a global is known for; null where nothing is known. */
  @Nullable String find(String module, String name) {
    String why = exact(module, name);
    // A dotted name reaches through its first part: os in shutil.os.system, submodules likewise.
    String path = module + "." + name;
    for (int dot = path.indexOf('.'); why == null && dot > 0; dot = path.indexOf('.', dot + 1)) {
      int next = path.indexOf('.', dot + 1);
      why = family(path.substring(0, dot));
      if (why == null) {
        why =
            exact(path.substring(0, dot), path.substring(dot + 1, next < 0 ? path.length() : next));
      }
    }
    if (why == null && name.indexOf('.') >= 0) {
      for (String part : name.split("\\.", -1)) {
        if (why == null) {
          why = family(part);
        }
      }
    }
    return why;
  }

  private @Nullable String family(String module) {
    return exact(module, "\"*\"");
  }

  private @Nullable String exact(String module, String name) {
    Map<String, String> names = modules.get(module);
    return names == null ? null : names.get(name);
  }

  Map<String, Map<String, String>> modules() {
    return modules;
  }

  private static Dangers read() {
    var list = new Dangers();
    GlobalsFile.addTo(list.modules, RESOURCE);
    return list;
  }
}
