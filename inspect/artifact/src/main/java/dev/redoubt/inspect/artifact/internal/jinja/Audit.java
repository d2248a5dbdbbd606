package dev.redoubt.inspect.artifact.internal.jinja;

import dev.redoubt.inspect.artifact.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks the syntax tree of a template and says what rendering it may reach. */
final class Audit {
  /** Takes what was seen. */
  interface Seen {
    void seen(Verdict verdict, String what, int at);
  }

  private static final int DEEPEST = 1500;
  private static final long MOST_TIMES = 1_000_000;
  private static final Pattern DUNDER = Pattern.compile("__[A-Za-z0-9_]*[A-Za-z0-9]__");
  private static final Set<String> ATTRIBUTE_FILTERS =
      Set.of("map", "selectattr", "rejectattr", "groupby", "sort", "sum", "unique", "min", "max");
  private static final Set<String> NAMING_FILTERS = Set.of("map", "select", "reject");

  private final Folding folding = new Folding();
  private final Set<String> macros = new HashSet<>();
  private final Set<String> locals = new HashSet<>();
  private final Seen seen;

  Audit(Seen seen) {
    this.seen = seen;
  }

  void run(List<Node> nodes) {
    nodes.forEach(node -> collect(node, 0));
    nodes.forEach(node -> visit(node, 0));
  }

  private static List<Node> parts(Node node) {
    return switch (node) {
      case Node.Text text -> List.of();
      case Node.Constant constant -> List.of();
      case Node.Name name -> List.of();
      case Node.Attribute attribute -> List.of(attribute.of());
      case Node.Item item -> List.of(item.of(), item.index());
      case Node.Slice slice -> slice.parts();
      case Node.Call call -> with(call.function(), call.arguments());
      case Node.Filter filter -> with(filter.value(), filter.arguments());
      case Node.Test test -> with(test.value(), test.arguments());
      case Node.Binary binary -> List.of(binary.left(), binary.right());
      case Node.Group group -> group.parts();
      case Node.Assign assign -> List.of(assign.target(), assign.value());
      case Node.Macro macro -> macro.parts();
      case Node.Statement statement -> statement.parts();
    };
  }

  private static List<Node> with(Node first, List<Node> rest) {
    var all = new java.util.ArrayList<Node>(rest.size() + 1);
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static void bounded(Node node, int depth) {
    if (depth > DEEPEST) {
      throw new TemplateException("an expression nested deeper than Python takes", node.at());
    }
  }

  private void collect(Node node, int depth) {
    bounded(node, depth);
    if (node instanceof Node.Assign assign) {
      bind(assign.target(), assign.value(), assign.loop());
    } else if (node instanceof Node.Macro macro) {
      macros.add(macro.name());
      locals.addAll(macro.parameters());
    }
    for (Node part : parts(node)) {
      collect(part, depth + 1);
    }
  }

  private void bind(Node target, Node value, boolean loop) {
    switch (target) {
      case Node.Name name -> {
        locals.add(name.name());
        if (!loop) {
          folding.assign(name.name(), value);
        } else if (value instanceof Node.Group group) {
          group.parts().forEach(part -> folding.assign(name.name(), part));
        }
      }
      case Node.Attribute attribute -> folding.assign("." + attribute.name(), value);
      case Node.Group group -> group.parts().forEach(part -> bind(part, value, true));
      default -> {}
    }
  }

  private void visit(Node node, int depth) {
    bounded(node, depth);
    switch (node) {
      case Node.Constant constant -> constant(constant);
      case Node.Name name -> name(name);
      case Node.Attribute attribute -> attribute(attribute.name(), attribute.at());
      case Node.Item item -> item(item);
      case Node.Call call -> call(call);
      case Node.Filter filter -> filter(filter);
      case Node.Test test -> {
        if (!Harmless.TESTS.contains(test.name())) {
          seen.seen(Verdict.UNPROVEN, "uses the unknown test " + test.name(), test.at());
        }
      }
      case Node.Binary binary -> binary(binary);
      case Node.Statement statement -> statement(statement);
      case Node.Macro macro -> {
        for (String parameter : macro.parameters()) {
          word(parameter, macro.at(), Verdict.UNPROVEN);
        }
      }
      case Node.Text text -> {}
      case Node.Slice slice -> {}
      case Node.Group group -> {}
      case Node.Assign assign -> {}
    }
    for (Node part : parts(node)) {
      visit(part, depth + 1);
    }
  }

  /** A text that is the very name of a hook of Python is there to be looked up by it. */
  private void constant(Node.Constant constant) {
    if (constant.value() instanceof String text && text.length() < 400) {
      for (String part : text.split("[.|\\[\\]'\"]", -1)) {
        word(part, constant.at(), Verdict.MALICIOUS);
      }
      if (text.contains("{") && DUNDER.matcher(text).find()) {
        seen.seen(Verdict.MALICIOUS, "formats with " + text, constant.at());
      }
    }
  }

  private boolean word(String text, int at, Verdict verdict) {
    if (DUNDER.matcher(text).matches() || text.startsWith("_TemplateReference")) {
      seen.seen(verdict, "reaches for " + text, at);
      return true;
    }
    return false;
  }

  private void name(Node.Name name) {
    if (word(name.name(), name.at(), Verdict.MALICIOUS)) {
      return;
    }
    if (Harmless.OBJECTS.contains(name.name()) && !locals.contains(name.name())) {
      seen.seen(Verdict.UNPROVEN, "uses the object " + name.name(), name.at());
    }
  }

  private void attribute(String name, int at) {
    if (word(name, at, Verdict.MALICIOUS)) {
      return;
    }
    if (Harmless.ESCAPES.contains(name)) {
      seen.seen(Verdict.MALICIOUS, "reaches for ." + name, at);
    } else if (name.startsWith("_")) {
      seen.seen(Verdict.UNPROVEN, "reaches for the private attribute " + name, at);
    }
  }

  /** A name that is computed: as bad as what it may come to. */
  private void computed(Node name, String how, int at) {
    String text = folding.text(name);
    if (text != null) {
      attribute(text, at);
    } else if (folding.builds(name)) {
      seen.seen(Verdict.UNPROVEN, how + " a name that is put together", at);
    }
  }

  private void item(Node.Item item) {
    if (item.index() instanceof Node.Constant constant) {
      if (constant.value() instanceof String text && text.startsWith("_")) {
        attribute(text, item.at());
      }
      return;
    }
    if (!(item.index() instanceof Node.Slice)) {
      computed(item.index(), "looks up", item.at());
    }
  }

  private void call(Node.Call call) {
    for (String key : call.keys()) {
      word(key, call.at(), Verdict.MALICIOUS);
    }
    switch (call.function()) {
      case Node.Name name -> function(name, call);
      case Node.Attribute attribute -> method(attribute, call);
      default -> seen.seen(Verdict.UNPROVEN, "calls what is computed", call.at());
    }
  }

  private void function(Node.Name name, Node.Call call) {
    String called = name.name();
    if (macros.contains(called) || called.equals("caller")) {
      return;
    }
    if (Harmless.EXECUTES.contains(called)) {
      seen.seen(Verdict.MALICIOUS, "calls " + called, call.at());
    } else if (!Harmless.FUNCTIONS.contains(called) || locals.contains(called)) {
      seen.seen(
          Verdict.UNPROVEN,
          "calls " + called + ", which nobody has shown to be harmless",
          call.at());
    } else if (called.equals("range")) {
      for (Node argument : call.arguments()) {
        if (argument instanceof Node.Constant c && c.value() instanceof Long n && n > MOST_TIMES) {
          seen.seen(Verdict.UNPROVEN, "counts to " + n, call.at());
        }
      }
    }
  }

  private void method(Node.Attribute attribute, Node.Call call) {
    String called = attribute.name();
    if (Harmless.EXECUTES.contains(called)) {
      seen.seen(Verdict.MALICIOUS, "calls ." + called, call.at());
    } else if (!Harmless.METHODS.contains(called)) {
      seen.seen(
          Verdict.UNPROVEN,
          "calls ." + called + ", which nobody has shown to be harmless",
          call.at());
    } else if (called.equals("format")) {
      format(attribute.of(), call.at());
    }
  }

  /** Python's format follows attributes of its arguments. */
  private void format(Node format, int at) {
    String text = folding.text(format);
    if (text == null) {
      seen.seen(Verdict.UNPROVEN, "formats by a text that is not written down", at);
    } else if (Pattern.compile("\\{[^{}]*\\._").matcher(text).find()) {
      seen.seen(Verdict.MALICIOUS, "formats with " + text, at);
    }
  }

  private void filter(Node.Filter filter) {
    for (String key : filter.keys()) {
      word(key, filter.at(), Verdict.MALICIOUS);
    }
    if (filter.name().equals("attr")) {
      attr(filter.arguments().isEmpty() ? null : filter.arguments().getFirst(), filter.at());
    } else if (!Harmless.FILTERS.contains(filter.name())) {
      seen.seen(Verdict.UNPROVEN, "uses the unknown filter " + filter.name(), filter.at());
    } else if (ATTRIBUTE_FILTERS.contains(filter.name())) {
      named(filter);
    }
    if (NAMING_FILTERS.contains(filter.name()) && !filter.arguments().isEmpty()) {
      inner(filter);
    }
  }

  private void attr(@Nullable Node argument, int at) {
    String text = argument == null ? null : folding.text(argument);
    if (text == null) {
      seen.seen(Verdict.UNPROVEN, "takes an attribute whose name is computed", at);
    } else {
      attribute(text, at);
    }
  }

  /** {@code map(attribute='a.b')} and its like follow a path of attributes. */
  private void named(Node.Filter filter) {
    int keyed = filter.arguments().size() - filter.keys().size();
    for (int i = 0; i < filter.arguments().size(); i++) {
      boolean path =
          i >= keyed
              ? filter.keys().get(i - keyed).equals("attribute")
              : i == 0 && (filter.name().endsWith("attr") || filter.name().equals("groupby"));
      if (path) {
        Node argument = filter.arguments().get(i);
        String text = folding.text(argument);
        if (text == null && folding.builds(argument)) {
          seen.seen(Verdict.UNPROVEN, "follows a path that is put together", filter.at());
        } else if (text != null) {
          for (String part : text.split("\\.", -1)) {
            attribute(part, filter.at());
          }
        }
      }
    }
  }

  /** {@code map('attr', 'x')} applies a filter by its name. */
  private void inner(Node.Filter filter) {
    Node first = filter.arguments().getFirst();
    if (filter.arguments().size() == filter.keys().size()) {
      return;
    }
    String name = folding.text(first);
    if (name == null) {
      seen.seen(Verdict.UNPROVEN, "applies a filter whose name is computed", filter.at());
    } else if (name.equals("attr")) {
      attr(filter.arguments().size() > 1 ? filter.arguments().get(1) : null, filter.at());
    } else if (!Harmless.FILTERS.contains(name) && !Harmless.TESTS.contains(name)) {
      seen.seen(Verdict.UNPROVEN, "uses the unknown filter " + name, filter.at());
    }
  }

  private void binary(Node.Binary binary) {
    switch (binary.operator()) {
      case "~", "+", "%", "*" -> {
        String text = folding.text(binary);
        if (text != null && text.length() < 400) {
          for (String part : text.split("[.|]", -1)) {
            word(part, binary.at(), Verdict.MALICIOUS);
          }
        }
        if (binary.operator().equals("*") && (huge(binary.left()) || huge(binary.right()))) {
          seen.seen(Verdict.UNPROVEN, "repeats something more than a million times", binary.at());
        }
      }
      case "**" -> {
        if (binary.right() instanceof Node.Constant c && c.value() instanceof Long n && n > 64) {
          seen.seen(Verdict.UNPROVEN, "raises to the power of " + n, binary.at());
        }
      }
      default -> {}
    }
  }

  private static boolean huge(Node node) {
    return node instanceof Node.Constant c && c.value() instanceof Long n && n > MOST_TIMES;
  }

  private void statement(Node.Statement statement) {
    if (!Harmless.STATEMENTS.contains(statement.word())) {
      seen.seen(Verdict.UNPROVEN, "has the statement " + statement.word(), statement.at());
    }
  }
}
