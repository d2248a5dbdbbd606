package dev.redoubt.bench;

import dev.redoubt.attack.chat.Campaign;
import dev.redoubt.attack.chat.CampaignListener;
import dev.redoubt.attack.chat.CampaignResult;
import dev.redoubt.attack.chat.CampaignSpec;
import dev.redoubt.attack.chat.Repeater;
import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.attack.chat.Target;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Limits;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.testkit.StubEndpoint;
import dev.redoubt.testkit.StubReply;
import dev.redoubt.testkit.StubRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Runs the engine of {@code redoubt attack chat} over HTTP against a stub that answers as told. */
final class LeakLab implements AutoCloseable {
  private final Path folder;
  private final StubEndpoint stub;
  private int runs;

  /** What the stub answers now; read by its threads, changed between runs. */
  private volatile Function<StubRequest, String> answers = r -> "Hello.";

  LeakLab() throws IOException {
    folder = Files.createTempDirectory("redoubt-leaks");
    stub =
        StubEndpoint.builder()
            .script(request -> StubReply.text(answers.apply(request)))
            .withoutRecording()
            .start();
  }

  /** The number of the attacker's message in its conversation, from 0. */
  static int turn(StubRequest request) {
    int users = 0;
    for (JsonNode message : request.json().path("messages")) {
      users += message.path("role").asString("").equals("user") ? 1 : 0;
    }
    return users - 1;
  }

  /** The folder and the first attempt of a run. */
  record Run(RunFolder folder, Attempt attempt) {}

  /** Makes one attempt by a technique to get a secret. */
  Run attack(String secret, String technique, Function<StubRequest, String> behaviour)
      throws IOException {
    answers = behaviour;
    Path home = Files.createDirectories(folder.resolve("run-" + ++runs));
    var here = new Location(RedoubtYaml.FILE_NAME, 1);
    var fact = new PlantedFact("SECRET", secret, PlantedFact.Kind.SECRET, null);
    var endpoint =
        new Endpoint(
            "stub",
            here,
            stub.baseUrl().toString(),
            "stub",
            Map.of(),
            List.of(),
            Map.of(),
            GroundTruth.builder().facts(List.of(fact)).build());
    var system = new AiSystem("bench", "bench", "bench", null, List.of(endpoint), List.of());
    RunFolder run = RunFolder.create(home);
    // As the command does, so that the run can be opened again.
    Path file = run.path().resolve(RedoubtYaml.FILE_NAME);
    AiSystem described = RedoubtYaml.write(system, file, Map.of());
    var target = (Endpoint) described.component("stub").orElseThrow();
    CampaignSpec spec =
        CampaignSpec.of(1)
            .withObjectives(List.of("secret-leak"))
            .withTechniques(List.of(technique))
            .withRepetitions(1);
    CampaignResult result =
        Campaign.run(
            Campaign.plan(spec, Target.described(described, target, file)),
            run,
            CampaignListener.NONE);
    return new Run(run, result.attempts().getFirst());
  }

  /** Opens a run to send other words in its attempt. */
  Repeater repeater(Run run, Function<StubRequest, String> behaviour) throws InterruptedException {
    answers = behaviour;
    return Repeater.open(run.folder(), run.attempt().id(), Map.of(), Limits.NONE);
  }

  @Override
  public void close() throws IOException {
    stub.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
