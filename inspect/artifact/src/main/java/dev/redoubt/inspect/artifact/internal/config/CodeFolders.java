package dev.redoubt.inspect.artifact.internal.config;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.FolderReader;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Charges code that an MLflow model or an unpacked TorchServe archive has loaded to its files. */
@AutoService(FolderReader.class)
public final class CodeFolders implements FolderReader {
  private static final int LONGEST = 1 << 20;
  private static final int MOST_FILES = 2000;
  private static final int DEEPEST = 6;

  /** Made by {@link java.util.ServiceLoader}. */
  public CodeFolders() {}

  @Override
  public String id() {
    return "code-folders";
  }

  @Override
  public void read(Folder folder) throws IOException {
    try {
      if (folder.files().contains("MLmodel")) {
        byte[] bytes = folder.bytes("MLmodel", LONGEST);
        if (bytes != null) {
          mlflow(folder, bytes);
        }
      }
      if (folder.folders().contains("MAR-INF")) {
        byte[] bytes = folder.bytes("MAR-INF/MANIFEST.json", LONGEST);
        if (bytes != null) {
          mar(folder, bytes);
        }
      }
    } catch (MalformedException e) {
      // The file's own reader says so when it comes to it.
      return;
    }
  }

  private static void mlflow(Folder folder, byte[] bytes) throws IOException {
    for (Mlflow.Loaded loaded : Mlflow.loaded(Config.parse(bytes))) {
      String path = loaded.path();
      if (path == null) {
        continue;
      }
      charge(folder, path, "MLmodel");
      below(folder, path, new int[1], 0);
    }
  }

  private static void mar(Folder folder, byte[] bytes) throws IOException {
    Map<?, ?> model = Config.map(Config.map(Config.parse(bytes)).get("model"));
    for (String key : new String[] {"handler", "modelFile"}) {
      String file = Config.text(model, key);
      if (file != null && !MarReader.BUILT_IN.contains(file)) {
        int colon = file.indexOf(':');
        charge(folder, colon < 0 ? file : file.substring(0, colon), "MAR-INF/MANIFEST.json");
      }
    }
    for (String file : folder.files()) {
      if (file.endsWith(".py")) {
        charge(folder, file, "MAR-INF/MANIFEST.json");
      }
    }
  }

  /** Everything below a folder of code can be imported; links are not followed. */
  private static void below(Folder folder, String relative, int[] files, int depth)
      throws IOException {
    Path path = folder.path().resolve(relative).normalize();
    boolean inside =
        path.startsWith(folder.path())
            && !path.equals(folder.path())
            && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (!inside || depth > DEEPEST) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (++files[0] > MOST_FILES) {
          return;
        }
        String name = folder.path().relativize(entry).toString();
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          below(folder, name, files, depth + 1);
        } else if (name.endsWith(".py")) {
          charge(folder, name, "MLmodel");
        }
      }
    }
  }

  private static void charge(Folder folder, String file, String by) {
    folder.charge(
        file,
        new Observation(
            CodeReader.LOADED,
            Verdict.UNPROVEN,
            "is code that is loaded with the model, as " + by + " says",
            -1));
  }
}
