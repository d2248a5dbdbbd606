package dev.redoubt.attack.chat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a tool ledger gained between two moments. The system under test writes a line before
 * it answers, so what an answer caused is there when the answer is.
 */
final class LedgerFile {
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;

  LedgerFile(Path file) {
    this.file = file;
  }

  /** Length in bytes now; -1 when it can't be read. */
  long mark() {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      return in.length();
    } catch (IOException absent) {
      return -1;
    }
  }

  /**
   * Whole lines that came after a mark.
   *
   * @return null when the file can't be read, which is no sign of peace
   */
  @Nullable List<String> since(long mark) {
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      // A ledger that was shortened was begun anew.
      long from = mark < 0 || mark > in.length() ? 0 : mark;
      in.seek(from);
      var bytes = new byte[(int) Math.min(MOST_BYTES, in.length() - from)];
      in.readFully(bytes);
      String text = new String(bytes, StandardCharsets.UTF_8);
      return text.lines().filter(l -> !l.isBlank()).toList();
    } catch (IOException absent) {
      return null;
    }
  }
}
