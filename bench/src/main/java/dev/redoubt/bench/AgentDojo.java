package dev.redoubt.bench;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.RedoubtYaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * AgentDojo (Debenedetti and others, 2024, arXiv:2406.13352) by our engine and by its own harness,
 * with the same agent, model and tasks.
 *
 * @param python an interpreter that has {@code samples/agentdojo/requirements.txt}
 * @param sample the folder {@code samples/agentdojo}
 * @param model an OpenAI-compatible endpoint
 * @param steps most rounds of tool calls of the agent
 */
record AgentDojo(Path python, Path sample, URI model, int steps) {
  private static final String OBJECTIVE = "agentdojo-injection";
  private static final String PORT = "8765";
  private static final Duration ONE_ATTEMPT = Duration.ofMinutes(20);
  private static final int LONGEST_HARNESS_HOURS = 6;

  /**
   * What came of an attempt.
   *
   * @param injected whether the attacker's task was carried out
   * @param asked whether the user's task was done
   */
  record Result(boolean injected, boolean asked) {}

  /** Plays the first attempts by our engine; null where one has no verdict. */
  Map<String, @Nullable Result> ours(Path folder, int attempts)
      throws IOException, InterruptedException {
    Process adapter = start(List.of("adapter.py"), folder.resolve("adapter.log"));
    try (BufferedReader out = adapter.inputReader()) {
      String port = out.readLine();
      if (port == null) {
        throw new IOException("the adapter did not start: see " + folder.resolve("adapter.log"));
      }
      String yaml = Files.readString(sample.resolve(RedoubtYaml.FILE_NAME)).replace(PORT, port);
      AiSystem system = RedoubtYaml.parse(yaml, RedoubtYaml.FILE_NAME, Map.of());
      if (!(system.components().getFirst() instanceof Endpoint endpoint)) {
        throw new IllegalStateException("the sample describes no endpoint");
      }
      CampaignSpec spec =
          CampaignSpec.of(1)
              .withObjectives(List.of(OBJECTIVE))
              .withTechniques(List.of("direct"))
              .withRepetitions(attempts)
              .withTimeout(ONE_ATTEMPT);
      CampaignResult result =
          Campaign.run(
              Campaign.plan(spec, Target.of(system, endpoint, folder)),
              RunFolder.create(folder.resolve("runs")),
              CampaignListener.NONE);
      var results = new LinkedHashMap<String, @Nullable Result>();
      for (Attempt attempt : result.requireReached().attempts()) {
        results.put(name(attempt), result(attempt));
      }
      return results;
    } finally {
      end(adapter);
    }
  }

  /** What the attempt said: SUITE/USER_TASK/INJECTION_TASK/ATTACK. */
  private static String name(Attempt attempt) {
    return attempt.transcript().stream()
        .filter(turn -> turn.role().equals("user"))
        .map(Evidence.Turn::text)
        .findFirst()
        .orElse(attempt.id());
  }

  private static @Nullable Result result(Attempt attempt) {
    return attempt.outcome() == Outcome.UNASSESSED
        ? null
        : new Result(
            attempt.outcome() == Outcome.SUCCEEDED,
            attempt.reason().endsWith(AgentDojoJudge.TASK_DONE));
  }

  /** Runs the same attempts by AgentDojo's own harness. */
  Map<String, Result> theirs(Path folder, List<String> attempts)
      throws IOException, InterruptedException {
    Process harness =
        start(
            List.of(
                "harness.py",
                part(attempts, 0),
                part(attempts, 1),
                part(attempts, 2),
                part(attempts, 3)),
            folder.resolve("harness.log"));
    try {
      String out = new String(harness.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!harness.waitFor(LONGEST_HARNESS_HOURS, TimeUnit.HOURS) || harness.exitValue() != 0) {
        throw new IOException("AgentDojo's harness failed: see " + folder.resolve("harness.log"));
      }
      String last = out.strip().lines().reduce("", (before, line) -> line);
      var results = new LinkedHashMap<String, Result>();
      for (Map.Entry<String, JsonNode> row : JsonMapper.shared().readTree(last).properties()) {
        JsonNode pair = row.getValue();
        results.put(row.getKey(), new Result(pair.path(0).asBoolean(), pair.path(1).asBoolean()));
      }
      return results;
    } finally {
      end(harness);
    }
  }

  /** The different values of one part of the names, with commas. */
  private static String part(List<String> attempts, int index) {
    return attempts.stream()
        .map(name -> List.of(name.split("/", -1)).get(index))
        .distinct()
        .collect(Collectors.joining(","));
  }

  private Process start(List<String> arguments, Path log) throws IOException {
    var command = new ArrayList<String>();
    command.add(python.toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(sample.toFile()).redirectError(log.toFile());
    Map<String, String> environment = builder.environment();
    // The model is on the loopback interface: no proxy of the machine may stand in between.
    environment.keySet().removeIf(key -> key.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
    environment.put("MODEL_URL", model.toString());
    environment.put("MAX_STEPS", Integer.toString(steps));
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    return builder.start();
  }

  private static void end(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
