package dev.redoubt.app.init;

import dev.redoubt.app.init.Canary.Place;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes canaries: the texts to plant, and the ground truth that says what to watch for.
 *
 * @since 0.1.0
 */
public final class CanaryFiles {
  static final String FACTS = "facts.txt";
  static final String DOCUMENTS = "documents.jsonl";
  static final String PROMPT = "prompt-canaries.txt";

  private CanaryFiles() {}

  /** The values as lines of a facts file. */
  public static String facts(List<Canary> canaries) {
    return canaries.stream()
        .flatMap(canary -> canary.facts().stream())
        .map(fact -> fact.name() + "=" + fact.value() + "\n")
        .collect(Collectors.joining());
  }

  /** The documents as lines of a documents file; canaries of a prompt are left out. */
  public static String documents(List<Canary> canaries) {
    return canaries.stream()
        .filter(canary -> canary.place() != Place.PROMPT)
        .map(CanaryFiles::line)
        .collect(Collectors.joining());
  }

  private static String line(Canary canary) {
    Map<String, String> document = new LinkedHashMap<>();
    document.put("id", canary.id());
    document.put("text", canary.text());
    document.put("visibility", canary.visibility());
    if (canary.owner() != null) {
      document.put("owner", canary.owner());
    }
    return JsonMapper.shared().writeValueAsString(document) + "\n";
  }

  /**
   * Writes the files of canaries into a folder, which is made where it is missing.
   *
   * @param force whether files that are there may be replaced
   * @return the files, by what they are for
   * @throws UsageException where one is there and may not be replaced; nothing is written then
   * @throws dev.redoubt.core.TargetUnreachableException where one can't be written
   */
  public static Map<Path, String> write(List<Canary> canaries, Path folder, boolean force) {
    Map<String, String> texts = new LinkedHashMap<>();
    Map<Path, String> uses = new LinkedHashMap<>();
    boolean prompt = canaries.stream().allMatch(canary -> canary.place() == Place.PROMPT);
    if (prompt) {
      texts.put(PROMPT, canaries.stream().map(c -> c.text() + "\n").collect(Collectors.joining()));
      uses.put(folder.resolve(PROMPT), "paste each line into a system prompt");
    } else {
      canaries.forEach(canary -> {
        texts.put(canary.id() + ".txt", canary.text() + "\n");
        uses.put(folder.resolve(canary.id() + ".txt"), "put it into the index");
      });
      texts.put(DOCUMENTS, documents(canaries));
      uses.put(folder.resolve(DOCUMENTS), "groundTruth.documentsFile, or add its lines to yours");
    }
    texts.put(FACTS, facts(canaries));
    uses.put(folder.resolve(FACTS), "groundTruth.factsFile, or add its lines to yours");
    if (!force) {
      requireNew(folder, List.copyOf(texts.keySet()));
    }
    texts.forEach((name, text) -> AtomicFiles.write(folder.resolve(name), text));
    return uses;
  }

  /** Says in one message which of these files are there already. */
  static void requireNew(Path folder, List<String> names) {
    List<String> there =
        names.stream()
            .filter(
                name -> Files.exists(folder.resolve(name), java.nio.file.LinkOption.NOFOLLOW_LINKS))
            .toList();
    if (!there.isEmpty()) {
      throw new UsageException(
          folder
              + ": "
              + String.join(", ", there.stream().limit(5).toList())
              + (there.size() > 5 ? " and " + (there.size() - 5) + " more" : "")
              + " would be replaced; take another folder, or say --force");
    }
  }
}
