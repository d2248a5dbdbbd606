package dev.redoubt.samples.acme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.json.JsonMapper;

/** Every tool call, in memory and as JSON lines; a line is written before the answer is sent. */
final class Ledger {
  private final Path file;
  private final List<LedgerEntry> entries = new CopyOnWriteArrayList<>();

  Ledger(Path file) throws IOException {
    this.file = file;
    Files.writeString(file, "");
  }

  synchronized void add(LedgerEntry entry) {
    var line = JsonMapper.shared().createObjectNode().put("tool", entry.tool());
    // In one order, so that the same calls give the same bytes.
    Map<String, Object> arguments = new TreeMap<>(entry.arguments());
    line.putPOJO("arguments", arguments);
    if (entry.caller() != null) {
      line.put("caller", entry.caller());
    }
    line.put("status", entry.status().name().toLowerCase(Locale.ROOT));
    try {
      Files.writeString(
          file, JsonMapper.shared().writeValueAsString(line) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.add(entry);
  }

  List<LedgerEntry> entries() {
    return List.copyOf(entries);
  }
}
