package dev.redoubt.attack.chat;

import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The folder of one run: its tape, and what is needed to resume it. One run may hold several
 * passes, such as before and after a defence; the ids of their attempts begin with the name of the
 * pass.
 *
 * @param path the folder; exists
 * @since 0.1.0
 */
public record RunFolder(Path path) {
  /** Name of the tape in the folder. */
  public static final String TAPE = "tape.jsonl";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int TRIES = 100;

  /**
   * Makes a folder of its own for a new run: no two runs share one, even when they start at the
   * same moment.
   *
   * @param root folder of all runs; made when it is not there
   * @throws TargetUnreachableException when it can't be made
   */
  public static RunFolder create(Path root) {
    return create(root, InstantSource.system(), new SecureRandom());
  }

  static RunFolder create(Path root, InstantSource clock, RandomGenerator random) {
    try {
      Files.createDirectories(root);
      for (int i = 0; i < TRIES; i++) {
        Path folder = root.resolve(id(clock.instant(), random));
        try {
          return new RunFolder(Files.createDirectory(folder));
        } catch (FileAlreadyExistsException taken) {
          // Another run was as quick; the next name is as good.
        }
      }
      throw new TargetUnreachableException(root + ": no free name for a run; clear old runs");
    } catch (IOException e) {
      throw new TargetUnreachableException(
          root + ": no folder for the run can be made (" + e.getMessage() + "); mend permissions",
          e);
    }
  }

  private static String id(Instant now, RandomGenerator random) {
    var id = new StringBuilder(TIME.format(now)).append('-');
    for (int i = 0; i < 4; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /**
   * Opens the folder of a run.
   *
   * @param root folder of all runs
   * @param id id of the run, or {@code last} for the newest
   * @throws UsageException when there is no such run
   */
  public static RunFolder open(Path root, String id) {
    if (id.equals("last")) {
      return newest(root)
          .orElseThrow(() -> new UsageException(root + ": no run is kept here; start one"));
    }
    Path folder = root.resolve(id).normalize();
    // An id is one name: it must not lead out of the folder of all runs.
    if (!root.normalize().equals(folder.getParent()) || !Files.isDirectory(folder)) {
      throw new UsageException(
          "no run '"
              + id
              + "' in "
              + root
              + "; "
              + newest(root).map(r -> "the newest is '" + r.id() + "'").orElse("none is kept"));
    }
    return new RunFolder(folder);
  }

  private static Optional<RunFolder> newest(Path root) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    try (var folders = Files.list(root)) {
      // Ids begin with the time, to the second; of runs of one second the tape's time decides.
      return folders
          .filter(f -> Files.exists(f.resolve(TAPE)))
          .max(
              Comparator.comparing(RunFolder::second).thenComparing(f -> modified(f.resolve(TAPE))))
          .map(RunFolder::new);
    } catch (IOException e) {
      throw new TargetUnreachableException(root + ": can't be read (" + e.getMessage() + ")", e);
    }
  }

  private static String second(Path folder) {
    String name = folder.getFileName().toString();
    return name.substring(0, Math.min(name.length(), "yyyyMMdd-HHmmss".length()));
  }

  /** Id of the run. */
  public String id() {
    Path name = path.getFileName();
    return name == null ? path.toString() : name.toString();
  }

  /** The tape; may not exist yet. */
  public Path tape() {
    return path.resolve(TAPE);
  }

  /**
   * The description of the system that the run was begun on: its own {@code redoubt.yaml}, or that
   * of the user.
   *
   * @throws UsageException when the run was not begun from a description
   */
  public Path description() {
    Path own = path.resolve(RedoubtYaml.FILE_NAME);
    if (Files.exists(own)) {
      return own;
    }
    return passes().stream()
        .map(pass -> PassFile.read(this, pass).system())
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() ->
            new UsageException(
                "run '" + id() + "' has no redoubt.yaml to resume it from; start a new run"));
  }

  Path passFile(String pass) {
    return path.resolve("campaign-" + pass + ".json");
  }

  /** Names of the passes that were begun, oldest first. */
  public List<String> passes() {
    try (var files = Files.list(path)) {
      return files
          .filter(f -> f.getFileName().toString().matches("campaign-[a-z0-9-]+\\.json"))
          .sorted(Comparator.comparing(RunFolder::modified))
          .map(f -> f.getFileName().toString().replaceAll("^campaign-|\\.json$", ""))
          .toList();
    } catch (IOException e) {
      throw new TargetUnreachableException(path + ": can't be read (" + e.getMessage() + ")", e);
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }
}
