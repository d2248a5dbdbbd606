package dev.redoubt.samples.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes what was drawn, as {@code redoubt.yaml} refers to it. */
final class GroundTruthFiles {
  static final String FACTS = "facts.txt";
  static final String DOCUMENTS = "documents.jsonl";
  static final String LEDGER = "ledger.jsonl";
  static final String INSTRUCTIONS = "instructions.txt";

  private GroundTruthFiles() {}

  static void write(AcmeWorld world, Path folder) throws IOException {
    Files.writeString(
        folder.resolve(FACTS),
        world.facts().stream()
            .map(fact -> fact.name() + "=" + fact.value() + "\n")
            .collect(Collectors.joining()));
    Files.writeString(folder.resolve(INSTRUCTIONS), Prompt.instructions(world.secret()));
    Files.writeString(
        folder.resolve(DOCUMENTS),
        world.documents().stream().map(GroundTruthFiles::line).collect(Collectors.joining()));
  }

  private static String line(AcmeDocument document) {
    var node =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", document.id())
            .put("text", document.text())
            .put("visibility", document.visibilityWord());
    if (document.owner() != null) {
      node.put("owner", document.owner());
    }
    return JsonMapper.shared().writeValueAsString(node) + "\n";
  }
}
