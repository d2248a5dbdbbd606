package dev.redoubt.runtime.program;

import dev.redoubt.core.Component;
import dev.redoubt.core.Confidence;
import dev.redoubt.core.Evidence;
import dev.redoubt.core.Finding;
import dev.redoubt.core.Fingerprint;
import dev.redoubt.core.Location;
import dev.redoubt.core.Reference;
import dev.redoubt.core.Severity;
import dev.redoubt.core.Taxonomy;
import dev.redoubt.runtime.stats.Proportions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the findings of an assessor. What a program can't vouch for is ours: the rule's id carries
 * the program's name, intervals are computed here, references must exist.
 */
final class FindingReader {
  private static final String RULE = "[a-z0-9]+([.-][a-z0-9]+){0,15}";
  private static final String FILE = "[^/\\\\:\\p{Cntrl}][^\\\\:\\p{Cntrl}]{0,511}";

  private final String assessor;
  private final Component component;
  private final long seed;

  FindingReader(String assessor, Component component, long seed) {
    this.assessor = assessor;
    this.component = component;
    this.seed = seed;
  }

  Finding read(Message m) throws ProgramException {
    String rule = assessor + "." + m.word("rule", RULE);
    String key = m.optionalText("key");
    String confidence = m.optionalWord("confidence", "tentative|firm|certain");
    var finding =
        new Finding(
            rule,
            Text.oneLine(m.words("title"), 200),
            Severity.of(m.word("severity", "info|low|medium|high|critical")),
            confidence == null
                ? Confidence.FIRM
                : Confidence.valueOf(confidence.toUpperCase(Locale.ROOT)),
            component.name(),
            location(m),
            m.words("summary"),
            evidence(m),
            references(m),
            m.words("remedy"),
            Fingerprint.of(rule, component.name(), key == null ? "" : key));
    m.end();
    return finding;
  }

  /** The place that a message names, or else where the component is described. */
  private Location location(Message m) throws ProgramException {
    String file = m.optionalWord("file", FILE);
    Integer line = m.optionalCount("line");
    if (file == null) {
      if (line != null) {
        throw m.bad("a 'line' needs its 'file'");
      }
      return component.location();
    }
    // Views of code open what a finding points at: nothing outside the user's folder.
    if (List.of(file.split("/", -1)).contains("..")) {
      throw m.bad("'file' must lie below the folder of redoubt.yaml");
    }
    if (line != null && line < 1) {
      throw m.bad("'line' is counted from 1");
    }
    return new Location(file, line == null ? 1 : line);
  }

  private List<Evidence> evidence(Message m) throws ProgramException {
    List<Evidence> all = new ArrayList<>();
    for (Message piece : m.objects("evidence")) {
      all.add(piece(piece, piece.words("caption")));
      piece.end();
    }
    if (all.isEmpty()) {
      throw m.bad("'evidence' must hold at least one piece");
    }
    return all;
  }

  private Evidence piece(Message m, String caption) throws ProgramException {
    return switch (m.word("kind", "excerpt|transcript|rate|digest")) {
      case "excerpt" -> new Evidence.Excerpt(caption, location(m), m.text("text"));
      case "transcript" -> new Evidence.Transcript(caption, assessor, turns(m));
      case "rate" -> rate(m, caption);
      default ->
          new Evidence.Digest(
              caption, m.word("algorithm", "SHA-(256|384|512)"), m.word("hex", "[0-9a-f]{64,128}"));
    };
  }

  private static List<Evidence.Turn> turns(Message m) throws ProgramException {
    List<Evidence.Turn> turns = new ArrayList<>();
    for (Message turn : m.objects("turns")) {
      turns.add(
          new Evidence.Turn(
              turn.word("role", "system|user|assistant|tool|document"), turn.text("text")));
      turn.end();
    }
    if (turns.isEmpty()) {
      throw m.bad("'turns' must hold at least one");
    }
    return turns;
  }

  private Evidence rate(Message m, String caption) throws ProgramException {
    int successes = m.count("successes");
    int trials = m.count("trials");
    if (trials < 1 || successes > trials) {
      throw m.bad(successes + " of " + trials + " is no rate");
    }
    return new Evidence.Rate(
        caption, successes, trials, Proportions.wilson(successes, trials), seed);
  }

  private static List<Reference> references(Message m) throws ProgramException {
    List<Reference> all = new ArrayList<>();
    for (Message reference : m.objects("references")) {
      try {
        all.add(Taxonomy.load().reference(reference.words("framework"), reference.words("id")));
      } catch (IllegalArgumentException e) {
        throw reference.bad(Text.oneLine(String.valueOf(e.getMessage()), 200));
      }
      reference.end();
    }
    return all;
  }
}
