package dev.redoubt.runtime.program;

import dev.redoubt.runtime.program.ProgramException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Starts the process of a program. */
final class Launch {
  /** What makes Python speak UTF-8 and hold nothing back, unless the user wants it otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.of("PYTHONUTF8", "1", "PYTHONUNBUFFERED", "1");

  private Launch() {}

  static Process process(ProgramSpec spec) throws ProgramException {
    if (!Files.isDirectory(spec.folder())) {
      throw new ProgramException(
          Kind.NOT_STARTED, spec.shown() + " can't be started: no such folder " + spec.folder());
    }
    var builder = new ProcessBuilder(spec.command()).directory(spec.folder().toFile());
    DEFAULTS.forEach(builder.environment()::putIfAbsent);
    builder.environment().putAll(spec.environment());
    try {
      return builder.start();
    } catch (IOException e) {
      // Its own message repeats the command and adds the number of the system's error.
      String why = String.valueOf(e.getMessage());
      throw new ProgramException(
          Kind.NOT_STARTED,
          spec.shown()
              + " can't be started: "
              + Text.oneLine(why.substring(why.lastIndexOf(", ") + 1), 120)
              + " (the first word of its command must be on the PATH or be a path from "
              + spec.folder()
              + ")",
          null,
          e);
    }
  }
}
