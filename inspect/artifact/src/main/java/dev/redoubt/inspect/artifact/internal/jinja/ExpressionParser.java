package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The expressions of Jinja, by the precedence of its own parser. */
class ExpressionParser {
  private static final int DEEPEST = 200;
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

  private final List<Token> tokens;
  private int next;
  private int depth;

  ExpressionParser(List<Token> tokens) {
    this.tokens = tokens;
  }

  final Token peek() {
    return tokens.get(Math.min(next, tokens.size() - 1));
  }

  final Token ahead() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  final Token take() {
    Token token = peek();
    next++;
    return token;
  }

  final boolean accept(String operator) {
    if (peek().is(operator)) {
      next++;
      return true;
    }
    return false;
  }

  final boolean acceptWord(String word) {
    if (peek().word(word)) {
      next++;
      return true;
    }
    return false;
  }

  final void expect(String operator) {
    if (!accept(operator)) {
      throw new TemplateException(operator + " is missing before " + peek().text(), peek().at());
    }
  }

  final String name() {
    Token token = take();
    if (token.kind() != Token.Kind.NAME) {
      throw new TemplateException("a name is missing before " + token.text(), token.at());
    }
    return token.text();
  }

  final void deeper() {
    if (++depth > DEEPEST) {
      throw new TemplateException("nested deeper than " + DEEPEST + " levels", peek().at());
    }
  }

  final void back() {
    depth--;
  }

  /** A value, with a choice between two by {@code if}. */
  final Node expression() {
    return expression(true);
  }

  final Node expression(boolean withChoice) {
    deeper();
    Node left = or();
    while (withChoice && peek().word("if")) {
      int at = take().at();
      Node condition = or();
      var parts = new ArrayList<>(List.of(left, condition));
      if (acceptWord("else")) {
        parts.add(expression());
      }
      left = new Node.Group("choice", parts, at);
    }
    back();
    return left;
  }

  /** Values with commas between them are a tuple. */
  final Node tuple(boolean withChoice) {
    int at = peek().at();
    Node first = expression(withChoice);
    if (!peek().is(",")) {
      return first;
    }
    var parts = new ArrayList<Node>();
    parts.add(first);
    while (accept(",")) {
      if (startsNoExpression()) {
        break;
      }
      parts.add(expression(withChoice));
    }
    return new Node.Group("tuple", parts, at);
  }

  private boolean startsNoExpression() {
    Token token = peek();
    return switch (token.kind()) {
      case END, END_OUTPUT, END_STATEMENT -> true;
      case OPERATOR -> token.text().equals(")") || token.text().equals("=");
      case NAME -> token.text().equals("in");
      default -> false;
    };
  }

  private Node or() {
    Node left = and();
    while (peek().word("or")) {
      left = new Node.Binary("or", left, after(this::and), left.at());
    }
    return left;
  }

  private Node and() {
    Node left = not();
    while (peek().word("and")) {
      left = new Node.Binary("and", left, after(this::not), left.at());
    }
    return left;
  }

  private Node after(java.util.function.Supplier<Node> parser) {
    next++;
    return parser.get();
  }

  private Node not() {
    if (peek().word("not")) {
      int at = take().at();
      deeper();
      Node value = not();
      back();
      return new Node.Group("not", List.of(value), at);
    }
    return comparison();
  }

  private Node comparison() {
    Node left = sum();
    while (true) {
      Token token = peek();
      if (token.kind() == Token.Kind.OPERATOR && COMPARISONS.contains(token.text())) {
        left = new Node.Binary(token.text(), left, after(this::sum), token.at());
      } else if (token.word("in")) {
        left = new Node.Binary("in", left, after(this::sum), token.at());
      } else if (token.word("not") && ahead().word("in")) {
        next++;
        left = new Node.Binary("in", left, after(this::sum), token.at());
      } else {
        return left;
      }
    }
  }

  private Node sum() {
    Node left = concatenation();
    while (peek().is("+") || peek().is("-")) {
      Token token = take();
      left = new Node.Binary(token.text(), left, concatenation(), token.at());
    }
    return left;
  }

  private Node concatenation() {
    Node left = product();
    while (peek().is("~")) {
      Token token = take();
      left = new Node.Binary("~", left, product(), token.at());
    }
    return left;
  }

  private Node product() {
    Node left = unary();
    while (peek().is("*") || peek().is("/") || peek().is("//") || peek().is("%")) {
      Token token = take();
      left = new Node.Binary(token.text(), left, unary(), token.at());
    }
    return left;
  }

  private Node unary() {
    Token token = peek();
    Node value;
    if (token.is("-") || token.is("+")) {
      next++;
      deeper();
      value = new Node.Group("sign", List.of(unary()), token.at());
      back();
    } else {
      value = postfix(primary());
    }
    while (peek().is("**")) {
      Token power = take();
      deeper();
      value = new Node.Binary("**", value, unary(), power.at());
      back();
    }
    return filters(value);
  }

  private Node primary() {
    Token token = take();
    return switch (token.kind()) {
      case NAME ->
          switch (token.text()) {
            case "true", "True" -> new Node.Constant(true, token.at());
            case "false", "False" -> new Node.Constant(false, token.at());
            case "none", "None" -> new Node.Constant(Void.class, token.at());
            default -> new Node.Name(token.text(), token.at());
          };
      case STRING -> string(token);
      case INTEGER -> new Node.Constant(whole(token), token.at());
      case FLOAT -> new Node.Constant(Double.valueOf(token.text()), token.at());
      case OPERATOR ->
          switch (token.text()) {
            case "(" -> bracketed(token);
            case "[" -> new Node.Group("list", parts("]"), token.at());
            case "{" -> new Node.Group("dictionary", entries(), token.at());
            default ->
                throw new TemplateException("a value is missing at " + token.text(), token.at());
          };
      default -> throw new TemplateException("a value is missing", token.at());
    };
  }

  /** Texts that stand side by side are one. */
  private Node string(Token first) {
    var value = new StringBuilder(first.text());
    while (peek().kind() == Token.Kind.STRING) {
      value.append(take().text());
    }
    return new Node.Constant(value.toString(), first.at());
  }

  private static Long whole(Token token) {
    String text = token.text().toLowerCase(java.util.Locale.ROOT);
    try {
      if (text.startsWith("0x")) {
        return Long.parseLong(text.substring(2), 16);
      }
      if (text.startsWith("0b")) {
        return Long.parseLong(text.substring(2), 2);
      }
      return text.startsWith("0o")
          ? Long.parseLong(text.substring(2), 8)
          : Long.parseLong(text, 10);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private Node bracketed(Token open) {
    if (accept(")")) {
      return new Node.Group("tuple", List.of(), open.at());
    }
    deeper();
    Node value = tuple(true);
    back();
    expect(")");
    return value;
  }

  private List<Node> parts(String closing) {
    var parts = new ArrayList<Node>();
    while (!accept(closing)) {
      parts.add(expression());
      if (!peek().is(closing)) {
        expect(",");
      }
    }
    return parts;
  }

  private List<Node> entries() {
    var parts = new ArrayList<Node>();
    while (!accept("}")) {
      parts.add(expression());
      expect(":");
      parts.add(expression());
      if (!peek().is("}")) {
        expect(",");
      }
    }
    return parts;
  }

  private Node postfix(Node start) {
    Node value = start;
    while (true) {
      Token token = peek();
      if (token.is(".")) {
        next++;
        Token name = take();
        value =
            switch (name.kind()) {
              case NAME -> new Node.Attribute(value, name.text(), name.at());
              case INTEGER ->
                  new Node.Item(value, new Node.Constant(whole(name), name.at()), name.at());
              default -> throw new TemplateException("a name is missing after .", name.at());
            };
      } else if (token.is("[")) {
        next++;
        value = new Node.Item(value, subscript(), token.at());
      } else if (token.is("(")) {
        next++;
        value = call(value, token.at());
      } else {
        return value;
      }
    }
  }

  private Node subscript() {
    int at = peek().at();
    var parts = new ArrayList<Node>();
    boolean slice = false;
    while (!accept("]")) {
      if (accept(":") || accept(",")) {
        slice = true;
      } else {
        parts.add(expression());
      }
    }
    if (!slice && parts.size() != 1) {
      throw new TemplateException("a subscript is missing", at);
    }
    return slice ? new Node.Slice(parts, at) : parts.getFirst();
  }

  private Node call(Node function, int at) {
    var keys = new ArrayList<String>();
    return new Node.Call(function, arguments(keys), keys, at);
  }

  final List<Node> arguments(List<String> keys) {
    deeper();
    var arguments = new ArrayList<Node>();
    while (!accept(")")) {
      if (accept("*") || accept("**")) {
        arguments.add(new Node.Group("spread", List.of(expression()), peek().at()));
      } else if (peek().kind() == Token.Kind.NAME && ahead().is("=")) {
        keys.add(take().text());
        next++;
        arguments.add(expression());
      } else {
        arguments.add(expression());
      }
      if (!peek().is(")")) {
        expect(",");
      }
    }
    back();
    return arguments;
  }

  private Node filters(Node start) {
    Node value = start;
    while (true) {
      Token token = peek();
      if (token.is("|")) {
        next++;
        value = filter(value, token.at());
      } else if (token.word("is")) {
        next++;
        value = test(value, token.at());
      } else if (token.is("(")) {
        next++;
        value = call(value, token.at());
      } else if (value instanceof Node.Filter && (token.is(".") || token.is("["))) {
        // Newer versions and other implementations of Jinja take (x|f).y without the brackets.
        value = postfix(value);
      } else {
        return value;
      }
    }
  }

  final Node filter(Node value, int at) {
    var name = new StringBuilder(name());
    while (accept(".")) {
      name.append('.').append(name());
    }
    var keys = new ArrayList<String>();
    List<Node> arguments = accept("(") ? arguments(keys) : List.of();
    return new Node.Filter(value, name.toString(), arguments, keys, at);
  }

  private Node test(Node value, int at) {
    boolean negated = acceptWord("not");
    var name = new StringBuilder(name());
    while (accept(".")) {
      name.append('.').append(name());
    }
    List<Node> arguments = List.of();
    Token token = peek();
    if (accept("(")) {
      arguments = arguments(new ArrayList<>());
    } else if (startsOperand(token)) {
      deeper();
      arguments = List.of(postfix(primary()));
      back();
    }
    Node test = new Node.Test(value, name.toString(), arguments, at);
    return negated ? new Node.Group("not", List.of(test), at) : test;
  }

  private static boolean startsOperand(Token token) {
    return switch (token.kind()) {
      case STRING, INTEGER, FLOAT -> true;
      case NAME ->
          !Set.of("else", "or", "and", "is", "if", "in", "not", "recursive").contains(token.text());
      case OPERATOR -> token.text().equals("[") || token.text().equals("{");
      default -> false;
    };
  }
}
