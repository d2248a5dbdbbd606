package dev.redoubt.app.store;

import dev.redoubt.core.Coverage;
import dev.redoubt.core.Finding;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one assessor found on one component, kept in a file so that a replay need not ask it again.
 *
 * @param assessor id of the assessor
 * @param component name of the component
 * @param findings what it found
 * @param coverage what it tested and did not; absent when it came to nothing
 * @param unreachable why it came to nothing; absent when it did not
 * @param failures what went wrong on the way
 * @since 0.1.0
 */
public record KeptResult(
    String assessor,
    String component,
    List<Finding> findings,
    @Nullable Coverage coverage,
    @Nullable String unreachable,
    List<String> failures) {
  private static final long MOST_BYTES = 256L << 20;

  public KeptResult {
    findings = List.copyOf(findings);
    failures = List.copyOf(failures);
  }

  /** Writes it, whole or not at all. */
  public void write(Path file) {
    AtomicFiles.write(file, Documents.write(this) + "\n");
  }

  /**
   * Reads one.
   *
   * @throws TargetUnreachableException when it can't be read, or another version wrote it
   */
  public static KeptResult read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new TargetUnreachableException(file + ": is larger than any result");
      }
      return Documents.read(Files.readString(file), KeptResult.class);
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be read (" + e.getMessage() + ")", e);
    }
  }
}
