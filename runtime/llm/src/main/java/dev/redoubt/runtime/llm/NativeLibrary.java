package dev.redoubt.runtime.llm;

import de.kherud.llama.LlamaModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the engine's native library into a folder of this process. Left to itself, the binding
 * writes it under one fixed name into the temporary folder that all users share, deletes what other
 * processes have unpacked there, and says so on standard output.
 */
final class NativeLibrary {
  private static final String FOLDER = "de.kherud.llama.lib.path";
  private static final String TEMP = "de.kherud.llama.tmpdir";

  private NativeLibrary() {}

  /** Prepares the binding; does nothing where the user has set a folder. */
  static synchronized void prepare() throws IOException {
    if (System.getProperty(FOLDER) != null || System.getProperty(TEMP) != null) {
      return;
    }
    var folder = Files.createTempDirectory("redoubt-llama");
    folder.toFile().deleteOnExit();
    var resource = resource();
    var name = System.mapLibraryName("jllama");
    try (var in =
        resource == null ? null : LlamaModel.class.getResourceAsStream(resource + "/" + name)) {
      if (in == null) {
        // A platform that we do not know the binding's name of: it may know it itself.
        System.setProperty(TEMP, folder.toString());
        return;
      }
      var file = folder.resolve(name);
      file.toFile().deleteOnExit();
      Files.copy(in, file);
      System.setProperty(FOLDER, folder.toString());
    }
  }

  private static @Nullable String resource() {
    var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    var processor =
        switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "aarch64";
          default -> null;
        };
    if (processor == null) {
      return null;
    }
    if (os.contains("linux")) {
      return "/de/kherud/llama/Linux/" + processor;
    }
    if (os.contains("mac")) {
      return "/de/kherud/llama/Mac/" + processor;
    }
    return os.contains("windows") ? "/de/kherud/llama/Windows/" + processor : null;
  }
}
