package dev.redoubt.inspect.artifact.internal.pickle;

import dev.redoubt.inspect.artifact.ArtifactInspector;
import dev.redoubt.inspect.artifact.FileResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Inspects bytes as a file of a name. */
final class Pickles {
  private Pickles() {}

  static FileResult inspect(byte[] bytes) {
    return inspect("model.pkl", bytes);
  }

  static FileResult inspect(String name, byte[] bytes) {
    try {
      Path folder = Files.createTempDirectory("pickles");
      Path file = folder.resolve(name);
      try {
        Files.write(file, bytes);
        var results = new ArrayList<FileResult>();
        ArtifactInspector.standard().inspect(List.of(file), results::add);
        return results.getFirst();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
