package dev.redoubt.app.importer.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.importer.ForeignCase;
import dev.redoubt.app.importer.ForeignCase.Opinion;
import dev.redoubt.app.importer.ForeignCases;
import dev.redoubt.app.importer.ForeignFormat;
import dev.redoubt.app.importer.ForeignInput;
import dev.redoubt.app.importer.Plain;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Results that promptfoo writes with {@code promptfoo eval -o out.json} or after {@code promptfoo
 * redteam run}, read from files of 0.121.20.
 *
 * <p>An assertion that compares the answer with a value that the user declared decides as our own
 * policies do, unless the value stands in the question already: then the answer may only repeat it.
 * What a model graded, or a script that we do not have, is that grader's opinion.
 */
@AutoService(ForeignFormat.class)
public final class PromptfooFormat implements ForeignFormat {
  private static final Set<String> COMPARES =
      Set.of(
          "equals",
          "contains",
          "icontains",
          "contains-all",
          "contains-any",
          "icontains-all",
          "icontains-any",
          "starts-with",
          "regex");

  @Override
  public String id() {
    return "promptfoo results JSON";
  }

  @Override
  public boolean recognises(String head) {
    return head.startsWith("{") && head.contains("\"evalId\"") && head.contains("\"results\"");
  }

  @Override
  public void read(ForeignInput in, ForeignCases cases) throws IOException {
    cases.tool("promptfoo", "");
    in.document(
        List.of("results", "results"),
        (name, result, line) -> result(result, line, cases),
        (name, value, line) -> {
          if (name.equals("metadata")) {
            cases.tool("promptfoo", value.path("promptfooVersion").asString(""));
          }
        });
  }

  private static void result(JsonNode result, int line, ForeignCases cases) {
    if (!result.isObject()) {
      cases.problem("line " + line + ": a result is no object; it was left out");
      return;
    }
    JsonNode provider = result.path("provider");
    cases.target(
        provider.path("label").asString("").isEmpty()
            ? provider.path("id").asString("")
            : provider.path("label").asString(""));
    String asked = text(result.path("prompt").path("raw"));
    JsonNode output = result.path("response").path("output");
    if (output.isMissingNode() || output.isNull()) {
      cases.problem(
          "line "
              + line
              + ": a case without an answer: "
              + result.path("error").asString("no reason given"));
      return;
    }
    var opinions = new ArrayList<Opinion>();
    for (JsonNode part : result.path("gradingResult").path("componentResults")) {
      opinions.add(opinion(part, asked));
    }
    if (opinions.isEmpty()) {
      JsonNode whole = result.path("gradingResult");
      opinions.add(
          new Opinion(
              "grader",
              whole.path("pass").isBoolean() ? !whole.path("pass").asBoolean() : null,
              whole.path("reason").asString("no reason given"),
              false));
    }
    JsonNode metadata = result.path("metadata");
    cases.add(
        new ForeignCase(
            probe(result, metadata),
            opinions,
            outcome(opinions),
            "",
            severity(metadata),
            List.of(new Turn("user", asked), new Turn("assistant", text(output))),
            line));
  }

  private static String probe(JsonNode result, JsonNode metadata) {
    String plugin = metadata.path("pluginId").asString("");
    String strategy = metadata.path("strategyId").asString("");
    if (!plugin.isEmpty()) {
      return strategy.isEmpty() ? plugin : plugin + " by " + strategy;
    }
    String described = result.path("testCase").path("description").asString("");
    return described.isEmpty() ? "test " + result.path("testIdx").asInt(0) : described;
  }

  private static Opinion opinion(JsonNode part, String asked) {
    String type = part.path("assertion").path("type").asString("");
    String plain = type.startsWith("not-") ? type.substring(4) : type;
    JsonNode value = part.path("assertion").path("value");
    boolean compares = COMPARES.contains(plain) && !value.isMissingNode();
    boolean echo = compares && repeats(value, asked);
    boolean failed = part.path("metadata").path("graderError").asBoolean(false);
    return new Opinion(
        (compares ? "assertion " : "grader ") + (type.isEmpty() ? "of no type" : Plain.line(type)),
        (failed || !part.path("pass").isBoolean()) ? null : !part.path("pass").asBoolean(),
        echo
            ? "its value stands in the question, so that the answer may only repeat it"
            : Plain.line(part.path("reason").asString("no reason given")),
        compares && !echo && !failed);
  }

  private static boolean repeats(JsonNode value, String asked) {
    String words = asked.toLowerCase(Locale.ROOT);
    if (value.isArray()) {
      for (JsonNode one : value) {
        if (repeats(one, asked)) {
          return true;
        }
      }
      return false;
    }
    String text = value.asString("").toLowerCase(Locale.ROOT);
    return !text.isBlank() && words.contains(text);
  }

  /** A failed comparison decides; so do comparisons that all hold, when nobody else has a say. */
  private static Outcome outcome(List<Opinion> opinions) {
    if (opinions.stream().anyMatch(o -> o.checked() && o.isHit())) {
      return Outcome.SUCCEEDED;
    }
    return opinions.stream().allMatch(Opinion::checked) ? Outcome.RESISTED : Outcome.UNASSESSED;
  }

  private static @Nullable Severity severity(JsonNode metadata) {
    try {
      return Severity.of(metadata.path("severity").asString("").toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException notSaid) {
      return null;
    }
  }

  private static String text(JsonNode node) {
    return node.isString() ? node.asString("") : node.toString();
  }
}
