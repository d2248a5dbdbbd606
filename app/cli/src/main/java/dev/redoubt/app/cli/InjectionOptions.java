package dev.redoubt.app.cli;

import dev.redoubt.core.UsageException;
import dev.redoubt.detect.InjectionDetector;
import dev.redoubt.detect.InjectionModel;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which injection classifier a command asks. */
final class InjectionOptions {
  @Option(
      names = "--first-stage",
      paramLabel = "FILE",
      description = "A first stage of your own, from guard train, in place of the shipped one.")
  @Nullable Path firstStage;

  @Option(
      names = "--without-second-stage",
      description = "Let the first stage decide alone, by its strict threshold.")
  boolean alone;

  InjectionDetector detector() throws IOException {
    InjectionDetector shipped = InjectionDetector.shipped();
    if (firstStage == null && !alone) {
      return shipped;
    }
    return InjectionDetector.of(model(firstStage), alone ? null : shipped.secondStage());
  }

  private static InjectionModel model(@Nullable Path file) throws IOException {
    if (file == null) {
      return InjectionModel.shipped();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return InjectionModel.read(in);
    } catch (ZipException | EOFException e) {
      throw new UsageException("--first-stage: " + file + " is no first stage of guard train", e);
    }
  }
}
