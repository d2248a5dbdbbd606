package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.pickle.Allowed.Use;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What opcodes do beyond moving data: resolve, call, give a state, put items. */
final class Effects {
  /** Encodings of {@code _codecs.encode}; any other makes Python look for a module. */
  private static final Set<String> ENCODINGS =
      Set.of("latin1", "latin-1", "iso-8859-1", "utf-8", "utf8", "ascii", "utf-16", "utf-32");

  /** Stands for what {@code getattr(zoneinfo.ZoneInfo, "_unpickle")} gives; no name in Python. */
  private static final String ZONE = "ZoneInfo/_unpickle";

  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\ndef _parse_args\\(self, [\\w, =]*\\):\\n"
              + " {4}return \\([\\w, ]*\\), [\\w, ]+\\n\\n"
              + "def _parse_args_rvs\\(self, [\\w, =]*\\):\\n"
              + " {4}return self\\._argcheck_rvs\\([\\w, =]*\\)\\n\\n"
              + "def _parse_args_stats\\(self, [\\w, =]*moments='mv'\\):\\n"
              + " {4}return \\([\\w, ]*\\), [\\w, ]+\\n");

  private final Scan scan;
  private final Events events;

  /** Dictionaries with a key that only tricks with attributes need. */
  private final Set<Integer> tricky = new HashSet<>();

  /** Whether the pickle refers to {@code getattr}. */
  private boolean attributes;

  private final long[] cachedPairs = new long[256];
  private final int[] cachedGlobals = new int[256];

  Effects(Scan scan, Events events) {
    this.scan = scan;
    this.events = events;
  }

  /** Resolves a global from module and name. */
  int global(String module, String name, long position) throws IOException {
    int number = scan.globals.number(module, name);
    Globals.Entry entry = scan.globals.get(number);
    attributes |= entry.isGetattr();
    if (entry.verdict() != Verdict.INERT) {
      events.refer(number, entry.verdict(), position);
    }
    return Symbol.of(Symbol.GLOBAL, number);
  }

  /** Resolves a global from two symbols, as STACK_GLOBAL does. */
  int stackGlobal(int module, int name, long position) throws IOException {
    if (module >= 0 && name >= 0) {
      long pair = (long) module << 32 | name;
      int slot = (module * 31 + name) & 255;
      if (cachedPairs[slot] == pair && cachedGlobals[slot] != 0) {
        return cachedGlobals[slot];
      }
      String moduleText = scan.texts.at(module);
      String nameText = scan.texts.at(name);
      if (moduleText != null && nameText != null) {
        int global = global(moduleText, nameText, position);
        cachedPairs[slot] = pair;
        cachedGlobals[slot] = global;
        return global;
      }
    }
    if (Symbol.is(module, Symbol.FAR_TEXT) || Symbol.is(name, Symbol.FAR_TEXT)) {
      String moduleText = text(module);
      String nameText = text(name);
      if (moduleText != null && nameText != null) {
        return global(moduleText, nameText, position);
      }
    }
    events.call(
        new Observation(
            PickleRules.COMPUTED,
            Verdict.UNPROVEN,
            "refers to a global whose name is computed: "
                + scan.renderer.render(module, 0)
                + "."
                + scan.renderer.render(name, 0),
            position));
    return Symbol.of(Symbol.UNKNOWN);
  }

  @Nullable String text(int symbol) throws IOException {
    if (symbol >= 0) {
      return scan.texts.at(symbol);
    }
    return Symbol.is(symbol, Symbol.FAR_TEXT) ? scan.texts.at(scan.recent.wide(symbol)) : null;
  }

  /** Calls {@code callee(*arguments)} and gives what comes out. */
  int call(int callee, int arguments, long position) throws IOException {
    if (Symbol.is(callee, Symbol.GLOBAL)) {
      int number = Symbol.payload(callee);
      Globals.Entry entry = scan.globals.get(number);
      Allowed allowed = entry.allowed();
      if (entry.isGetattr()) {
        return attribute(number, entry, arguments, position);
      }
      if (attributes && carriesGetattr(arguments, 0)) {
        flagGetattr(scan.renderer.call(entry.path(), arguments), position);
      }
      if (allowed == null) {
        flag(number, entry, scan.renderer.call(entry.path(), arguments), position);
        return Symbol.of(Symbol.RESULT, number);
      }
      return allowedCall(number, entry, allowed, arguments, position);
    }
    if (Symbol.is(callee, Symbol.RESULT)) {
      Globals.Entry entry = scan.globals.get(Symbol.payload(callee));
      if (entry.is("zoneinfo." + ZONE)) {
        return Symbol.of(Symbol.RESULT, Symbol.payload(callee));
      }
      computed(
          entry.verdict() == Verdict.MALICIOUS ? Verdict.MALICIOUS : Verdict.UNPROVEN,
          scan.renderer.call(scan.renderer.render(callee, 0), arguments),
          position);
    } else {
      computed(
          Verdict.UNPROVEN,
          scan.renderer.call(scan.renderer.render(callee, 0), arguments),
          position);
    }
    return Symbol.of(Symbol.UNKNOWN);
  }

  /** {@code getattr(object, name)}: two exact forms that writers write, and else an attack. */
  private int attribute(int number, Globals.Entry entry, int arguments, long position)
      throws IOException {
    int[] elements = scan.recent.elements(arguments);
    if (elements != null && elements.length == 2) {
      String name = text(elements[1]);
      if (Symbol.is(elements[0], Symbol.GLOBAL)
          && scan.globals.get(Symbol.payload(elements[0])).is("zoneinfo.ZoneInfo")
          && "_unpickle".equals(name)) {
        // Reads the file of a time zone, by a key that the library checks against leaving its
        // folder.
        return Symbol.of(Symbol.RESULT, scan.globals.number("zoneinfo", ZONE));
      }
      if (Symbol.is(elements[0], Symbol.RESULT) && "_entropy".equals(name)) {
        Allowed of = scan.globals.get(Symbol.payload(elements[0])).allowed();
        if (of != null && of.template()) {
          return Symbol.of(Symbol.UNKNOWN);
        }
      }
    }
    flagGetattr(scan.renderer.call(entry.path(), arguments), position);
    return Symbol.of(Symbol.RESULT, number);
  }

  private void flagGetattr(String call, long position) {
    events.call(
        new Observation(
            PickleRules.DANGEROUS,
            Verdict.MALICIOUS,
            "calls " + call + ", which reaches any attribute by its name",
            position));
  }

  private boolean carriesGetattr(int symbol, int depth) {
    if (Symbol.is(symbol, Symbol.GLOBAL)) {
      return scan.globals.get(Symbol.payload(symbol)).isGetattr();
    }
    if (!Symbol.is(symbol, Symbol.TUPLE)) {
      return false;
    }
    int[] elements = depth > 4 ? null : scan.recent.elements(symbol);
    if (elements == null) {
      return true;
    }
    for (int element : elements) {
      if (carriesGetattr(element, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private void computed(Verdict verdict, String what, long position) {
    events.call(
        new Observation(
            PickleRules.COMPUTED, verdict, "calls what was made on load: " + what, position));
  }

  private void flag(int number, Globals.Entry entry, String call, long position) {
    boolean dangerous = entry.danger() != null;
    events.call(
        number,
        new Observation(
            dangerous ? PickleRules.DANGEROUS : PickleRules.UNPROVEN,
            entry.verdict(),
            "calls " + call + (dangerous ? ", which " + entry.danger() : ""),
            position));
  }

  private int allowedCall(
      int number, Globals.Entry entry, Allowed allowed, int arguments, long position)
      throws IOException {
    int[] elements = scan.recent.elements(arguments);
    String path = entry.path();
    switch (path) {
      case "numpy.dtype", "numpy.dtypes.dtype" -> {
        return scan.types.make(elements == null || elements.length == 0 ? null : text(elements[0]));
      }
      case "copyreg._reconstructor", "copy_reg._reconstructor" -> {
        return reconstructor(elements, arguments, position);
      }
      case "copyreg.__newobj__", "copyreg.__newobj_ex__", "copy_reg.__newobj__" -> {
        return elements == null || elements.length == 0
            ? unprovenCall(entry, arguments, position)
            : make(elements[0], arguments, position);
      }
      case "torch.storage._load_from_bytes" -> {
        // Unpickles its argument, so that is read as strictly as the file itself.
        long at =
            elements != null && elements.length == 1 && Symbol.is(elements[0], Symbol.BYTES)
                ? scan.recent.wide(elements[0])
                : -1;
        if (at < 0 || !scan.loaded(at)) {
          return unprovenCall(entry, arguments, position);
        }
        return Symbol.of(Symbol.RESULT, number);
      }
      case "_codecs.encode" -> {
        String encoding =
            elements == null || elements.length < 2 ? null : text(elements[elements.length - 1]);
        if (encoding == null || !ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
          return unprovenCall(entry, arguments, position);
        }
      }
      default -> {}
    }
    if (allowed.use() != Use.CALL
        || (!allowed.arguments().isEmpty() && !takes(allowed, elements, 0))) {
      return unprovenCall(entry, arguments, position);
    }
    return Symbol.of(Symbol.RESULT, number);
  }

  private int unprovenCall(Globals.Entry entry, int arguments, long position) throws IOException {
    events.call(
        new Observation(
            PickleRules.UNPROVEN,
            Verdict.UNPROVEN,
            "calls "
                + scan.renderer.call(entry.path(), arguments)
                + ", of which the allow-list knows other uses only",
            position));
    return Symbol.of(Symbol.UNKNOWN);
  }

  /** {@code copyreg._reconstructor(cls, base, state)} calls {@code base.__init__} too. */
  private int reconstructor(int @Nullable [] elements, int arguments, long position)
      throws IOException {
    if (elements != null && elements.length == 3 && Symbol.is(elements[1], Symbol.GLOBAL)) {
      Globals.Entry base = scan.globals.get(Symbol.payload(elements[1]));
      Allowed allowed = base.allowed();
      boolean object = base.is("builtins.object") || base.is("__builtin__.object");
      if (object
          || (allowed != null && allowed.use() == Use.CALL && allowed.arguments().isEmpty())) {
        return make(elements[0], arguments, position);
      }
    }
    events.call(
        new Observation(
            PickleRules.UNPROVEN,
            Verdict.UNPROVEN,
            "calls " + scan.renderer.call("copyreg._reconstructor", arguments),
            position));
    return Symbol.of(Symbol.UNKNOWN);
  }

  /** Whether a callable that calls what it is given is given nothing but what it may be. */
  private boolean takes(Allowed allowed, int @Nullable [] elements, int depth) {
    if (elements == null || depth > 3) {
      return false;
    }
    for (int element : elements) {
      if (element >= 0) {
        continue;
      }
      boolean fine =
          switch (Symbol.kind(element)) {
            case Symbol.GLOBAL, Symbol.RESULT -> {
              Globals.Entry entry = scan.globals.get(Symbol.payload(element));
              yield entry.is("_codecs.encode") || allowed.arguments().contains(entry.path());
            }
            case Symbol.TUPLE -> takes(allowed, scan.recent.elements(element), depth + 1);
            case Symbol.UNKNOWN, Symbol.PERSISTENT, Symbol.SET -> false;
            default -> true;
          };
      if (!fine) {
        return false;
      }
    }
    return true;
  }

  /** Makes an object of a class without calling its constructor: {@code cls.__new__(cls, …)}. */
  int make(int type, int arguments, long position) throws IOException {
    if (!Symbol.is(type, Symbol.GLOBAL)) {
      computed(
          Verdict.UNPROVEN,
          scan.renderer.call(scan.renderer.render(type, 0) + ".__new__", arguments),
          position);
      return Symbol.of(Symbol.UNKNOWN);
    }
    int number = Symbol.payload(type);
    Globals.Entry entry = scan.globals.get(number);
    Allowed allowed = entry.allowed();
    if (allowed == null) {
      flag(number, entry, scan.renderer.call(entry.path(), arguments), position);
    } else if (allowed.use() == Use.VALUE) {
      return unprovenCall(entry, arguments, position);
    } else if (entry.is("numpy.dtype")) {
      return scan.types.make(null);
    }
    return Symbol.of(Symbol.RESULT, number);
  }

  /** INST and OBJ: calls the class, or makes an object where there are no arguments. */
  int instance(int type, int arguments, boolean none, long position) throws IOException {
    if (none && Symbol.is(type, Symbol.GLOBAL)) {
      Allowed allowed = scan.globals.get(Symbol.payload(type)).allowed();
      if (allowed != null && allowed.use() == Use.NEW) {
        return make(type, arguments, position);
      }
    }
    return call(type, arguments, position);
  }

  /** Gives an object its state. */
  void build(int object, int state, long position) throws IOException {
    switch (object >= 0 ? -1 : Symbol.kind(object)) {
      case Symbol.GLOBAL ->
          change(
              "changes attributes of ", object, " to " + scan.renderer.render(state, 0), position);
      case Symbol.RESULT -> {
        state(state, position);
        Globals.Entry type = scan.globals.get(Symbol.payload(object));
        Allowed allowed = type.allowed();
        if (allowed != null && allowed.template()) {
          template(type, state, position);
        }
      }
      case Symbol.UNKNOWN, Symbol.PERSISTENT -> state(state, position);
      case Symbol.DTYPE -> {
        int[] elements = scan.recent.elements(state);
        if (elements == null) {
          scan.types.get(object).objects = true;
          scan.types.get(object).size = -1;
        } else {
          scan.types.build(object, elements, scan.recent);
        }
      }
      default ->
          events.once(
              PickleRules.STRUCTURE,
              Verdict.UNPROVEN,
              "gives a state to something that takes none",
              position);
    }
  }

  /**
   * SciPy's distributions execute a text of their state when they are loaded ({@code
   * _attach_argparser_methods} in scipy/stats/_distn_infrastructure.py): it must be of the form
   * that SciPy writes, with names and numbers filled in.
   */
  private void template(Globals.Entry type, int state, long position) throws IOException {
    Integer text = Symbol.is(state, Symbol.DICT) ? item(state, "_parse_arg_template") : null;
    String source = text == null ? null : text(text);
    if (source == null || !TEMPLATE.matcher(source).matches()) {
      events.call(
          new Observation(
              PickleRules.HOOK,
              source == null ? Verdict.UNPROVEN : Verdict.MALICIOUS,
              "gives " + type.path() + " a text that it executes: " + source,
              position));
    }
  }

  private void state(int state, long position) throws IOException {
    int[] elements = scan.recent.elements(state);
    if (elements != null) {
      for (int element : elements) {
        if (Symbol.is(element, Symbol.DICT)) {
          state(element, position);
        }
      }
    }
    if (Symbol.is(state, Symbol.DICT) && tricky.contains(state)) {
      events.call(
          new Observation(
              PickleRules.HOOK,
              Verdict.UNPROVEN,
              "plants an attribute that Python itself calls: " + scan.renderer.render(state, 0),
              position));
    }
  }

  private void change(String what, int global, String how, long position) {
    Globals.Entry entry = scan.globals.get(Symbol.payload(global));
    events.call(
        new Observation(
            PickleRules.CHANGE, Verdict.MALICIOUS, what + entry.path() + how, position));
  }

  /** Items are put into something; {@code list} or {@code dict} says by which method. */
  void items(int container, int expected, int first, long position) throws IOException {
    int kind = container >= 0 ? -1 : Symbol.kind(container);
    if (kind == expected) {
      return;
    }
    switch (kind) {
      case Symbol.GLOBAL ->
          change("puts items into ", container, ": " + scan.renderer.render(first, 0), position);
      case Symbol.RESULT -> {
        Globals.Entry entry = scan.globals.get(Symbol.payload(container));
        Allowed allowed = entry.allowed();
        if (allowed != null && !allowed.items()) {
          events.call(
              new Observation(
                  PickleRules.HOOK,
                  Verdict.UNPROVEN,
                  "puts items into what " + entry.path() + " made, by a method of its own",
                  position));
        }
      }
      case Symbol.UNKNOWN, Symbol.DTYPE, Symbol.PERSISTENT ->
          events.call(
              new Observation(
                  PickleRules.HOOK,
                  Verdict.UNPROVEN,
                  "puts items into what was made on load, by a method of its own",
                  position));
      default ->
          events.once(
              PickleRules.STRUCTURE,
              Verdict.UNPROVEN,
              "puts items into something that takes none",
              position);
    }
  }

  void tricky(int dict) {
    tricky.add(dict);
  }

  /** A persistent id, which only a loader that knows it can follow. */
  int persistent(int id, long position) throws IOException {
    return new PersistentIds(scan, events, this).follow(id, position);
  }

  /** An extension code, which stands for a global that only the loading process knows. */
  int extension(long code, long position) {
    events.call(
        new Observation(
            PickleRules.COMPUTED,
            Verdict.UNPROVEN,
            "refers to a global by extension code " + code,
            position));
    return Symbol.of(Symbol.UNKNOWN);
  }

  /** Items of a dictionary that was made not long ago, by key. */
  @Nullable Integer item(int dict, String key) throws IOException {
    Integer found = null;
    List<int[]> items = scan.recent.items(dict);
    for (int[] item : items) {
      if (key.equals(text(item[0]))) {
        found = item[1];
      }
    }
    return found;
  }
}
