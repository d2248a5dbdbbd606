package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.InjectionChannel;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.InjectionVerdict;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.PassageMarkers.Passage;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Judges what the user, a document or a tool says by the trained classifier. */
@AutoService(Scanner.class)
public final class PromptInjection implements Scanner {
  @Override
  public String name() {
    return "prompt-injection";
  }

  @Override
  public String title() {
    return "Prompt injection and jailbreaks, by a trained classifier";
  }

  @Override
  public String explanation() {
    return """
    Options: threshold (0 to 1, default 0.5; redoubt guard calibrate finds one for your own
    traffic) and roles (default user, document, tool). The text is decoded, cut into overlapping
    windows over its whole length and judged by its worst; what the user types and what comes
    from elsewhere are judged apart, and where the exchange has a system prompt, what repeats it
    word for word is left out. It is a probability, not a proof: of attacks written by people some
    always pass, most of all short ones in rare languages, and harmless role play or agent
    instructions may be stopped; see docs/injection-model.md for measured shares. Images, sounds
    and attacks spread over many turns are not seen. The rules that hold are those that look at
    what comes out.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.of(
            "about four in ten attacks that people write, and half of the orders in documents"),
        Limit.of("lines added to instructions for agents, where every line is an order"),
        Limit.of("attacks that are spread over several messages: see escalation"),
        Limit.of("pictures and sound"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.LOG, Action.ASK, Action.BLOCK);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("roles", "threshold"));
    return new Classified(passages, ReadRoles.of(options), threshold(options));
  }

  private static double threshold(YamlMap options) {
    double value = options.number("threshold", InjectionVerdict.THRESHOLD);
    YamlNode node = options.get("threshold");
    if (node == null || (value > 0 && value <= 1)) {
      return value;
    }
    node.problem("'" + node.asText("") + "' is no threshold", "give a number above 0, at most 1");
    return InjectionVerdict.THRESHOLD;
  }

  private record Classified(PassageMarkers markers, Set<Role> roles, double threshold)
      implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.INPUT);
    }

    @Override
    public List<Hit> input(Exchange exchange, Text message) {
      if (message.role() == Role.SYSTEM || message.role() == Role.ANSWER) {
        return List.of();
      }
      String system = String.join("\n", exchange.textsOf(Role.SYSTEM));
      String text = message.text();
      var hits = new ArrayList<Hit>();
      if (message.role() != Role.USER) {
        judge(message.role(), text, 0, system, hits);
        return hits;
      }
      int at = 0;
      for (Passage passage : markers.find(text)) {
        judge(Role.USER, text.substring(at, passage.start()), at, system, hits);
        String inside = text.substring(passage.start(), passage.end());
        judge(Role.DOCUMENT, inside, passage.start(), system, hits);
        at = passage.end();
      }
      judge(Role.USER, text.substring(at), at, system, hits);
      return hits;
    }

    private void judge(Role role, String text, int offset, String system, List<Hit> hits) {
      if (!roles.contains(role) || text.isBlank()) {
        return;
      }
      InjectionChannel channel =
          role == Role.USER ? InjectionChannel.USER : InjectionChannel.DOCUMENT;
      InjectionVerdict verdict = InjectionDetector.shipped().detect(text, channel, system);
      if (verdict.score() >= threshold) {
        hits.add(
            new Hit(
                offset + verdict.start(), offset + verdict.end(), why(role, verdict), "[removed]"));
      }
    }

    private String why(Role role, InjectionVerdict verdict) {
      String what =
          role == Role.USER
              ? "reads like an attack on the assistant's instructions"
              : "gives the model orders that no document should give";
      String how =
          verdict.encoding().isEmpty() ? "" : ", once " + verdict.encoding() + " is undone";
      String note = verdict.note().isEmpty() ? "" : "; " + verdict.note();
      return what
          + how
          + String.format(
              Locale.ROOT, " (score %.2f, threshold %.2f%s)", verdict.score(), threshold, note);
    }
  }
}
