package dev.redoubt.app.init;

import dev.redoubt.core.Suggestion;
import dev.redoubt.core.UsageException;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A secure reference architecture that can be run: sources, policy, ground truth and tests.
 *
 * @since 0.1.0
 */
public final class Template {
  /** The templates. */
  public static final List<String> NAMES = List.of("rag", "agent", "mlops");

  private static final String FOLDER = "templates/";

  private final String name;
  private final String title;
  private final Map<String, String> files;

  private Template(String name, String title, Map<String, String> files) {
    this.name = name;
    this.title = title;
    this.files = files;
  }

  /**
   * Takes a template.
   *
   * @throws UsageException where there is none of that name
   */
  public static Template named(String name) {
    if (!NAMES.contains(name)) {
      throw new UsageException(
          "--template: there is no '" + name + "'; " + Suggestion.howToMend(name, NAMES));
    }
    var problems = new YamlProblems(name + ".yaml");
    YamlMap map =
        YamlNode.parse(Resource.text(FOLDER + name + ".yaml"), problems).asMap("title", "files");
    Map<String, String> files = map.scalars("files");
    var template = new Template(name, map.requiredText("title", "name it"), files);
    problems.throwIfAny();
    return template;
  }

  /** What it is, in a few words. */
  public String title() {
    return title;
  }

  /**
   * Writes it.
   *
   * @param folder where to; made where it is missing
   * @param seed what its canaries and passwords are drawn from
   * @param force whether files that are there may be replaced
   * @throws UsageException where one is there and may not be replaced; nothing is written then
   * @throws dev.redoubt.core.TargetUnreachableException where one can't be written
   */
  public void write(Path folder, long seed, boolean force) {
    if (!force) {
      CanaryFiles.requireNew(folder, List.copyOf(files.keySet()));
    }
    var blanks = new TemplateBlanks(seed, name);
    Map<String, String> texts = new LinkedHashMap<>();
    // All are filled before the first is written.
    files.forEach((to, from) -> texts.put(to, blanks.fill(Resource.text(FOLDER + from))));
    texts.forEach((to, text) -> {
      Path file = folder.resolve(to);
      AtomicFiles.write(file, text);
      if (text.startsWith("#!")) {
        makeExecutable(file);
      }
    });
  }

  private static void makeExecutable(Path file) {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        permissions.add(PosixFilePermission.GROUP_EXECUTE);
        permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
