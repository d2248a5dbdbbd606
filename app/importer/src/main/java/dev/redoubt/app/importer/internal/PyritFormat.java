package dev.redoubt.app.importer.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.importer.ForeignCase;
import dev.redoubt.app.importer.ForeignCase.Opinion;
import dev.redoubt.app.importer.ForeignCases;
import dev.redoubt.app.importer.ForeignFileException;
import dev.redoubt.app.importer.ForeignFormat;
import dev.redoubt.app.importer.ForeignInput;
import dev.redoubt.app.importer.Plain;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Conversations that PyRIT exports: the JSON list of {@code memory.export_conversations} (to 0.14),
 * or message pieces by {@code model_dump}, as a list or one a line. Scores are what a scorer,
 * mostly a model, thinks; a refusal scorer's "true" means that the target declined.
 */
@AutoService(ForeignFormat.class)
public final class PyritFormat implements ForeignFormat {
  private static final long MOST_CHARACTERS = 256L << 20;

  @Override
  public String id() {
    return "PyRIT conversations JSON";
  }

  @Override
  public boolean recognises(String head) {
    String start = head.stripLeading();
    return (start.startsWith("[") || start.startsWith("{"))
        && head.contains("\"conversation_id\"")
        && head.contains("\"original_value\"");
  }

  @Override
  public void read(ForeignInput in, ForeignCases cases) throws IOException {
    cases.tool("PyRIT", "");
    var conversations = new Conversations(cases);
    in.pieces((name, piece, line) -> conversations.take(piece, line));
    conversations.finish();
  }

  /** The pieces of a file, gathered by conversation: an export does not promise their order. */
  private static final class Conversations {
    private final ForeignCases cases;
    private final Map<String, List<Piece>> byId = new LinkedHashMap<>();
    private long characters;

    Conversations(ForeignCases cases) {
      this.cases = cases;
    }

    private record Piece(
        int sequence, Turn turn, List<Opinion> opinions, @Nullable String objective, int line) {}

    void take(JsonNode node, int line) {
      String id = node.path("conversation_id").asString("");
      if (id.isEmpty()) {
        cases.problem("line " + line + ": a piece without a conversation; it was left out");
        return;
      }
      String sent = node.path("converted_value").asString("");
      String text = sent.isEmpty() ? node.path("original_value").asString("") : sent;
      characters += text.length();
      if (characters > MOST_CHARACTERS) {
        throw new ForeignFileException("holds more text than fits in memory; split the run");
      }
      JsonNode target = node.path("prompt_target_identifier");
      String name = className(target);
      if (!name.isEmpty()) {
        cases.target(name);
      }
      var opinions = new ArrayList<Opinion>();
      String objective = null;
      for (JsonNode score : node.path("scores")) {
        opinions.add(opinion(score));
        JsonNode aim = score.path("objective");
        objective = aim.isString() && !aim.asString().isBlank() ? aim.asString() : objective;
      }
      byId.computeIfAbsent(id, i -> new ArrayList<>())
          .add(
              new Piece(
                  node.path("sequence").asInt(0),
                  new Turn(Roles.known(node.path("role").asString("user")), text),
                  opinions,
                  objective,
                  line));
    }

    void finish() {
      byId.values()
          .forEach(pieces -> {
            pieces.sort(Comparator.comparingInt(Piece::sequence));
            List<Opinion> opinions = pieces.stream().flatMap(p -> p.opinions().stream()).toList();
            String objective =
                pieces.stream()
                    .map(Piece::objective)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse("conversation");
            cases.add(
                new ForeignCase(
                    Plain.line(objective),
                    opinions,
                    Outcome.UNASSESSED,
                    "",
                    null,
                    pieces.stream().map(Piece::turn).toList(),
                    pieces.getFirst().line()));
          });
    }
  }

  private static Opinion opinion(JsonNode score) {
    String scorer = className(score.path("scorer_class_identifier"));
    String value = score.path("score_value").asString("");
    boolean yesOrNo = score.path("score_type").asString("").equals("true_false");
    boolean yes = value.toLowerCase(Locale.ROOT).equals("true");
    boolean declined = scorer.toLowerCase(Locale.ROOT).contains("refusal");
    String rationale = score.path("score_rationale").asString("");
    return new Opinion(
        "scorer " + (scorer.isEmpty() ? "without a name" : Plain.line(scorer)),
        yesOrNo ? yes != declined : null,
        Plain.line("score " + value + (rationale.isEmpty() ? "" : ": " + rationale)),
        false);
  }

  private static String className(JsonNode identifier) {
    for (String key : List.of("class_name", "__type__", "class")) {
      if (identifier.path(key).isString()) {
        return identifier.path(key).asString("");
      }
    }
    return "";
  }
}
