package dev.redoubt.attack.chat;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON lines that list the indexed documents. */
final class DocumentsFile {
  private static final Map<String, IndexedDocument.Visibility> VISIBILITY =
      Map.of(
          "public", IndexedDocument.Visibility.PUBLIC,
          "customer", IndexedDocument.Visibility.CUSTOMER,
          "internal", IndexedDocument.Visibility.INTERNAL);

  private DocumentsFile() {}

  static List<IndexedDocument> parse(String file, List<String> lines) {
    var documents = new ArrayList<IndexedDocument>();
    var problems = new ArrayList<String>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      String where = file + ":" + (i + 1) + ": ";
      try {
        JsonNode node = JsonMapper.shared().readTree(lines.get(i));
        String id = node.path("id").asString("");
        String word = node.path("visibility").asString("").toLowerCase(Locale.ROOT);
        IndexedDocument.Visibility visibility = VISIBILITY.get(word);
        if (id.isEmpty()) {
          problems.add(where + "id: is missing; give every document one");
        } else if (!ids.add(id)) {
          problems.add(where + "id: '" + id + "' is there twice; keep one");
        } else if (visibility == null) {
          problems.add(
              where
                  + "visibility: unknown word '"
                  + word
                  + "'; "
                  + Suggestion.howToMend(word, VISIBILITY.keySet().stream().sorted().toList()));
        } else {
          String owner = node.path("owner").asString("");
          documents.add(
              new IndexedDocument(
                  id, node.path("text").asString(""), visibility, owner.isEmpty() ? null : owner));
        }
      } catch (JacksonException e) {
        problems.add(where + "is no JSON; write one object a line");
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("\n", problems.stream().limit(20).toList()));
    }
    return documents;
  }
}
