package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.attack.chat.Transform;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what a technique does, part by part where it is a chain. */
final class TechniqueText {
  private static final int LONGEST = 160;

  private final PrintWriter out;

  TechniqueText(PrintWriter out) {
    this.out = out;
  }

  void print(String id, Technique technique) {
    out.printf("%s (%s)%n%s%n", id, use(technique), technique.title());
    for (Technique part : technique.layers()) {
      if (technique.layers().size() > 1) {
        out.printf("%n%s:%n", part.id());
      } else {
        out.println();
      }
      part(part);
    }
  }

  private static String use(Technique technique) {
    if (!technique.parts().isEmpty()) {
      return "chain, from the inside out";
    }
    return technique.standard() ? "standard" : "full: by name or with --full";
  }

  private void part(Technique part) {
    out.println(part.description());
    out.println();
    out.printf("Turns: %s%n", part.strategy() == null ? "one" : "chosen by " + part.strategy());
    out.printf(
        "Attacker: %s%n",
        Probes.shipped().asksAttacker(part)
            ? "a model with --attacker local or URL, else rules"
            : "none; --attacker has no effect");
    if (!part.transforms().isEmpty()) {
      out.printf(
          "Rewrites: the %s by %s%n",
          part.on() == Technique.On.TEXT ? "whole text" : "request",
          part.transforms().stream().map(Transform::id).collect(Collectors.joining(", then ")));
    }
    out.printf("Says: %s%n", example(part));
    out.printf(
        "Wordings: %d for a first pass, %d that no first pass uses%n",
        part.frames().size(), part.newFrames().size());
    if (part.note() != null) {
      out.printf("Note: %s%n", part.note());
    }
    if (part.source() != null) {
      out.printf("Source: %s%n", part.source());
    }
  }

  /** Its first frame on one line; control tokens and line breaks of a frame are data here. */
  private static String example(Technique part) {
    List<String> frames = part.frames().isEmpty() ? part.newFrames() : part.frames();
    return Words.safe(frames.getFirst().replace('\n', ' '), LONGEST);
  }
}
