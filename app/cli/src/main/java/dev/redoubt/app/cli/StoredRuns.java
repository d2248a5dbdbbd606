package dev.redoubt.app.cli;

import dev.redoubt.app.report.Execution;
import dev.redoubt.app.report.Report;
import dev.redoubt.app.store.Store;
import dev.redoubt.app.store.StoredRun;
import dev.redoubt.core.Twin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps reports in the store, and makes them from it again as they were. */
final class StoredRuns {
  private StoredRuns() {}

  /** Keeps a run that is not a demo. */
  static void save(Workspace workspace, String kind, Report report) {
    Execution execution = report.execution();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("command", execution.command());
    settings.put("versions", execution.versions());
    settings.put("errors", execution.errors());
    settings.put("twins", report.twins());
    try (Store store = Store.open(workspace.folder())) {
      store.save(
          new StoredRun(
              report.assessment().run().id(),
              kind,
              report.assessment(),
              report.attempts(),
              List.of(),
              Json.line(settings)));
    }
  }

  /** The report of a kept run. */
  static Report report(StoredRun run) {
    try {
      JsonNode settings = JsonMapper.shared().readTree(run.settingsJson());
      String command = settings.path("command").asString("");
      if (!command.isEmpty()) {
        Map<String, String> versions = new LinkedHashMap<>();
        settings
            .path("versions")
            .properties()
            .forEach(e -> versions.put(e.getKey(), e.getValue().asString("")));
        List<String> errors = new ArrayList<>();
        settings.path("errors").forEach(e -> errors.add(e.asString("")));
        return new Report(
            run.assessment(),
            run.attempts(),
            twins(settings),
            null,
            new Execution(command, versions, errors));
      }
    } catch (JacksonException e) {
      // Settings that nobody can read only cost the command line in the report.
      return new Report(run.assessment(), run.attempts(), null);
    }
    return new Report(run.assessment(), run.attempts(), null);
  }

  /** The ordinary questions of a kept run. */
  static List<Twin> twins(StoredRun run) {
    try {
      return twins(JsonMapper.shared().readTree(run.settingsJson()));
    } catch (JacksonException e) {
      return List.of();
    }
  }

  private static List<Twin> twins(JsonNode settings) {
    List<Twin> twins = new ArrayList<>();
    settings
        .path("twins")
        .forEach(node -> twins.add(JsonMapper.shared().treeToValue(node, Twin.class)));
    return twins;
  }
}
