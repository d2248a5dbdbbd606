package dev.redoubt.detect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the classifier learns from: rows as {@link PromptRows} gives them, with a label. Where
 * a row does not say its {@code role}, its {@code kind} does: {@code indirect_}, {@code document_}
 * and {@code tool_output} come from elsewhere.
 */
final class InjectionExamples {
  /** Requests: harmless from the user, and no example of a harmless document. */
  private static final Set<String> REQUESTS =
      Set.of(
          "voice_command",
          "user_request",
          "instruction",
          "task_template",
          "customer_question",
          "user_question",
          "persona_prompt",
          "system_prompt",
          "task_with_document");

  private InjectionExamples() {}

  /**
   * Reads a file.
   *
   * @throws IOException where it can't be read, or a line is no row with a label, which it names
   */
  static List<InjectionExample> read(Path file) throws IOException {
    List<InjectionExample> examples = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file);
        PromptRows rows = new PromptRows(in)) {
      for (PromptRows.Line line = rows.next(); line != null; line = rows.next()) {
        switch (line) {
          case PromptRows.Unreadable bad ->
              throw new IOException(file + ":" + bad.number() + ": " + bad.why());
          case PromptRows.Row row -> {
            if (row.label() == null) {
              throw new IOException(file + ":" + row.number() + ": no label; say 0 or 1");
            }
            examples.add(example(row, row.label() == 1));
          }
        }
      }
    }
    return examples;
  }

  private static InjectionExample example(PromptRows.Row row, boolean attack) {
    String kind = row.word("kind");
    String category = row.word("category");
    boolean alien =
        attack
            ? kind.startsWith("indirect_")
                && (!category.equals("override") || kind.startsWith("indirect_raw"))
            : REQUESTS.contains(kind);
    String group =
        row.word("source")
            + "|"
            + kind.replaceAll("_(?:start|middle|end)$", "")
            + "|"
            + row.word("lang");
    boolean trap =
        kind.startsWith("hard_negative")
            || kind.startsWith("benign_encoded")
            || kind.startsWith("benign_multilingual");
    return new InjectionExample(
        row.text(),
        attack,
        channel(row, kind),
        alien,
        trap,
        attack ? spans(row) : List.of(),
        group);
  }

  private static InjectionChannel channel(PromptRows.Row row, String kind) {
    return switch (row.word("role")) {
      case "user" -> InjectionChannel.USER;
      case "document", "tool" -> InjectionChannel.DOCUMENT;
      default ->
          kind.startsWith("indirect_")
                  || kind.startsWith("document_")
                  || kind.startsWith("tool_output")
              ? InjectionChannel.DOCUMENT
              : InjectionChannel.USER;
    };
  }

  /** Spans are given in characters; a text counts UTF-16 units. */
  private static List<Span> spans(PromptRows.Row row) {
    List<Span> spans = new ArrayList<>();
    JsonNode given = row.node().get("spans");
    if (given == null || !given.isArray()) {
      return spans;
    }
    String text = row.text();
    int characters = text.codePointCount(0, text.length());
    for (JsonNode span : given) {
      if (span.isArray() && span.size() == 3 && "INJECTION".equals(span.get(0).asString(""))) {
        int from = Math.max(0, Math.min(characters, span.get(1).asInt(0)));
        int to = Math.max(from, Math.min(characters, span.get(2).asInt(0)));
        if (to > from) {
          spans.add(
              Span.of(
                  "INJECTION",
                  text,
                  text.offsetByCodePoints(0, from),
                  text.offsetByCodePoints(0, to)));
        }
      }
    }
    return spans;
  }
}
