package dev.redoubt.inspect.artifact.internal.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its text; of a string literal what it stands for
 * @param at where it starts, in characters
 */
record Token(Kind kind, String text, int at) {
  enum Kind {
    TEXT,
    BEGIN_STATEMENT,
    END_STATEMENT,
    BEGIN_OUTPUT,
    END_OUTPUT,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean word(String word) {
    return kind == Kind.NAME && text.equals(word);
  }
}
