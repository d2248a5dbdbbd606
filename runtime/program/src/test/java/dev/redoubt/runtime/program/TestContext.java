package dev.redoubt.runtime.program;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.AssessmentContext;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what an assessor gives. */
final class TestContext implements AssessmentContext {
  final List<Finding> findings = new ArrayList<>();
  final List<String> progress = new ArrayList<>();
  volatile boolean cancelled;

  /** An endpoint full of secrets, and a tool. */
  static AiSystem system(String url) {
    var login = new Component.Login("http://shop.example/login", "{\"p\":\"s3cret-body\"}", "t");
    var truth =
        GroundTruth.builder()
            .facts(List.of(new PlantedFact("CODE", "s3cret-fact", PlantedFact.Kind.SECRET, null)))
            .build();
    var endpoint =
        new Component.Endpoint(
            "shop",
            new Location("redoubt.yaml", 5),
            url,
            null,
            Map.of("Authorization", "s3cret-header"),
            List.of(new Component.Identity("alice", Map.of("Cookie", "s3cret-cookie"), login)),
            Map.of("city", "Linz"),
            truth);
    var tool =
        new Component.Tool("refund", new Location("redoubt.yaml", 9), true, Map.of("eur", 50.0));
    var flow = new AiSystem.DataFlow("shop", "refund", "orders", null);
    return new AiSystem("lamps", "sells lamps", "me", null, List.of(endpoint, tool), List.of(flow));
  }

  @Override
  public long seed() {
    return 42;
  }

  @Override
  public String runId() {
    return "run";
  }

  @Override
  public Path runFolder() {
    return Path.of("");
  }

  @Override
  public Path baseFolder() {
    return Path.of("");
  }

  @Override
  public dev.redoubt.core.Limits limits() {
    return dev.redoubt.core.Limits.ofCalls(10);
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void progress(String what, long done, long total) {
    progress.add(what + " " + done + "/" + total);
  }

  @Override
  public void finding(Finding finding) {
    findings.add(finding);
  }

  @Override
  public void attempt(Attempt attempt) {
    throw new AssertionError("a program makes no attempts of ours");
  }

  @Override
  public void fact(Fact fact) {
    throw new AssertionError("a program establishes no facts");
  }
}
