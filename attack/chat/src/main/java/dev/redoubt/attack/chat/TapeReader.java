package dev.redoubt.attack.chat;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads records of a tape, all of them in order or one by its place. Thread-safe. */
final class TapeReader {
  private static final int BLOCK = 1 << 16;

  /** A record is a prompt, an answer of 256 KiB, and a mebibyte of ledger lines; escaped. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;

  TapeReader(Path file) {
    this.file = file;
  }

  /** Hears each whole line. */
  interface Lines {
    /**
     * A line.
     *
     * @param bytes a buffer that the next line overwrites
     * @param from of the first byte in it
     * @param slot where it stands
     */
    void line(byte[] bytes, int from, Slot slot);
  }

  /**
   * Reads every line; one that is too long for a record is passed over.
   *
   * @return how many were too long
   */
  int lines(Lines lines) {
    int tooLong = 0;
    var buffer = new byte[BLOCK];
    try (InputStream in = Files.newInputStream(file)) {
      long base = 0; // of the first byte of the buffer
      int start = 0; // of the line that is being read
      int end = 0;
      boolean skipping = false;
      while (true) {
        if (end == buffer.length) {
          if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            base += start;
            end -= start;
            start = 0;
          } else if (buffer.length < LONGEST_LINE) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
          } else {
            tooLong += skipping ? 0 : 1;
            skipping = true;
            base += end;
            end = 0;
          }
        }
        int got = in.read(buffer, end, buffer.length - end);
        if (got < 0) {
          break;
        }
        for (int i = end; i < end + got; i++) {
          if (buffer[i] == '\n') {
            if (!skipping && i > start) {
              lines.line(buffer, start, new Slot(base + start, i - start));
            }
            skipping = false;
            start = i + 1;
          }
        }
        end += got;
      }
      if (!skipping && end > start) {
        lines.line(buffer, start, new Slot(base + start, end - start));
      }
      return tooLong;
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** Reads an exchange; empty when its line is damaged. */
  Optional<Exchange> exchange(Slot slot) {
    return node(slot).flatMap(TapeReader::exchange);
  }

  static Optional<Exchange> exchange(JsonNode node) {
    try {
      return Optional.of(TapeRecords.exchange(node));
    } catch (IllegalArgumentException | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** Reads a record; empty when its line is damaged. */
  Optional<JsonNode> node(Slot slot) {
    var bytes = new byte[slot.length()];
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(slot.offset());
      in.readFully(bytes);
    } catch (IOException e) {
      throw broken(e);
    }
    return parse(bytes, 0, bytes.length);
  }

  static Optional<JsonNode> parse(byte[] bytes, int from, int length) {
    try {
      JsonNode node = JsonMapper.shared().readTree(bytes, from, length);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException cut) {
      return Optional.empty();
    }
  }

  private TargetUnreachableException broken(IOException e) {
    return new TargetUnreachableException(
        file + ": can't be read (" + e.getMessage() + "); mend permissions, then go on", e);
  }
}
