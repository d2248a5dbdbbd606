package dev.redoubt.inspect.artifact.internal.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a template into tokens as Jinja's default delimiters do. */
final class Lexer {
  private static final int MAX_TOKENS = 200_000;
  private static final List<String> OPERATORS =
      List.of(
          "**", "//", "==", "!=", ">=", "<=", "+", "-", "*", "/", "%", "~", "(", ")", "[", "]", "{",
          "}", ",", ":", ".", "|", "=", ">", "<", ";");
  private static final Pattern RAW_END = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%\\}");
  private static final Pattern RAW_START = Pattern.compile("\\{%[-+]?\\s*raw\\s*[-+]?%\\}");
  private static final Pattern NUMBER =
      Pattern.compile(
          "0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|[0-9][0-9_]*(\\.[0-9][0-9_]*)?([eE][+-]?[0-9]+)?");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Lexer(String source) {
    this.source = source;
  }

  List<Token> tokens() {
    while (at < source.length()) {
      int next = nextDelimiter();
      if (next > at) {
        add(Token.Kind.TEXT, source.substring(at, next), at);
        at = next;
      }
      if (at >= source.length()) {
        break;
      }
      switch (source.charAt(at + 1)) {
        case '#' -> comment();
        case '%' -> statement();
        default -> code(Token.Kind.BEGIN_OUTPUT, Token.Kind.END_OUTPUT, "}}");
      }
    }
    add(Token.Kind.END, "", at);
    return tokens;
  }

  private int nextDelimiter() {
    for (int i = at; i + 1 < source.length(); i++) {
      if (source.charAt(i) == '{') {
        char c = source.charAt(i + 1);
        if (c == '{' || c == '%' || c == '#') {
          return i;
        }
      }
    }
    return source.length();
  }

  private void comment() {
    int end = source.indexOf("#}", at + 2);
    if (end < 0) {
      throw new TemplateException("a comment without an end", at);
    }
    at = end + 2;
  }

  private void statement() {
    Matcher raw = RAW_START.matcher(source).region(at, source.length());
    if (raw.lookingAt()) {
      Matcher end = RAW_END.matcher(source);
      if (!end.find(raw.end())) {
        throw new TemplateException("raw without endraw", at);
      }
      add(Token.Kind.TEXT, source.substring(raw.end(), end.start()), raw.end());
      at = end.end();
      return;
    }
    code(Token.Kind.BEGIN_STATEMENT, Token.Kind.END_STATEMENT, "%}");
  }

  private void code(Token.Kind begin, Token.Kind end, String closing) {
    add(begin, "", at);
    int start = at;
    at += 2;
    if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
      at++;
    }
    int depth = 0;
    while (true) {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
      if (at >= source.length()) {
        throw new TemplateException("a tag without an end", start);
      }
      // A closing brace ends a dictionary before it ends the tag.
      if (depth == 0 || closing.charAt(0) == '%') {
        if (source.startsWith(closing, at)) {
          add(end, "", at);
          at += 2;
          return;
        }
        char c = source.charAt(at);
        if ((c == '-' || c == '+') && source.startsWith(closing, at + 1)) {
          add(end, "", at);
          at += 3;
          return;
        }
      }
      depth += token();
    }
  }

  /** Takes one token; says by how many braces it goes deeper. */
  private int token() {
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      string(c);
      return 0;
    }
    if (Character.isUnicodeIdentifierStart(c) || c == '_') {
      int start = at;
      while (at < source.length()
          && (Character.isUnicodeIdentifierPart(source.charAt(at)) || source.charAt(at) == '_')) {
        at++;
      }
      // Python reads names in this normal form: what looks different may be the same.
      String name =
          java.text.Normalizer.normalize(
              source.substring(start, at), java.text.Normalizer.Form.NFKC);
      add(Token.Kind.NAME, name, start);
      return 0;
    }
    if (c >= '0' && c <= '9') {
      Matcher number = NUMBER.matcher(source).region(at, source.length());
      if (number.lookingAt()) {
        boolean real = number.group(1) != null || number.group(2) != null;
        add(real ? Token.Kind.FLOAT : Token.Kind.INTEGER, number.group().replace("_", ""), at);
        at = number.end();
        return 0;
      }
    }
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        add(Token.Kind.OPERATOR, operator, at);
        at += operator.length();
        return switch (operator) {
          case "{" -> 1;
          case "}" -> -1;
          default -> 0;
        };
      }
    }
    throw new TemplateException("the character " + c + " in a tag", at);
  }

  private void string(char quote) {
    int start = at++;
    var value = new StringBuilder();
    while (true) {
      if (at >= source.length()) {
        throw new TemplateException("a text without an end", start);
      }
      char c = source.charAt(at++);
      if (c == quote) {
        break;
      }
      if (c == '\\' && at < source.length()) {
        escape(value);
      } else {
        value.append(c);
      }
    }
    add(Token.Kind.STRING, value.toString(), start);
  }

  /** Python's escapes. */
  private void escape(StringBuilder value) {
    char c = source.charAt(at++);
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case 'f' -> value.append('\f');
      case 'b' -> value.append('\b');
      case 'a' -> value.append('\u0007');
      case 'v' -> value.append('\u000b');
      case '\n' -> {}
      case 'x' -> hex(value, 2);
      case 'u' -> hex(value, 4);
      case 'U' -> hex(value, 8);
      case 'N' -> named(value);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(value, c);
      case '\\', '\'', '"' -> value.append(c);
      default -> value.append('\\').append(c);
    }
  }

  private void hex(StringBuilder value, int digits) {
    if (at + digits > source.length()) {
      throw new TemplateException("an escape without its digits", at);
    }
    try {
      int point = Integer.parseUnsignedInt(source, at, at + digits, 16);
      value.append(Character.isValidCodePoint(point) ? Character.toString(point) : "?");
    } catch (NumberFormatException e) {
      throw new TemplateException("an escape without its digits", at);
    }
    at += digits;
  }

  private void octal(StringBuilder value, char first) {
    int point = first - '0';
    for (int i = 0; i < 2 && at < source.length(); i++) {
      char c = source.charAt(at);
      if (c < '0' || c > '7') {
        break;
      }
      point = point * 8 + c - '0';
      at++;
    }
    value.append((char) point);
  }

  private void named(StringBuilder value) {
    int end = source.indexOf('}', at);
    if (at >= source.length() || source.charAt(at) != '{' || end < 0) {
      throw new TemplateException("an escape without its name", at);
    }
    try {
      value.appendCodePoint(Character.codePointOf(source.substring(at + 1, end)));
    } catch (IllegalArgumentException e) {
      value.append('?');
    }
    at = end + 1;
  }

  private void add(Token.Kind kind, String text, int where) {
    if (tokens.size() > MAX_TOKENS) {
      throw new TemplateException("more than " + MAX_TOKENS + " tokens", where);
    }
    tokens.add(new Token(kind, text, where));
  }
}
