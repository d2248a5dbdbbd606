package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header values of a run that was given by options. They stand in no other file: {@code
 * redoubt.yaml} names them as variables. This one can be read by its owner only, is there so that
 * the run can be resumed, and is emptied once the run is complete.
 */
final class RunCredentials {
  static final String FILE_NAME = "credentials.json";
  private static final String VARIABLE = "REDOUBT_HEADER_";

  private final Path file;
  private final Map<String, String> values;

  private RunCredentials(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /** Keeps the header values of a new run. */
  static RunCredentials keep(RunFolder folder, Map<String, String> headers) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String value : List.copyOf(headers.values())) {
      values.put(VARIABLE + (values.size() + 1), value);
    }
    RunCredentials kept = new RunCredentials(folder.path().resolve(FILE_NAME), values);
    if (!values.isEmpty()) {
      kept.write(values);
    }
    return kept;
  }

  /** Reads those of an earlier run; empty when it was given none. */
  static RunCredentials of(RunFolder folder) {
    Path file = folder.path().resolve(FILE_NAME);
    Map<String, String> values = new TreeMap<>();
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
      node.properties().forEach(e -> values.put(e.getKey(), e.getValue().asString("")));
    } catch (NoSuchFileException none) {
      return new RunCredentials(file, Map.of());
    } catch (IOException | JacksonException e) {
      throw new TargetUnreachableException(
          file + ": can't be read; check its permissions, or start a new run", e);
    }
    return new RunCredentials(file, values);
  }

  /** The variables by name. */
  Map<String, String> variables() {
    return Map.copyOf(values);
  }

  /** What variables stand for: those of the process win, so that a key can be changed. */
  Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(System.getenv());
    return all;
  }

  /** Forgets the values, not the names: a complete run can still be read again. */
  void forget() {
    if (!values.isEmpty()) {
      Map<String, String> empty = new TreeMap<>();
      values.keySet().forEach(name -> empty.put(name, ""));
      write(empty);
    }
  }

  private void write(Map<String, String> content) {
    try {
      if (!Files.exists(file)) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        if (posix) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
      }
      Files.writeString(file, Json.line(content));
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be written: " + Words.ofIo(e), e);
    }
  }
}
