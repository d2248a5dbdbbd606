package dev.redoubt.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes {@code redoubt.yaml}, the description of an AI system.
 *
 * <p>The format is published as {@code docs/schemas/redoubt.schema.json}. Unknown keys, duplicates
 * and wrong types are errors. <code>${NAME}</code> in header values and log-in bodies stands for a
 * variable of the environment, <code>$${</code> for the characters <code>${</code>; in a log-in
 * body the value is escaped as the inside of a JSON string.
 *
 * @since 0.1.0
 */
public final class RedoubtYaml {
  /** Name of the file where nobody names another. */
  public static final String FILE_NAME = "redoubt.yaml";

  private RedoubtYaml() {}

  /**
   * Reads a description with the variables of the process.
   *
   * @throws UsageException with one line {@code file:line: key: what; how to mend} for each problem
   */
  public static AiSystem read(Path file) {
    return read(file, System.getenv());
  }

  /**
   * Reads a description.
   *
   * @param file the file; messages show it as it is given here
   * @param environment what <code>${NAME}</code> stands for
   * @return the system; locations hold the name of the file without its folder
   * @throws UsageException with one line {@code file:line: key: what; how to mend} for each problem
   */
  public static AiSystem read(Path file, Map<String, String> environment) {
    var problems = new YamlProblems(file.toString());
    YamlNode root = YamlNode.read(file, problems);
    return read(root, nameOf(file), environment);
  }

  /**
   * Reads only what has to be started before the system can be assessed; the rest of the file is
   * not looked at, since it may need variables that the start provides.
   *
   * @return empty when nothing has to be
   * @throws UsageException when that part is wrong, or the file can't be read
   */
  public static Optional<Start> start(Path file) {
    var problems = new YamlProblems(file.toString());
    YamlNode root = YamlNode.read(file, problems);
    Start start =
        root.kind() == YamlNode.Kind.MAP ? Start.read(root.asOpenMap().get("start")) : null;
    problems.throwIfAny();
    return Optional.ofNullable(start);
  }

  /**
   * Reads only the programs that take part in a run.
   *
   * @throws UsageException when that part is wrong, or the file can't be read
   */
  public static List<Extension> extensions(Path file) {
    var problems = new YamlProblems(file.toString());
    YamlNode root = YamlNode.read(file, problems);
    List<Extension> extensions =
        root.kind() == YamlNode.Kind.MAP
            ? Extension.read(root.asOpenMap().get("extensions"))
            : List.of();
    problems.throwIfAny();
    return List.copyOf(extensions);
  }

  /**
   * Reads a description from a text.
   *
   * @param fileName name for messages and locations
   */
  public static AiSystem parse(String text, String fileName, Map<String, String> environment) {
    return read(YamlNode.parse(text, new YamlProblems(fileName)), fileName, environment);
  }

  /** Writes a system as the text of a {@code redoubt.yaml}. */
  public static String format(AiSystem system) {
    return new SystemWriter(Map.of()).write(system);
  }

  /**
   * Writes a description, so that findings on a system that was given by options have a line to
   * point to. Header values and log-in bodies are written out as they are: the file can be read by
   * its owner only, where the file system knows owners.
   *
   * @param file where to; its folder exists; an existing file is replaced
   * @return the same system with the locations of its components in this file
   * @throws TargetUnreachableException when it can't be written
   */
  public static AiSystem write(AiSystem system, Path file) {
    return write(system, file, Map.of());
  }

  /**
   * Writes a description without its credentials: a header value that is that of a variable is
   * written as <code>${NAME}</code>, so that the file may be shown to others.
   *
   * @param variables names of variables with their values
   * @return the same system, header values included, with the locations of its components
   * @throws TargetUnreachableException when it can't be written
   */
  public static AiSystem write(AiSystem system, Path file, Map<String, String> variables) {
    String text = new SystemWriter(variables).write(system);
    AiSystem located = parse(text, nameOf(file), variables);
    try {
      OwnerOnly.write(file, text);
    } catch (IOException e) {
      throw new TargetUnreachableException(
          file + ": can't be written (" + e + "); check the folder and the space on its disk", e);
    }
    return located;
  }

  private static AiSystem read(YamlNode root, String fileName, Map<String, String> environment) {
    AiSystem system = new SystemReader(fileName, new EnvironmentText(environment)).read(root);
    root.problems().throwIfAny();
    return system;
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null || name.toString().isBlank() ? FILE_NAME : name.toString();
  }

  /** Says whether there is a description in a folder. */
  public static boolean existsIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE_NAME));
  }
}
