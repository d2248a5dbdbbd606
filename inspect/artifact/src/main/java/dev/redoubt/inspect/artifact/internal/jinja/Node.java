package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.List;

/** A node of a template's syntax tree. */
sealed interface Node {
  /** Where it starts, in characters. */
  int at();

  /** Text outside of tags. */
  record Text(int at) implements Node {}

  /** A value that is written down: text, a number, a truth value or none. */
  record Constant(Object value, int at) implements Node {}

  /** A name that is looked up. */
  record Name(String name, int at) implements Node {}

  /** {@code of.name} */
  record Attribute(Node of, String name, int at) implements Node {}

  /** {@code of[index]} */
  record Item(Node of, Node index, int at) implements Node {}

  /** {@code of[from:to:step]} */
  record Slice(List<Node> parts, int at) implements Node {}

  /** {@code function(arguments, key=value)}; the keys belong to the last arguments. */
  record Call(Node function, List<Node> arguments, List<String> keys, int at) implements Node {}

  /** {@code value | name(arguments)} */
  record Filter(Node value, String name, List<Node> arguments, List<String> keys, int at)
      implements Node {}

  /** {@code value is name(arguments)} */
  record Test(Node value, String name, List<Node> arguments, int at) implements Node {}

  /** An operator between two values. */
  record Binary(String operator, Node left, Node right, int at) implements Node {}

  /** A list, a tuple, the keys and values of a dictionary, or a choice. */
  record Group(String kind, List<Node> parts, int at) implements Node {}

  /** {@code set target = value}, also as a block, and what a loop takes from. */
  record Assign(Node target, Node value, boolean loop, int at) implements Node {}

  /** A macro or a block that calls one, with the names of its arguments. */
  record Macro(String name, List<String> parameters, List<Node> parts, int at) implements Node {}

  /** Any other statement, by its word, with all that stands in it. */
  record Statement(String word, List<Node> parts, int at) implements Node {}
}
