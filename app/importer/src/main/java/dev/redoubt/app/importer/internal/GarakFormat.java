package dev.redoubt.app.importer.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.importer.ForeignCase;
import dev.redoubt.app.importer.ForeignCase.Opinion;
import dev.redoubt.app.importer.ForeignCases;
import dev.redoubt.app.importer.ForeignFormat;
import dev.redoubt.app.importer.ForeignInput;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * {@code report.jsonl} of garak, read from files of 0.17.1, with the plain texts of older versions
 * where it has messages. Attempts of status 2 hold a score of each detector for each output; a
 * score at or above the threshold of the run is what garak calls a hit. Its detectors look for
 * words or ask models: none of them is ground truth.
 */
@AutoService(ForeignFormat.class)
public final class GarakFormat implements ForeignFormat {
  private static final double USUAL_THRESHOLD = 0.5;
  private static final int EVALUATED = 2;

  @Override
  public String id() {
    return "garak report.jsonl";
  }

  @Override
  public boolean recognises(String head) {
    return head.startsWith("{") && head.contains("\"entry_type\"");
  }

  @Override
  public void read(ForeignInput in, ForeignCases cases) throws IOException {
    cases.tool("garak", "");
    double threshold = USUAL_THRESHOLD;
    boolean complete = false;
    for (String line = in.nextLine(); line != null; line = in.nextLine()) {
      JsonNode entry = in.object(line).orElse(null);
      if (entry == null) {
        cases.problem("line " + in.line() + " is no JSON object; it was left out");
        continue;
      }
      switch (entry.path("entry_type").asString("")) {
        case "start_run setup" -> {
          cases.target(target(entry));
          threshold = entry.path("run.eval_threshold").asDouble(USUAL_THRESHOLD);
        }
        case "init" -> cases.tool("garak", entry.path("garak_version").asString(""));
        case "attempt" -> attempt(entry, threshold, in.line(), cases);
        case "completion" -> complete = true;
        default -> {
          // Sums that follow from the attempts, and caches.
        }
      }
    }
    if (!complete) {
      cases.problem("the file has no 'completion': garak did not come to its end");
    }
  }

  private static String target(JsonNode setup) {
    for (String key : List.of("plugins.target_name", "plugins.model_name")) {
      if (setup.path(key).isString()) {
        return setup.path(key).asString("");
      }
    }
    return setup
        .path("plugins.target_type")
        .asString(setup.path("plugins.model_type").asString(""));
  }

  private static void attempt(JsonNode entry, double threshold, int line, ForeignCases cases) {
    if (entry.path("status").asInt(0) != EVALUATED) {
      return;
    }
    List<Turn> asked = asked(entry.path("prompt"));
    JsonNode outputs = entry.path("outputs");
    for (int i = 0; i < outputs.size(); i++) {
      var opinions = new ArrayList<Opinion>();
      int at = i;
      entry
          .path("detector_results")
          .properties()
          .forEach(e -> opinions.add(opinion(e.getKey(), e.getValue().path(at), threshold)));
      var transcript = new ArrayList<>(asked);
      transcript.add(new Turn("assistant", text(outputs.get(i))));
      cases.add(
          new ForeignCase(
              entry.path("probe_classname").asString(""),
              opinions,
              Outcome.UNASSESSED,
              "",
              null,
              transcript,
              line));
    }
  }

  static Opinion opinion(String detector, JsonNode score, double threshold) {
    return new Opinion(
        "detector " + detector,
        score.isNumber() ? score.asDouble() >= threshold : null,
        score.isNumber() ? "score " + score.asDouble() : "no score",
        false);
  }

  static List<Turn> asked(JsonNode prompt) {
    var turns = new ArrayList<Turn>();
    if (prompt.isString()) {
      turns.add(new Turn("user", prompt.asString("")));
    }
    for (JsonNode turn : prompt.path("turns")) {
      turns.add(
          new Turn(Roles.known(turn.path("role").asString("user")), text(turn.path("content"))));
    }
    return turns;
  }

  static String text(JsonNode message) {
    return message.isString() ? message.asString("") : message.path("text").asString("");
  }
}
