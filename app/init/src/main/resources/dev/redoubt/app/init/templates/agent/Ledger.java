import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every tool call, done or refused, one JSON line each: for the auditor, and for the tests. */
final class Ledger {
  private final Path file;

  Ledger(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }

  /** A call that can't be recorded fails, and with it what it was for. */
  synchronized void write(
      Accounts.Caller caller,
      String tool,
      Map<String, ?> arguments,
      String status,
      boolean confirmed) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().toString());
    line.put("tool", tool);
    line.put("arguments", arguments);
    line.put("caller", caller.id());
    line.put("status", status);
    line.put("confirmed", confirmed);
    try {
      Files.writeString(file, Json.write(line) + "\n", StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
