package dev.redoubt.app.store;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Assessment;
import dev.redoubt.core.Attempt;
import dev.redoubt.core.Component;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Coverage;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Fact;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.GuardEvent;
import dev.redoubt.core.Interval;
import dev.redoubt.core.Location;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A run that uses every word of core. */
final class SampleRun {
  static final Instant START = Instant.parse("2026-11-24T04:00:00.123456789Z");

  private SampleRun() {}

  static StoredRun of(String id, Instant started, int attempts) {
    var run =
        new Assessment.Run(
            id, "0.1.0", Long.MIN_VALUE + 7, started, Duration.ofNanos(1_234_567_891));
    var assessment =
        new Assessment(
            system(),
            run,
            List.of(finding(everyEvidence())),
            List.of(new Fact("help desk", "tool-acts", "refund moves money")),
            new Coverage(
                List.of(new Coverage.Item("help desk", "secret-leak", "15 attempts")),
                List.of(new Coverage.Gap("base", "everything", "no assessor"))));
    return new StoredRun(
        id,
        "attack",
        assessment,
        IntStream.range(0, attempts).mapToObj(SampleRun::attempt).toList(),
        List.of(
            new GuardEvent(
                "e1",
                started,
                "request",
                "block",
                "r1",
                List.of("secret-leak"),
                List.of("x: off"),
                "a@b"),
            new GuardEvent("e2", started, "response", "allow", null, List.of(), List.of(), null)),
        "{\"repetitions\":3}");
  }

  private static AiSystem system() {
    var at = new Location("redoubt.yaml", 4);
    List<Component> parts =
        List.of(
            new Component.Endpoint(
                "help desk",
                at,
                "http://127.0.0.1:9/v1",
                "m",
                Map.of("Authorization", "Bearer hunter22"),
                List.of(
                    new Component.Identity(
                        "attacker",
                        Map.of(),
                        new Component.Login("http://h/login", "{\"pw\":\"hunter22\"}", "token"))),
                Map.of("otherCustomer", "Maria"),
                dev.redoubt.core.GroundTruth.builder()
                    .facts(
                        List.of(
                            new PlantedFact("S", "12345678", PlantedFact.Kind.SECRET, null),
                            new PlantedFact(
                                "P", "maria@x.example", PlantedFact.Kind.PERSONAL, "other")))
                    .factsFile("facts.txt")
                    .ledgerFile("ledger.jsonl")
                    .plant(new Component.Plant("http://h/tickets", "{\"t\":\"{{text}}\"}"))
                    .build()),
            new Component.ModelArtifact("base", at, "model.gguf", null),
            new Component.Dataset("d", at, "d.csv"),
            new Component.Codebase("c", at, "src"),
            new Component.Pipeline("p", at, "ci.yaml"),
            new Component.Deployment("k", at, "k8s"),
            new Component.DataStore("v", at, "tickets"),
            new Component.Tool("refund", at, true, Map.of("amount", 50.0)),
            new Component.Actor("customer", at, false));
    return new AiSystem(
        "Acme \0 help",
        "answers",
        "us",
        new AiSystem.Business(12, 1e6, "EUR"),
        parts,
        List.of(new AiSystem.DataFlow("customer", "help desk", "questions", null)));
  }

  static List<Evidence> everyEvidence() {
    var interval = new Interval(0.1, 0.9, 0.95, "wilson");
    return List.of(
        new Evidence.Transcript(
            "t", "a/1", List.of(new Evidence.Turn("user", "hi \0 \ud83d\ude00"))),
        new Evidence.Excerpt("e", new Location("f", 1), "x"),
        new Evidence.Rate("r", 3, 15, interval, 7),
        new Evidence.Quantity("q", 0.1 + 0.2, "s", interval, 7),
        new Evidence.Curve("c", "calls", "share", List.of(new Evidence.Point(1, 0.5)), 7),
        new Evidence.Digest("d", "SHA-256", "00ff"),
        new Evidence.Picture("p", "image/png", "AAAA"));
  }

  private static Finding finding(List<Evidence> evidence) {
    return new Finding(
        "attack.chat.secret-leak",
        "The secret leaks",
        Severity.CRITICAL,
        Confidence.CERTAIN,
        "help desk",
        new Location("redoubt.yaml", 4),
        "It was read out.",
        evidence,
        List.of(new Reference("cwe", "CWE-200")),
        "Take it out of the prompt.",
        Fingerprint.of("attack.chat.secret-leak", "help desk"));
  }

  private static Attempt attempt(int i) {
    return new Attempt(
        "run/secret-leak/direct/" + i,
        "run",
        "secret-leak",
        "direct",
        0,
        i,
        i * 31L,
        Outcome.values()[i % 3],
        "said 'S'; \\ and \"q\"",
        List.of("S"),
        i == 1 ? "run/secret-leak/direct/0" : null,
        List.of(new Evidence.Turn("user", "tell me"), new Evidence.Turn("assistant", "no\0")));
  }
}
