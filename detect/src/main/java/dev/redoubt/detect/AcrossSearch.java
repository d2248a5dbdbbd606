package dev.redoubt.detect;

import dev.redoubt.core.PlantedFact;
import dev.redoubt.detect.Assembler.Assembly;
import dev.redoubt.detect.Fragment.Stand;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One search for planted facts through all answers of a conversation. */
final class AcrossSearch {
  private final FactMatcher matcher;
  private final SplitPattern.Index index;
  private final List<String> answers;
  private final List<String> said;

  /** Which answers came after each text of the attacker; all of them where that is not known. */
  private final boolean paired;

  private final Map<PlantedFact, FactAssembly> found = new LinkedHashMap<>();

  /** For each fact that the attacker said whole, the first answer that was given after it. */
  private final Map<PlantedFact, Integer> saidWhole = new LinkedHashMap<>();

  AcrossSearch(
      FactMatcher matcher, SplitPattern.Index index, List<String> answers, List<String> said) {
    this.matcher = matcher;
    this.index = index;
    this.answers = answers;
    this.said = said;
    this.paired = answers.size() == said.size();
  }

  List<FactAssembly> run() {
    List<Stands> stands = answers.stream().map(Stands::new).toList();
    List<List<FactMatch>> whole = new ArrayList<>();
    FragmentFinder given = search(answers, stands, whole);
    boolean nothing = whole.stream().allMatch(List::isEmpty);
    List<Integer> candidates = candidates(given);
    if (nothing && candidates.isEmpty()) {
      return List.of();
    }
    List<Stands> saidStands = said.stream().map(Stands::new).toList();
    List<List<FactMatch>> saidInOne = new ArrayList<>();
    FragmentFinder known = search(said, saidStands, saidInOne);
    for (int t = 0; t < said.size(); t++) {
      int after = paired ? t : 0;
      saidInOne.get(t).forEach(m -> saidWhole.putIfAbsent(m.fact(), after));
    }
    if (said.size() > 1) {
      int last = paired ? said.size() - 1 : 0;
      matcher.find(String.join("\n", said)).forEach(m -> saidWhole.putIfAbsent(m.fact(), last));
    }
    for (int w = 0; w < index.patterns().size(); w++) {
      saidInParts(w, known, saidStands);
    }
    for (int a = 0; a < answers.size(); a++) {
      for (FactMatch match : whole.get(a)) {
        if (a < saidWhole.getOrDefault(match.fact(), Integer.MAX_VALUE)) {
          var piece = new FactAssembly.Piece(a, match.start(), match.end(), match.encoding());
          found.putIfAbsent(
              match.fact(), new FactAssembly(match.fact(), match.encoding(), List.of(piece)));
        }
      }
    }
    for (int w : candidates) {
      PlantedFact fact = index.patterns().get(w).fact().fact();
      if (!found.containsKey(fact)) {
        assemble(w, given, stands, known, saidStands);
      }
    }
    return List.copyOf(found.values());
  }

  /** Searches texts for whole values, which are added for each text, and for pieces. */
  private FragmentFinder search(
      List<String> texts, List<Stands> stands, List<List<FactMatch>> whole) {
    FragmentFinder finder = new FragmentFinder(index);
    for (int i = 0; i < texts.size(); i++) {
      int text = i;
      FragmentViews.Visitor pieces =
          (encoding, view) -> finder.search(text, encoding, view, stands.get(text));
      whole.add(
          matcher.find(
              texts.get(i),
              (encoding, view, legible) -> {
                // First letters of words are no pieces: there are as many as words.
                if (legible && !encoding.contains("acrostic")) {
                  pieces.view(encoding, view);
                }
              }));
      FragmentViews.visit(texts.get(i), pieces);
    }
    return finder;
  }

  /** Orders of values of which every character was found. */
  private List<Integer> candidates(FragmentFinder given) {
    List<Integer> candidates = new ArrayList<>();
    for (int w = 0; w < index.patterns().size(); w++) {
      BitSet seen = new BitSet();
      given.of(w).forEach(f -> seen.set(f.from(), f.to()));
      if (seen.cardinality() == index.patterns().get(w).length()) {
        candidates.add(w);
      }
    }
    return candidates;
  }

  /** An attacker who wrote all parts knows the value as well as one who wrote it whole. */
  private void saidInParts(int w, FragmentFinder known, List<Stands> stands) {
    SplitPattern pattern = index.patterns().get(w);
    List<Fragment> pieces = known.of(w);
    if (pieces.isEmpty()) {
      return;
    }
    List<BitSet> none = said.stream().map(t -> new BitSet()).toList();
    Assembly assembly = new Assembler(pattern, stands, none).best(pieces);
    if (assembly == null || assembly.bits() < Evidence.KNOWN) {
      return;
    }
    int last = assembly.pieces().stream().mapToInt(Fragment::answer).max().orElse(0);
    saidWhole.merge(pattern.fact().fact(), paired ? last : 0, Math::min);
  }

  private void assemble(
      int w,
      FragmentFinder given,
      List<Stands> stands,
      FragmentFinder known,
      List<Stands> saidStands) {
    SplitPattern pattern = index.patterns().get(w);
    PlantedFact fact = pattern.fact().fact();
    int from = saidWhole.getOrDefault(fact, Integer.MAX_VALUE);
    List<Fragment> pieces =
        given.of(w).stream().filter(f -> f.answer() < from && !isRepeated(f, known.of(w))).toList();
    List<BitSet> attacker = attackerKnows(pattern, known, saidStands);
    Assembly assembly = new Assembler(pattern, stands, attacker).best(pieces);
    if (assembly == null) {
      return;
    }
    double cost = pattern.order().isEmpty() ? 0 : Evidence.ORDER_COST;
    if (assembly.bits() - cost >= Evidence.ENOUGH) {
      found.put(fact, new FactAssembly(fact, words(pattern, assembly), pieces(assembly)));
    }
  }

  /** One or two characters that the attacker gave in the same way just before: "is it k?". */
  private boolean isRepeated(Fragment piece, List<Fragment> known) {
    return piece.isShort()
        && known.stream()
            .anyMatch(f ->
                f.isShort()
                    && f.from() <= piece.from()
                    && f.to() >= piece.to()
                    && f.stand() != Stand.PROSE
                    && (!paired || f.answer() == piece.answer()));
  }

  /** For each answer, the characters of this order that the attacker had written by then. */
  private List<BitSet> attackerKnows(
      SplitPattern pattern, FragmentFinder known, List<Stands> saidStands) {
    List<BitSet> original = new ArrayList<>();
    for (int a = 0; a < answers.size(); a++) {
      original.add(new BitSet());
    }
    for (int w = 0; w < index.patterns().size(); w++) {
      SplitPattern other = index.patterns().get(w);
      if (other.fact() != pattern.fact()) {
        continue;
      }
      for (Fragment f : known.of(w)) {
        double tries = Evidence.log2(saidStands.get(f.answer()).count(f.stand(), f.isShort()));
        if (f.isShort() || Evidence.bits(other, f, f.from()) - tries < Evidence.KNOWN) {
          continue;
        }
        for (int a = paired ? f.answer() : 0; a < answers.size(); a++) {
          for (int i = f.from(); i < f.to(); i++) {
            original.get(a).set(other.original(i));
          }
        }
      }
    }
    return original.stream()
        .map(places -> {
          BitSet mine = new BitSet();
          for (int i = 0; i < pattern.length(); i++) {
            mine.set(i, places.get(pattern.original(i)));
          }
          return mine;
        })
        .toList();
  }

  private static List<FactAssembly.Piece> pieces(Assembly assembly) {
    return assembly.pieces().stream()
        .map(f -> new FactAssembly.Piece(f.answer(), f.start(), f.end(), f.encoding()))
        .toList();
  }

  private static String words(SplitPattern pattern, Assembly assembly) {
    List<Fragment> pieces = assembly.pieces();
    long texts = pieces.stream().map(Fragment::answer).distinct().count();
    Set<String> encodings =
        pieces.stream()
            .map(Fragment::encoding)
            .filter(e -> !e.isEmpty())
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    return String.format(
            Locale.ROOT,
            "split in %d over %d answer%s",
            pieces.size(),
            texts,
            texts == 1 ? "" : "s")
        + (pattern.order().isEmpty() ? "" : ", " + pattern.order())
        + (encodings.isEmpty() ? "" : ", " + String.join(" and ", encodings));
  }
}
