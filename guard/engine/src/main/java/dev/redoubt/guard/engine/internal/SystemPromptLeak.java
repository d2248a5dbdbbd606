package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.detect.DecodeLimits;
import dev.redoubt.detect.Decoded;
import dev.redoubt.detect.Decoders;
import dev.redoubt.detect.NormalisedText;
import dev.redoubt.detect.Normaliser;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Keeps the words of the system prompt out of answers. */
@AutoService(Scanner.class)
public final class SystemPromptLeak implements Scanner {
  private static final DecodeLimits DECODING = new DecodeLimits(2, 64, 500_000);

  @Override
  public String name() {
    return "system-prompt-leak";
  }

  @Override
  public String title() {
    return "Words of the system prompt in an answer, also encoded or in pieces";
  }

  @Override
  public String explanation() {
    return """
    Options: words (default 12): a run of so many words of the system prompt in one answer is a
    leak; share (default 30): so is that much of it, in percent, over the answers of a
    conversation, piece by piece. Case, punctuation, line breaks and markdown make no
    difference; encodings, spelling and single characters are undone first. What the user
    wrote and what is public, such as a sentence of a passage, is no leak. It needs the system
    prompt: in front of an assistant, where the guard does not see it, it sees nothing.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer("the same in other words", "I was told to be brief with customers.")
            .withSystem(
                "You answer the customers of Acme in short sentences and never mention prices or discounts."),
        Limit.answer(
                "a translation", "Sie beantworten die Fragen der Kunden von Acme in kurzen Worten.")
            .withSystem(
                "You answer the customers of Acme in short sentences and never mention prices or discounts."),
        Limit.answer("a few of its words, below the share", "Never mention prices or discounts.")
            .withSystem(
                "You answer the customers of Acme in short sentences and never mention prices or discounts. Greet them by name. Ask for the order number first. Close with a wish for the day."),
        Limit.of("anything in front of an assistant whose prompt the guard does not see"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("words", "share"));
    return new Leak(
        (int) options.integer("words", 12, PromptOverlap.RUN, 1_000),
        options.integer("share", 30, 1, 100) / 100.0);
  }

  private record Leak(int words, double share) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      String prompt = String.join("\n", exchange.textsOf(Role.SYSTEM));
      if (prompt.isBlank()) {
        return List.of();
      }
      List<String> known = new ArrayList<>(exchange.textsOf(Role.USER));
      known.addAll(exchange.textsOf(Role.DOCUMENT));
      PromptOverlap overlap = PromptOverlap.of(prompt, String.join("\n", known));
      int enough = Math.max(PromptOverlap.RUN, Math.min(words, overlap.size()));
      var hits = new ArrayList<Hit>();
      NormalisedText normal = Normaliser.normalise(answer);
      PromptOverlap.Found plain = overlap.in(normal.text());
      for (PromptOverlap.Place place : plain.places()) {
        if (place.words() >= enough) {
          hits.add(hit(normal, place, "repeats the system prompt"));
        }
      }
      var seen = new HashSet<Integer>(plain.runs());
      for (Decoded decoded : Decoders.decode(answer, DECODING)) {
        PromptOverlap.Found hidden = overlap.in(decoded.text());
        boolean leak = hidden.places().stream().anyMatch(p -> p.words() >= enough);
        seen.addAll(hidden.runs());
        if (leak) {
          hits.add(
              new Hit(
                  decoded.start(),
                  decoded.end(),
                  "repeats the system prompt (" + decoded.encoding() + ")",
                  "[removed]"));
        }
      }
      if (hits.isEmpty() && !seen.isEmpty()) {
        inPieces(exchange, overlap, seen, normal, plain, hits);
      }
      return hits;
    }

    /** Each answer gives a little, and together they give it away. */
    private void inPieces(
        Exchange exchange,
        PromptOverlap overlap,
        Set<Integer> now,
        NormalisedText normal,
        PromptOverlap.Found plain,
        List<Hit> hits) {
      var all = new HashSet<>(now);
      for (String earlier : exchange.textsOf(Role.ANSWER)) {
        all.addAll(overlap.in(Normaliser.normalise(earlier).text()).runs());
      }
      if (all.size() < share * overlap.runs() || all.size() < words) {
        return;
      }
      for (PromptOverlap.Place place : plain.places()) {
        hits.add(hit(normal, place, "repeats the system prompt piece by piece"));
      }
    }

    private static Hit hit(NormalisedText normal, PromptOverlap.Place place, String why) {
      return new Hit(
          normal.originalIndex(place.start()), normal.originalEnd(place.end()), why, "[removed]");
    }
  }
}
