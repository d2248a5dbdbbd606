import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The documents, and the search in them. */
final class Library {
  private static final int MOST = 3;
  private static final int MOST_DOCUMENTS = 10_000;

  /** A document with who may read it. */
  record Document(String id, String tenant, String visibility, String owner, String text) {
    /** As the model gets it: a passage that can't close its own block and go on as our words. */
    String passage() {
      return "<document id=\"%s\" visibility=\"%s\">\n%s\n</document>"
          .formatted(id, visibility, text.replace("<", "&lt;"));
    }
  }

  private volatile List<Document> documents = List.of();

  static Library load(Path file) throws IOException {
    var documents = new ArrayList<Document>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        Object entry = Json.read(line);
        documents.add(
            new Document(
                Json.text(entry, "id"),
                Json.text(entry, "tenant"),
                Json.text(entry, "visibility"),
                Json.text(entry, "owner"),
                Json.text(entry, "text")));
      }
    }
    var library = new Library();
    library.documents = List.copyOf(documents);
    return library;
  }

  /** Takes a review that everybody may read; false when there are too many. */
  synchronized boolean addReview(Accounts.Caller writer, String text) {
    if (documents.size() >= MOST_DOCUMENTS) {
      return false;
    }
    // A copy, so that a search that runs meanwhile sees the old list.
    var more = new ArrayList<>(documents);
    more.add(new Document("review-" + more.size(), writer.tenant(), "public", "", text));
    documents = List.copyOf(more);
    return true;
  }

  /** The rule. Whoever is not named by it gets nothing: a new visibility is closed until opened. */
  private static boolean mayRead(Accounts.Caller caller, Document document) {
    if (!document.tenant().equals(caller.tenant())) {
      return false;
    }
    return switch (document.visibility()) {
      case "public" -> true;
      case "customer" -> document.owner().equals(caller.id());
      case "internal" -> caller.staff();
      default -> false;
    };
  }

  /**
   * The best documents for a question. Those that the caller may not read are left out before the
   * ranking: they neither come out nor push others out, so that not even their existence shows.
   */
  List<Document> search(Accounts.Caller caller, String question) {
    List<Document> readable = documents.stream().filter(d -> mayRead(caller, d)).toList();
    Map<String, Double> rarity = rarity(readable);
    Set<String> asked = words(question);
    record Hit(Document document, double score) {}
    return readable.stream()
        .map(d ->
            new Hit(
                d,
                words(d.text()).stream()
                    .filter(asked::contains)
                    .mapToDouble(w -> rarity.getOrDefault(w, 0.0))
                    .sum()))
        .filter(hit -> hit.score() > 0)
        .sorted(Comparator.comparingDouble(Hit::score).reversed())
        .limit(MOST)
        .map(Hit::document)
        .toList();
  }

  /** Inverse document frequency, over what the caller may read: counts of the rest would leak too. */
  private static Map<String, Double> rarity(List<Document> readable) {
    Map<String, Integer> counts = new HashMap<>();
    readable.forEach(d -> words(d.text()).forEach(w -> counts.merge(w, 1, Integer::sum)));
    return counts.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, e -> Math.log(1.0 + (double) readable.size() / e.getValue())));
  }

  static Set<String> words(String text) {
    var words = new HashSet<String>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (word.length() > 2) {
        words.add(word);
      }
    }
    return words;
  }
}
