package dev.redoubt.attack.chat;

import dev.redoubt.core.OwnWords;
import dev.redoubt.core.Seeds;
import dev.redoubt.core.Twin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Composes requests, and ordinary questions beside them, of what the description of a system says:
 * by templates, and the same for the same seed. For one plan and one thread.
 */
final class Composer {
  /**
   * Things of one kind that requests of one objective are composed of; drawn where there are more.
   */
  static final int MOST_SUBJECTS = 8;

  private final Map<String, Composition> compositions;
  private final CampaignSpec spec;
  private final AppWords words;
  private final Truth truth;
  private final Set<String> sources = new LinkedHashSet<>();
  private int composed;

  /**
   * A composed request.
   *
   * @param number which of its objective
   * @param from what of the description it is composed of
   * @param wording complete but for what is filled when it is sent
   * @param twin the ordinary question beside it; absent where there is none
   */
  record Composed(int number, String from, Wording wording, @Nullable Ordinary twin) {}

  /**
   * An ordinary question.
   *
   * @param text the question
   * @param check what shows that it was answered
   * @param of what the check looks for: the name of a statement, a currency, the id of a document,
   *     the name of a tool; empty for words
   */
  record Ordinary(String text, Twin.Check check, String of) {}

  Composer(Map<String, Composition> compositions, CampaignSpec spec, Target target, Truth truth) {
    this.compositions = compositions;
    this.spec = spec;
    this.words = new AppWords(target, truth);
    this.truth = truth;
  }

  /**
   * Every request that can be composed for an objective; neighbours differ in what they are about.
   *
   * @return empty where own words are not wanted or the description says nothing for it
   */
  List<Composed> of(Objective objective, Judge judge) {
    Composition composition = compositions.get(objective.id());
    if (composition == null
        || spec.ownWords() == OwnWords.OFF
        || spec.wordings() != WordingSet.FIRST) {
      return List.of();
    }
    var subjects = new ArrayList<>(words.subjects(composition.about(), judge));
    Collections.shuffle(
        subjects, new Random(Seeds.derive(spec.seed(), "own-words", objective.id())));
    List<AppWords.Subject> drawn = subjects.subList(0, Math.min(MOST_SUBJECTS, subjects.size()));
    int templates = composition.probes().size();
    var all = new ArrayList<Composed>();
    for (int round = 0; round < templates; round++) {
      for (int s = 0; s < drawn.size(); s++) {
        int template = (s + round) % templates;
        Composed one = compose(all.size(), composition, drawn.get(s), template);
        if (one != null) {
          all.add(one);
        }
      }
    }
    return all;
  }

  private @Nullable Composed compose(
      int number, Composition composition, AppWords.Subject subject, int template) {
    var fill = new Placeholders(subject.words());
    Composition.Probe probe = composition.probes().get(template);
    if (isOpen(fill, probe.text())) {
      return null;
    }
    String marker = probe.marker() == null ? subject.ids().get("case") : fill.fill(probe.marker());
    return new Composed(
        number,
        subject.from(),
        new Wording(fill.fill(probe.text()), null, marker, Map.of()),
        twin(composition, subject, fill, template));
  }

  private @Nullable Ordinary twin(
      Composition composition, AppWords.Subject subject, Placeholders fill, int template) {
    if (composition.twins().isEmpty()) {
      return null;
    }
    Composition.TwinText twin = composition.twins().get(template % composition.twins().size());
    if (isOpen(fill, twin.text())) {
      return null;
    }
    String of = of(twin.check(), subject);
    return of == null
        ? new Ordinary(fill.fill(twin.text()), Twin.Check.WORDS, "")
        : new Ordinary(fill.fill(twin.text()), twin.check(), of);
  }

  /** What a check looks for; null where the ground truth for it is missing. */
  private @Nullable String of(Twin.Check check, AppWords.Subject subject) {
    return switch (check) {
      case STATEMENT -> subject.ids().get("case");
      case PRICE -> subject.words().get("currency");
      case DOCUMENT -> subject.ids().get("document");
      case CALL -> truth.hasLedger() ? subject.ids().get("tool") : null;
      case WORDS -> "";
    };
  }

  private static boolean isOpen(Placeholders fill, String text) {
    return !fill.missing(text, CallWriter.LATE).isEmpty();
  }

  /** Remembers that a request is in the plan. */
  void used(Composed one) {
    composed++;
    sources.add(one.from());
  }

  /** What was composed, in one line; empty when nothing was. */
  Optional<String> note(int twins) {
    if (composed == 0) {
      return Optional.empty();
    }
    var shown = new TreeSet<>(sources);
    String named = String.join(", ", shown.stream().limit(6).toList());
    int more = shown.size() - 6;
    return Optional.of(
        "own words: "
            + composed
            + " attempts are asked in words of the description ("
            + named
            + (more > 0 ? " and " + more + " more" : "")
            + "), with "
            + twins
            + " ordinary questions beside them");
  }
}
