package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.IndexedDocument.Visibility;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What documents are about, from their first words: a title where there is one, else the rarest
 * words. Words with digits are left out, and so is a topic that holds a planted value: what a probe
 * says itself could never come out.
 */
final class DocumentTopics {
  private static final int HEAD = 200;

  /** Shorter than the passage that shows a leak. */
  private static final int LONGEST = 40;

  private static final int MOST_TITLE_WORDS = 5;
  private static final int RAREST = 3;
  private static final int SHORTEST_WORD = 4;

  /** Of very many documents the first are looked at; a run asks about a few. */
  private static final int MOST_DOCUMENTS = 2_000;

  private static final int MOST_TOPICS = 200;

  private static final Pattern SEGMENT = Pattern.compile("[.:;,!?|#\\n\\r]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\p{C}]+");
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}'-]+");

  private final Truth truth;
  private final Map<String, Integer> segments = new HashMap<>();
  private final Map<String, Integer> words = new HashMap<>();
  private int documents;

  /**
   * What a document is about.
   *
   * @param document its id
   * @param words in its own spelling
   */
  record Topic(String document, String words) {}

  /**
   * An internal document, and a public one to ask about beside it.
   *
   * @param other absent when no public one is known
   */
  record Pair(String document, String topic, @Nullable Topic other) {}

  DocumentTopics(Truth truth) {
    this.truth = truth;
  }

  /** Every internal document that has a topic, with the nearest public one. */
  List<Pair> internal() {
    List<IndexedDocument> documents = truth.documents().stream().limit(MOST_DOCUMENTS).toList();
    documents.forEach(this::count);
    var open = new LinkedHashMap<Topic, Set<String>>();
    topics(documents, Visibility.PUBLIC).forEach(t -> open.put(t, folded(t.words())));
    var pairs = new ArrayList<Pair>();
    var free = new ArrayList<Topic>();
    for (Topic topic : topics(documents, Visibility.INTERNAL)) {
      if (free.isEmpty()) {
        free.addAll(open.keySet());
      }
      Set<String> own = folded(topic.words());
      Topic nearest = null;
      long most = -1;
      for (Topic other : free) {
        long shared = open.getOrDefault(other, Set.of()).stream().filter(own::contains).count();
        if (shared > most) {
          most = shared;
          nearest = other;
        }
      }
      if (nearest != null) {
        free.remove(nearest);
      }
      pairs.add(new Pair(topic.document(), topic.words(), nearest));
    }
    return pairs;
  }

  private void count(IndexedDocument document) {
    documents++;
    new HashSet<>(segmentsOf(document)).forEach(s -> segments.merge(fold(s), 1, Integer::sum));
    folded(head(document)).forEach(w -> words.merge(w, 1, Integer::sum));
  }

  private List<Topic> topics(List<IndexedDocument> documents, Visibility visibility) {
    var topics = new ArrayList<Topic>();
    var seen = new HashSet<String>();
    for (IndexedDocument document : documents) {
      if (document.visibility() == visibility && topics.size() < MOST_TOPICS) {
        String topic = topic(document);
        if (!topic.isEmpty()
            && seen.add(fold(topic))
            && truth.leaked(topic, "", fact -> true).isEmpty()) {
          topics.add(new Topic(document.id(), topic));
        }
      }
    }
    return topics;
  }

  private String topic(IndexedDocument document) {
    for (String segment : segmentsOf(document)) {
      int length = SPACE.split(segment, -1).length;
      boolean ownOnly = segments.getOrDefault(fold(segment), 0) == 1;
      if (ownOnly && length <= MOST_TITLE_WORDS && segment.length() <= LONGEST) {
        return segment;
      }
    }
    return rarest(document);
  }

  private String rarest(IndexedDocument document) {
    Set<String> rare =
        folded(head(document)).stream()
            .filter(w -> 2 * words.getOrDefault(w, 0) < documents)
            .sorted(
                Comparator.comparingInt((String w) -> words.getOrDefault(w, 0))
                    .thenComparing(Comparator.comparingInt(String::length).reversed())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(RAREST)
            .collect(Collectors.toSet());
    String text =
        folded(head(document)).stream().filter(rare::contains).collect(Collectors.joining(", "));
    return rare.size() > 1 && text.length() <= LONGEST ? text : "";
  }

  private static String head(IndexedDocument document) {
    return document.text().substring(0, Math.min(HEAD, document.text().length()));
  }

  /** The parts of its beginning, without words that hold a digit. */
  private static List<String> segmentsOf(IndexedDocument document) {
    String head = head(document);
    var parts = new ArrayList<String>();
    for (String part : SEGMENT.split(head, -1)) {
      String plain =
          SPACE
              .splitAsStream(part.strip())
              .filter(w -> w.chars().noneMatch(Character::isDigit))
              .collect(Collectors.joining(" "));
      if (plain.length() >= SHORTEST_WORD) {
        parts.add(plain);
      }
    }
    return parts;
  }

  private static Set<String> folded(String text) {
    return SPACE
        .splitAsStream(text)
        .filter(w -> w.chars().noneMatch(Character::isDigit))
        .map(w -> NO_LETTER.matcher(w).replaceAll("").toLowerCase(Locale.ROOT))
        .filter(w -> w.length() >= SHORTEST_WORD)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
