package dev.redoubt.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;

/** Turns machine values into words for a person. */
final class Words {
  private Words() {}

  /** Says in one line what went wrong with a file and what to do. */
  static String ofIo(IOException e) {
    return switch (e) {
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied ->
          denied.getFile() + ": permission denied; check who may read and write it";
      case FileAlreadyExistsException there ->
          there.getFile() + " is in the way: it exists and is not what is needed there";
      default -> {
        String message = String.valueOf(e.getMessage());
        yield message.contains("No space left")
            ? "the disk is full: free some space and run the command again; what was written so far is kept"
            : message;
      }
    };
  }

  /** Writes a duration as a person would: {@code 12 s}, {@code 3 min 20 s}. */
  static String of(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
  }

  /** Writes a share as whole percent. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** Writes a number of bytes. */
  static String bytes(long bytes) {
    if (bytes < 1_000_000) {
      return bytes / 1000 + " kB";
    }
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  /**
   * Makes a foreign text fit for one line of a terminal: no control characters, at most {@code
   * length} characters.
   */
  static String safe(String text, int length) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length() && out.length() < length) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean hidden =
          Character.isISOControl(c)
              || Character.getType(c) == Character.FORMAT
              || Character.getType(c) == Character.SURROGATE;
      out.appendCodePoint(hidden ? ' ' : c);
    }
    return i < text.length() ? out + " …" : out.toString();
  }
}
