package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth.Ledger;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a tool ledger gained between two moments. The system under test writes a line before
 * it answers, or within the ledger's settling time, so what an answer caused is there.
 *
 * <p>A ledger that can't be trusted for that stretch says so by a line of its own, {@link
 * ToolCalls#problemLine}: a number of the sequence is missing, the file was shortened or replaced,
 * a line is cut off, a time stamp lies outside of the call. Nothing that was read is left out.
 */
final class LedgerFile {
  private static final int MOST_BYTES = 1 << 20;
  private static final int TAIL_BYTES = 1 << 16;

  private final Path file;
  private final Ledger ledger;
  private final LedgerLines lines;
  private final InstantSource clock;

  LedgerFile(Path file, Ledger ledger, InstantSource clock) {
    this.file = file;
    this.ledger = ledger;
    this.lines = LedgerLines.of(ledger.format());
    this.clock = clock;
  }

  /**
   * The state of the file at a moment.
   *
   * @param length in bytes; -1 when it could not be read
   * @param key what the file system knows the file by; absent when it says nothing
   * @param last number of the last record; empty when records have none
   * @param at when
   */
  record Mark(long length, @Nullable Object key, OptionalLong last, Instant at) {}

  /** Notes how long the ledger is now. */
  Mark mark() {
    Instant now = clock.instant();
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      long from = Math.max(0, length - TAIL_BYTES);
      OptionalLong last = OptionalLong.empty();
      for (String line : read(in, from, length).lines().toList()) {
        for (LedgerLines.Entry entry : lines.entries(line)) {
          last = entry.number().isPresent() ? entry.number() : last;
        }
      }
      return new Mark(length, key(), last, now);
    } catch (IOException absent) {
      return new Mark(-1, null, OptionalLong.empty(), now);
    }
  }

  /**
   * Whole lines that came after a mark, as {@link LedgerRecord} reads them, and lines that say what
   * is wrong with them.
   *
   * @return null when the file can't be read, which is no sign of peace
   */
  @Nullable List<String> since(Mark mark) throws InterruptedException {
    if (ledger.settleSeconds() > 0) {
      Thread.sleep(Duration.ofMillis(Math.round(1000 * ledger.settleSeconds())));
    }
    Instant now = clock.instant();
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var stretch = new Stretch(mark, now);
      long length = in.length();
      long from = Math.max(0, mark.length());
      Object key = key();
      boolean replaced = mark.key() != null && key != null && !mark.key().equals(key);
      if (mark.length() >= 0 && (length < mark.length() || replaced)) {
        stretch.problem("the tool ledger was shortened or replaced during the call");
        from = 0;
      }
      if (length - from > MOST_BYTES) {
        stretch.problem("the tool ledger gained more than 1 MiB in one call");
      }
      String text = read(in, from, Math.min(length, from + MOST_BYTES));
      text.lines().filter(l -> !l.isBlank()).forEach(stretch::take);
      return stretch.out();
    } catch (IOException absent) {
      return null;
    }
  }

  private static String read(RandomAccessFile in, long from, long to) throws IOException {
    var bytes = new byte[(int) (to - from)];
    in.seek(from);
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** The lines of one stretch, checked in order. */
  private final class Stretch {
    private final List<String> out = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Instant earliest;
    private final Instant latest;
    private OptionalLong last;

    Stretch(Mark mark, Instant now) {
      Duration skew = Duration.ofMillis(Math.round(1000 * ledger.clockSkewSeconds()));
      this.earliest = mark.at().minus(skew);
      this.latest = now.plus(skew);
      this.last = mark.last();
    }

    void problem(String what) {
      if (!problems.contains(what)) {
        problems.add(what);
      }
      // A ledger that was begun anew counts from its own start.
      last = OptionalLong.empty();
    }

    void take(String line) {
      List<LedgerLines.Entry> entries = lines.entries(line);
      if (entries.isEmpty() && !lines.isRecord(line)) {
        problem("the tool ledger holds a line that is cut off or no JSON");
        return;
      }
      for (LedgerLines.Entry entry : entries) {
        out.add(entry.line());
        check(entry);
      }
    }

    private void check(LedgerLines.Entry entry) {
      OptionalLong number = entry.number();
      if (number.isPresent()) {
        if (last.isPresent() && number.getAsLong() != last.getAsLong() + 1) {
          problem(
              "the tool ledger has a gap: record %d follows record %d"
                  .formatted(number.getAsLong(), last.getAsLong()));
        }
        last = number;
      }
      Instant at = entry.at();
      if (at != null && (at.isBefore(earliest) || at.isAfter(latest))) {
        problem(
            "a record of the tool ledger is dated %s the call by more than %s s: its clock runs"
                    .formatted(
                        at.isBefore(earliest) ? "before" : "after",
                        Double.toString(ledger.clockSkewSeconds()))
                + " apart, or the record belongs to another call");
      }
    }

    List<String> out() {
      problems.forEach(p -> out.add(ToolCalls.problemLine(p)));
      return List.copyOf(out);
    }
  }
}
