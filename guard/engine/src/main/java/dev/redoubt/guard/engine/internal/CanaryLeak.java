package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.FactAssembly;
import dev.redoubt.detect.FactMatch;
import dev.redoubt.detect.FactMatcher;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds planted strings in whatever disguise they come out. */
@AutoService(Scanner.class)
public final class CanaryLeak implements Scanner {
  @Override
  public String name() {
    return "canary";
  }

  @Override
  public String title() {
    return "Planted strings in answers and tool calls, also encoded or over several answers";
  }

  @Override
  public String explanation() {
    return """
    Option: values, the planted strings, of 8 characters or more each; redoubt canary create
    makes some. Put one into a prompt, a document or a record that no answer has to quote: when
    it comes out, the rest did too. Found as it is, in other case, spaced, spelled out, in base64,
    base32, hex, ciphers and more, and put together from parts over the answers of a
    conversation. What the user wrote himself is no leak.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer("a part of a canary", "It begins with kx8291")
            .withOptions("{values: [kx8291mfq7720]}"),
        Limit.answer("a leak of the text around it", "The refund limit is 500.")
            .withOptions("{values: [kx8291mfq7720]}"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("values"));
    var facts = new ArrayList<PlantedFact>();
    for (YamlNode item : options.list("values")) {
      String value = item.asText("").strip();
      if (value.length() < PlantedFact.MIN_LENGTH) {
        item.problem(
            "is too short to be told from chance",
            "give at least " + PlantedFact.MIN_LENGTH + " characters");
      } else {
        facts.add(new PlantedFact("canary", value, PlantedFact.Kind.SECRET, null));
      }
    }
    return new Planted(FactMatcher.of(facts));
  }

  private record Planted(FactMatcher matcher) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER, Stage.TOOL_CALL);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      String said = String.join("\n", exchange.textsOf(Role.USER));
      var hits = new ArrayList<Hit>();
      for (FactMatch m : matcher.find(answer, said)) {
        hits.add(hit(m.start(), m.end(), m.encoding()));
      }
      List<String> answers = new ArrayList<>(exchange.textsOf(Role.ANSWER));
      if (hits.isEmpty() && !answers.isEmpty()) {
        answers.add(answer);
        for (FactAssembly whole : matcher.findAcross(answers, List.of(said))) {
          for (FactAssembly.Piece piece : whole.pieces()) {
            if (piece.answer() == answers.size() - 1) {
              hits.add(hit(piece.start(), piece.end(), "in pieces"));
            }
          }
        }
      }
      return hits;
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      String said = String.join("\n", exchange.textsOf(Role.USER));
      List<FactMatch> found = matcher.find(call.argumentsJson(), said);
      return found.isEmpty()
          ? List.of()
          : List.of(new Hit(0, call.argumentsJson().length(), "an argument holds a canary", "{}"));
    }

    private static Hit hit(int start, int end, String how) {
      return new Hit(start, end, "a planted string (" + how + ")", "[removed]");
    }
  }
}
