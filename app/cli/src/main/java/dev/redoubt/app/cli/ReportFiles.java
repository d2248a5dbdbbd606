package dev.redoubt.app.cli;

import dev.redoubt.app.report.Report;
import dev.redoubt.app.report.Reporter;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes report files whole or not at all. */
final class ReportFiles {
  private ReportFiles() {}

  /** Writes every format into a folder, which is made when it is not there. */
  static void writeAll(Report report, Path folder) throws IOException {
    makeFolder(folder);
    for (Reporter reporter : Reporter.all()) {
      write(reporter, report, folder.resolve(reporter.fileName()));
    }
  }

  /** Writes one format to a file. */
  static void write(String format, Report report, Path file) throws IOException {
    Reporter reporter =
        Reporter.all().stream()
            .filter(r -> r.id().equals(format))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no report format " + format));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      makeFolder(folder);
    }
    write(reporter, report, file);
  }

  /**
   * Finds out before a long run whether a file can be written after it.
   *
   * @param option names the file in messages
   * @throws UsageException when it is a folder
   * @throws TargetUnreachableException when it can't be written
   */
  static void requireWritable(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException(option + ": " + file + " is a folder; name a file");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || AtomicFiles.isInPlace(file)) {
      return;
    }
    makeFolder(folder);
    requireWritable(option, file, folder);
  }

  /** The same for a folder of report files, which is made when it is not there. */
  static void requireWritableFolder(String option, Path folder) {
    makeFolder(folder);
    requireWritable(option, folder, folder);
  }

  private static void requireWritable(String option, Path shown, Path folder) {
    try {
      Files.delete(Files.createTempFile(folder, ".redoubt", ".tmp"));
    } catch (IOException e) {
      throw new TargetUnreachableException(
          option + ": " + shown + " can't be written: " + Words.ofIo(e), e);
    }
  }

  /** Makes a folder with everything above it. */
  static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new TargetUnreachableException(
          folder + ": the folder cannot be made: " + Words.ofIo(e), e);
    }
  }

  private static void write(Reporter reporter, Report report, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reporter.write(report, bytes);
    AtomicFiles.write(file, bytes.toByteArray());
  }
}
