package dev.redoubt.inspect.artifact.internal.repository;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.FolderReader;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.Observation;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Charges the code of a repository that its configurations name, or that stands where loaders look
 * for code: it is unproven. Code that nothing names is text.
 */
@AutoService(FolderReader.class)
public final class RepositoryFolder implements FolderReader {
  private static final int LONGEST_JSON = 4 << 20;
  private static final int LONGEST_CODE = 1 << 20;
  private static final int MOST_SCRIPTS = 40;
  private static final int MOST_FOLLOWED = 200;
  private static final List<String> CONFIGURATIONS =
      List.of(
          "config.json",
          "tokenizer_config.json",
          "generation_config.json",
          "processor_config.json",
          "preprocessor_config.json",
          "video_preprocessor_config.json",
          "image_processor_config.json",
          "adapter_config.json",
          "model_index.json",
          "modules.json",
          "feature_extractor_config.json",
          "scheduler_config.json",
          "config_sentence_transformers.json");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^\\s*from\\s+\\.+([A-Za-z0-9_.]*)\\s+import\\s+([A-Za-z0-9_, ()]+)");
  private static final Pattern BUILDER =
      Pattern.compile(
          "class\\s+\\w+\\s*\\([^)]*\\b(GeneratorBasedBuilder|ArrowBasedBuilder|DatasetBuilder|BeamBasedBuilder)\\b");

  /** Made by {@link java.util.ServiceLoader}. */
  public RepositoryFolder() {}

  @Override
  public String id() {
    return "repository";
  }

  @Override
  public void read(Folder folder) throws IOException {
    Set<String> charged = new HashSet<>();
    for (String file : CONFIGURATIONS) {
      if (folder.files().contains(file)) {
        configuration(folder, file, charged);
      }
    }
    if (folder.folders().contains("custom_generate")) {
      charge(folder, "custom_generate/generate.py", "generate() runs it", charged);
    }
    if (folder.files().contains("handler.py")) {
      byte[] code = folder.bytes("handler.py", LONGEST_CODE);
      if (code != null && text(code).contains("EndpointHandler")) {
        charge(folder, "handler.py", "inference endpoints run it", charged);
      }
    }
    scripts(folder, charged);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void configuration(Folder folder, String file, Set<String> charged)
      throws IOException {
    byte[] bytes = folder.bytes(file, LONGEST_JSON);
    if (bytes == null) {
      return;
    }
    References references;
    try {
      references = References.in(Json.read(text(bytes)).root(), file);
    } catch (MalformedException e) {
      // The configuration says so itself when it is read.
      return;
    }
    for (References.Reference reference : references.code) {
      for (String code : files(reference.name())) {
        charge(folder, code, file + " names it by " + reference.key(), charged);
      }
    }
  }

  /**
   * The files that a name such as {@code modeling_x.Model} may mean; none in another repository.
   */
  private static List<String> files(String name) {
    if (name.contains("--") || name.contains("/") || !name.matches("[A-Za-z0-9_.-]+")) {
      return List.of();
    }
    int dot = name.lastIndexOf('.');
    String module = (dot < 0 ? name : name.substring(0, dot)).replace('.', '/');
    return List.of(module + ".py", module + "/__init__.py", name.replace('.', '/') + ".py");
  }

  private static void charge(Folder folder, String file, String why, Set<String> charged)
      throws IOException {
    if (charged.size() > MOST_FOLLOWED || charged.contains(file)) {
      return;
    }
    byte[] bytes = folder.bytes(file, LONGEST_CODE);
    if (bytes == null) {
      return;
    }
    charged.add(file);
    folder.charge(
        file,
        new Observation(
            "inspect.artifact.repository-code",
            Verdict.UNPROVEN,
            "is code that loading runs: " + why,
            -1));
    String parent = file.contains("/") ? file.substring(0, file.lastIndexOf('/') + 1) : "";
    Matcher matcher = IMPORT.matcher(text(bytes));
    while (matcher.find()) {
      String module = matcher.group(1).replace('.', '/');
      if (module.isEmpty()) {
        for (String name : matcher.group(2).split("[^A-Za-z0-9_]+", -1)) {
          charge(folder, parent + name + ".py", file + " imports it", charged);
        }
      } else {
        charge(folder, parent + module + ".py", file + " imports it", charged);
      }
    }
  }

  /** A data set is loaded by the script that is named like its folder, or builds one. */
  private static void scripts(Folder folder, Set<String> charged) throws IOException {
    List<String> scripts = folder.files().stream().filter(f -> f.endsWith(".py")).toList();
    if (scripts.isEmpty()
        || scripts.size() > MOST_SCRIPTS
        || folder.files().contains("__init__.py")) {
      return;
    }
    String own = String.valueOf(folder.path().getFileName()) + ".py";
    for (String script : scripts) {
      byte[] bytes = folder.bytes(script, LONGEST_CODE);
      if (bytes != null
          && (BUILDER.matcher(text(bytes)).find()
              || (script.equals(own) && text(bytes).contains("datasets")))) {
        charge(folder, script, "load_dataset() runs it", charged);
      }
    }
  }
}
