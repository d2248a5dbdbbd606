package dev.redoubt.app.importer.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.app.importer.ForeignCase;
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
 * {@code hitlog.jsonl} of garak: what its detectors call hits, and nothing else, so that it does
 * not even say how much was tried.
 */
@AutoService(ForeignFormat.class)
public final class GarakHitlogFormat implements ForeignFormat {
  @Override
  public String id() {
    return "garak hitlog.jsonl";
  }

  @Override
  public boolean recognises(String head) {
    return head.startsWith("{") && head.contains("\"attempt_id\"") && head.contains("\"detector\"");
  }

  @Override
  public void read(ForeignInput in, ForeignCases cases) throws IOException {
    cases.tool("garak", "");
    cases.problem("a hitlog holds hits only: import the report.jsonl to see what was tried");
    for (String line = in.nextLine(); line != null; line = in.nextLine()) {
      JsonNode hit = in.object(line).orElse(null);
      if (hit == null) {
        cases.problem("line " + in.line() + " is no JSON object; it was left out");
        continue;
      }
      cases.target(hit.path("generator").asString(""));
      List<Turn> transcript = new ArrayList<>(GarakFormat.asked(hit.path("prompt")));
      transcript.add(new Turn("assistant", GarakFormat.text(hit.path("output"))));
      cases.add(
          new ForeignCase(
              hit.path("probe").asString(""),
              List.of(GarakFormat.opinion(hit.path("detector").asString(""), hit.path("score"), 0)),
              Outcome.UNASSESSED,
              "",
              null,
              transcript,
              in.line()));
    }
  }
}
