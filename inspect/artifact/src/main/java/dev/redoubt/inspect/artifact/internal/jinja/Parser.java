package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The statements of Jinja, those of its usual extensions and of chat templates too. */
final class Parser extends ExpressionParser {
  private static final int MOST_NODES = 100_000;

  /** Statements without an end of their own. */
  private static final Set<String> SINGLE =
      Set.of("include", "import", "from", "extends", "do", "break", "continue", "debug");

  private int nodes;

  private Parser(String template) {
    super(new Lexer(template).tokens());
  }

  /** The nodes of a template, in order. */
  static List<Node> parse(String template) {
    var parser = new Parser(template);
    List<Node> nodes = parser.body(Set.of());
    if (parser.peek().kind() != Token.Kind.END) {
      throw new TemplateException(
          parser.peek().text() + " without a beginning", parser.peek().at());
    }
    return nodes;
  }

  /** Nodes up to one of these words, which is not taken, nor is the begin of its tag. */
  private List<Node> body(Set<String> until) {
    deeper();
    var body = new ArrayList<Node>();
    while (true) {
      if (++nodes > MOST_NODES) {
        throw new TemplateException("more than " + MOST_NODES + " nodes", peek().at());
      }
      Token token = peek();
      switch (token.kind()) {
        case TEXT -> body.add(new Node.Text(take().at()));
        case BEGIN_OUTPUT -> {
          take();
          if (peek().kind() != Token.Kind.END_OUTPUT) {
            body.add(tuple(true));
          }
          end(Token.Kind.END_OUTPUT);
        }
        case BEGIN_STATEMENT -> {
          Token word = ahead();
          if (word.kind() == Token.Kind.NAME
              && (until.contains(word.text()) || word.text().startsWith("end"))) {
            if (!until.contains(word.text())) {
              throw new TemplateException(word.text() + " ends nothing", word.at());
            }
            back();
            return body;
          }
          take();
          body.add(statement());
        }
        case END -> {
          if (!until.isEmpty()) {
            throw new TemplateException("ends before " + until, token.at());
          }
          back();
          return body;
        }
        default -> throw new TemplateException("unexpected " + token.text(), token.at());
      }
    }
  }

  private void end(Token.Kind kind) {
    Token token = take();
    if (token.kind() != kind) {
      throw new TemplateException(
          "the end of the tag is missing before " + token.text(), token.at());
    }
  }

  private Node statement() {
    int at = peek().at();
    String word = name();
    return switch (word) {
      case "set" -> set(at);
      case "for" -> loop(at);
      case "if" -> branch(at);
      case "macro" -> macro(at);
      case "call" -> caller(at);
      case "filter" -> filterBlock(at);
      case "with" -> with(at);
      default -> SINGLE.contains(word) ? single(word, at) : block(word, at);
    };
  }

  private Node target() {
    int at = peek().at();
    var parts = new ArrayList<Node>();
    do {
      if (accept("(")) {
        parts.add(target());
        expect(")");
      } else {
        Node part = new Node.Name(name(), at);
        while (accept(".")) {
          part = new Node.Attribute(part, name(), at);
        }
        parts.add(part);
      }
    } while (accept(",") && peek().kind() == Token.Kind.NAME && !peek().word("in"));
    return parts.size() == 1 ? parts.getFirst() : new Node.Group("tuple", parts, at);
  }

  private Node set(int at) {
    Node target = target();
    if (accept("=")) {
      Node value = tuple(true);
      end(Token.Kind.END_STATEMENT);
      return new Node.Assign(target, value, false, at);
    }
    Node filtered = new Node.Group("block", List.of(), at);
    while (accept("|")) {
      filtered = filter(filtered, at);
    }
    end(Token.Kind.END_STATEMENT);
    var parts = new ArrayList<>(body(Set.of("endset")));
    close();
    parts.add(filtered);
    return new Node.Assign(target, new Node.Group("block", parts, at), false, at);
  }

  /** The tag that ends a statement, whatever else stands in it. */
  private void close() {
    take();
    take();
    if (peek().kind() == Token.Kind.NAME) {
      take();
    }
    end(Token.Kind.END_STATEMENT);
  }

  private Node loop(int at) {
    Node target = target();
    if (!acceptWord("in")) {
      throw new TemplateException("in is missing", peek().at());
    }
    var parts = new ArrayList<Node>();
    parts.add(new Node.Assign(target, tuple(false), true, at));
    if (acceptWord("if")) {
      parts.add(expression());
    }
    acceptWord("recursive");
    end(Token.Kind.END_STATEMENT);
    parts.addAll(body(Set.of("else", "endfor")));
    if (ahead().word("else")) {
      close();
      parts.addAll(body(Set.of("endfor")));
    }
    close();
    return new Node.Statement("for", parts, at);
  }

  private Node branch(int at) {
    var parts = new ArrayList<Node>();
    parts.add(tuple(true));
    end(Token.Kind.END_STATEMENT);
    while (true) {
      parts.addAll(body(Set.of("elif", "else", "endif")));
      String word = ahead().text();
      if (word.equals("elif")) {
        take();
        take();
        parts.add(tuple(true));
        end(Token.Kind.END_STATEMENT);
      } else if (word.equals("else")) {
        close();
      } else {
        close();
        return new Node.Statement("if", parts, at);
      }
    }
  }

  private List<String> parameters(List<Node> defaults) {
    var names = new ArrayList<String>();
    while (!accept(")")) {
      names.add(name());
      if (accept("=")) {
        defaults.add(expression());
      }
      if (!peek().is(")")) {
        expect(",");
      }
    }
    return names;
  }

  private Node macro(int at) {
    String name = name();
    expect("(");
    var parts = new ArrayList<Node>();
    List<String> parameters = parameters(parts);
    end(Token.Kind.END_STATEMENT);
    parts.addAll(body(Set.of("endmacro")));
    close();
    return new Node.Macro(name, parameters, parts, at);
  }

  private Node caller(int at) {
    var parts = new ArrayList<Node>();
    List<String> parameters = accept("(") ? parameters(parts) : List.of();
    parts.add(expression());
    end(Token.Kind.END_STATEMENT);
    parts.addAll(body(Set.of("endcall")));
    close();
    return new Node.Macro("caller", parameters, parts, at);
  }

  private Node filterBlock(int at) {
    Node value = filter(new Node.Group("block", List.of(), at), at);
    while (accept("|")) {
      value = filter(value, at);
    }
    end(Token.Kind.END_STATEMENT);
    var parts = new ArrayList<Node>(body(Set.of("endfilter")));
    parts.add(value);
    close();
    return new Node.Statement("filter", parts, at);
  }

  private Node with(int at) {
    var parts = new ArrayList<Node>();
    while (peek().kind() != Token.Kind.END_STATEMENT) {
      Node target = target();
      expect("=");
      parts.add(new Node.Assign(target, expression(), false, at));
      accept(",");
    }
    end(Token.Kind.END_STATEMENT);
    parts.addAll(body(Set.of("endwith")));
    close();
    return new Node.Statement("with", parts, at);
  }

  /** A statement whose words don't matter to what it is. */
  private Node single(String word, int at) {
    var parts = new ArrayList<Node>();
    if (word.equals("do")) {
      parts.add(tuple(true));
    } else {
      skipWords();
    }
    end(Token.Kind.END_STATEMENT);
    return new Node.Statement(word, parts, at);
  }

  private void skipWords() {
    while (peek().kind() != Token.Kind.END_STATEMENT && peek().kind() != Token.Kind.END) {
      take();
    }
  }

  /** {@code block}, {@code autoescape}, {@code generation} and whatever else has an end. */
  private Node block(String word, int at) {
    skipWords();
    end(Token.Kind.END_STATEMENT);
    var parts = new ArrayList<>(body(Set.of("end" + word)));
    close();
    return new Node.Statement(word, parts, at);
  }
}
