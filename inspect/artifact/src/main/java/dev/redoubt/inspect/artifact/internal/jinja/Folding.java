package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What text an expression gives, where that can be read from the template alone. */
final class Folding {
  private static final int LONGEST = 4096;
  private static final int DEEPEST = 60;
  private static final Set<String> BUILDERS =
      Set.of("join", "format", "replace", "reverse", "string_format", "format_map", "map", "list");

  private final Map<String, List<Node>> assigned = new HashMap<>();
  private final Set<String> busy = new HashSet<>();
  private int steps;

  void assign(String name, Node value) {
    assigned.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  /** All that a name is ever given. */
  List<Node> values(String name) {
    return assigned.getOrDefault(name, List.of());
  }

  /** The text; null where it depends on what the template is given. */
  @Nullable String text(Node node) {
    steps = 0;
    return text(node, 0);
  }

  private @Nullable String text(Node node, int depth) {
    if (depth > DEEPEST || ++steps > 20_000) {
      return null;
    }
    String text =
        switch (node) {
          case Node.Constant constant ->
              constant.value() instanceof String || constant.value() instanceof Long
                  ? constant.value().toString()
                  : null;
          case Node.Binary binary -> binary(binary, depth + 1);
          case Node.Filter filter -> filter(filter, depth + 1);
          case Node.Call call -> call(call, depth + 1);
          case Node.Item item -> item(item, depth + 1);
          case Node.Name name -> single(name.name(), depth + 1);
          case Node.Attribute attribute -> single("." + attribute.name(), depth + 1);
          default -> null;
        };
    return text == null || text.length() > LONGEST ? null : text;
  }

  private @Nullable String single(String name, int depth) {
    List<Node> values = values(name);
    if (values.size() != 1 || !busy.add(name)) {
      return null;
    }
    try {
      return text(values.getFirst(), depth);
    } finally {
      busy.remove(name);
    }
  }

  private @Nullable String binary(Node.Binary binary, int depth) {
    String left = text(binary.left(), depth);
    if (left == null) {
      return null;
    }
    if (binary.operator().equals("%")) {
      List<String> values = list(binary.right(), depth);
      return values == null ? null : percent(left, values);
    }
    String right = text(binary.right(), depth);
    if (right == null) {
      return null;
    }
    return switch (binary.operator()) {
      case "~", "+" -> left + right;
      case "*" -> repeat(left, right);
      default -> null;
    };
  }

  private static @Nullable String repeat(String left, String right) {
    boolean number =
        !right.isEmpty() && right.length() < 5 && right.chars().allMatch(Character::isDigit);
    int times = number ? Integer.parseInt(right) : -1;
    return times < 0 || (long) times * left.length() > LONGEST ? null : left.repeat(times);
  }

  /** The texts of a list, of the characters of a text, or a single one. */
  private @Nullable List<String> list(Node node, int depth) {
    if (node instanceof Node.Name name
        && values(name.name()).size() == 1
        && busy.add(name.name())) {
      try {
        return list(values(name.name()).getFirst(), depth + 1);
      } finally {
        busy.remove(name.name());
      }
    }
    if (node instanceof Node.Group group
        && (group.kind().equals("list") || group.kind().equals("tuple"))) {
      return texts(group.parts(), depth);
    }
    if (node instanceof Node.Filter filter && depth < DEEPEST) {
      if (filter.name().equals("list")) {
        return list(filter.value(), depth + 1);
      }
      if (filter.name().equals("reverse")) {
        List<String> inner = list(filter.value(), depth + 1);
        return inner == null ? null : inner.reversed();
      }
    }
    String text = text(node, depth);
    return text == null ? null : List.of(text);
  }

  private @Nullable List<String> texts(List<Node> nodes, int depth) {
    var texts = new ArrayList<String>();
    for (Node part : nodes) {
      String text = text(part, depth + 1);
      if (text == null) {
        return null;
      }
      texts.add(text);
    }
    return texts;
  }

  private static @Nullable String percent(String format, List<String> values) {
    var out = new StringBuilder();
    int next = 0;
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 >= format.length()) {
        out.append(c);
        continue;
      }
      char kind = format.charAt(++i);
      if (kind == '%') {
        out.append('%');
      } else if (next >= values.size()) {
        return null;
      } else {
        out.append(character(kind, values.get(next++)));
      }
    }
    return out.toString();
  }

  private static String character(char kind, String value) {
    boolean number =
        kind == 'c'
            && !value.isEmpty()
            && value.length() < 7
            && value.chars().allMatch(Character::isDigit);
    return number ? Character.toString(Integer.parseInt(value)) : value;
  }

  private @Nullable String filter(Node.Filter filter, int depth) {
    if (filter.name().equals("join")) {
      List<String> parts = joined(filter.value(), depth);
      String between =
          filter.arguments().isEmpty() ? "" : text(filter.arguments().getFirst(), depth);
      return parts == null || between == null ? null : String.join(between, parts);
    }
    String value = text(filter.value(), depth);
    if (value == null) {
      return null;
    }
    return switch (filter.name()) {
      case "format" -> {
        List<String> values = texts(filter.arguments(), depth);
        yield values == null ? null : percent(value, values);
      }
      case "first" -> value.isEmpty() ? null : value.substring(0, 1);
      case "last" -> value.isEmpty() ? null : value.substring(value.length() - 1);
      case "string", "safe", "escape", "e", "forceescape", "list" -> value;
      default -> method(filter.name(), value, filter.arguments(), depth);
    };
  }

  private @Nullable List<String> joined(Node node, int depth) {
    if (node instanceof Node.Call call
        && call.function() instanceof Node.Name name
        && name.name().equals("dict")) {
      // dict(a=1, b=2)|join joins the names of its arguments.
      return call.keys();
    }
    if (node instanceof Node.Group group && group.kind().equals("dictionary")) {
      var keys = new ArrayList<Node>();
      for (int i = 0; i < group.parts().size(); i += 2) {
        keys.add(group.parts().get(i));
      }
      return texts(keys, depth);
    }
    return list(node, depth);
  }

  private @Nullable String call(Node.Call call, int depth) {
    if (!(call.function() instanceof Node.Attribute attribute)) {
      return null;
    }
    String value = text(attribute.of(), depth);
    if (value == null) {
      return null;
    }
    if (attribute.name().equals("join") && call.arguments().size() == 1) {
      List<String> parts = joined(call.arguments().getFirst(), depth);
      return parts == null ? null : String.join(value, parts);
    }
    if (attribute.name().equals("format")) {
      List<String> values = texts(call.arguments(), depth);
      return values == null ? null : braces(value, values);
    }
    return method(attribute.name(), value, call.arguments(), depth);
  }

  private static String braces(String format, List<String> values) {
    var out = new StringBuilder(format);
    for (int i = 0; i < values.size(); i++) {
      int plain = out.indexOf("{}");
      String numbered = "{" + i + "}";
      int at = plain >= 0 ? plain : out.indexOf(numbered);
      while (at >= 0 && out.length() < LONGEST) {
        out.replace(at, at + (plain >= 0 ? 2 : numbered.length()), values.get(i));
        at = plain >= 0 ? -1 : out.indexOf(numbered, at + values.get(i).length());
      }
    }
    return out.toString();
  }

  private @Nullable String method(String name, String value, List<Node> given, int depth) {
    List<String> arguments = texts(given, depth);
    if (arguments == null) {
      return null;
    }
    return switch (name) {
      case "lower", "casefold" -> value.toLowerCase(Locale.ROOT);
      case "upper" -> value.toUpperCase(Locale.ROOT);
      case "reverse" -> new StringBuilder(value).reverse().toString();
      case "trim", "strip" ->
          arguments.isEmpty() ? value.strip() : stripped(value, arguments.getFirst());
      case "replace" ->
          arguments.size() >= 2 && !arguments.getFirst().isEmpty()
              ? value.replace(arguments.get(0), arguments.get(1))
              : null;
      case "swapcase" -> value.toLowerCase(Locale.ROOT);
      default -> null;
    };
  }

  private static String stripped(String value, String characters) {
    int from = 0;
    int to = value.length();
    while (from < to && characters.indexOf(value.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && characters.indexOf(value.charAt(to - 1)) >= 0) {
      to--;
    }
    return value.substring(from, to);
  }

  private @Nullable String item(Node.Item item, int depth) {
    if (item.index() instanceof Node.Slice slice) {
      String value = text(item.of(), depth);
      boolean backwards = slice.parts().stream().anyMatch(p -> p instanceof Node.Group);
      return value == null
          ? null
          : backwards ? new StringBuilder(value).reverse().toString() : value;
    }
    if (item.index() instanceof Node.Constant constant && constant.value() instanceof Long index) {
      if (item.of() instanceof Node.Group) {
        List<String> parts = list(item.of(), depth);
        return parts != null && index >= 0 && index < parts.size()
            ? parts.get(index.intValue())
            : null;
      }
      String value = text(item.of(), depth);
      return value != null && index >= 0 && index < value.length()
          ? value.substring(index.intValue(), index.intValue() + 1)
          : null;
    }
    return null;
  }

  /** Says whether an expression puts a text together whose result can't be read here. */
  boolean builds(Node node) {
    steps = 0;
    return builds(node, 0);
  }

  private boolean builds(Node node, int depth) {
    if (depth > DEEPEST || ++steps > 20_000) {
      return true;
    }
    return switch (node) {
      case Node.Binary binary ->
          switch (binary.operator()) {
            case "~" -> true;
            case "+", "%", "*" -> worded(binary.left(), depth) || worded(binary.right(), depth);
            case "or", "and" ->
                builds(binary.left(), depth + 1) || builds(binary.right(), depth + 1);
            default -> false;
          };
      case Node.Filter filter ->
          BUILDERS.contains(filter.name()) || builds(filter.value(), depth + 1);
      case Node.Call call ->
          call.function() instanceof Node.Attribute attribute
              && (BUILDERS.contains(attribute.name()) || builds(attribute.of(), depth + 1));
      case Node.Item item -> item.index() instanceof Node.Slice && worded(item.of(), depth);
      case Node.Name name -> ever(name.name(), depth);
      case Node.Attribute attribute -> ever("." + attribute.name(), depth);
      case Node.Group group ->
          group.kind().equals("choice")
              && group.parts().stream().anyMatch(p -> builds(p, depth + 1));
      default -> false;
    };
  }

  private boolean worded(Node node, int depth) {
    return (node instanceof Node.Constant constant && constant.value() instanceof String)
        || builds(node, depth + 1);
  }

  private boolean ever(String name, int depth) {
    if (!busy.add(name)) {
      return false;
    }
    try {
      return values(name).stream().anyMatch(v -> builds(v, depth + 1));
    } finally {
      busy.remove(name);
    }
  }
}
