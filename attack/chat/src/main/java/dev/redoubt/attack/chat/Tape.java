package dev.redoubt.attack.chat;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run's record: JSON lines, only ever appended to, by one process at a time.
 *
 * <p>A record is handed to the operating system in one write before {@link #append} returns, so
 * that a killed process loses nothing that was appended. It is forced to the disk at most a second
 * later (with the next record) and when the tape is closed, so that a power cut loses at most the
 * last second. A line that was cut by either is taken off before the tape goes on.
 */
final class Tape implements AutoCloseable {
  private static final long FORCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Slot NOWHERE = new Slot(0, 0);

  private final Path file;
  // Not a channel: an interrupt, which ends a run early, would close that in the middle.
  private final @Nullable RandomAccessFile out;
  private final @Nullable RandomAccessFile locked;
  private final @Nullable FileLock lock;
  private final ReentrantLock turn = new ReentrantLock();
  private long forced = System.nanoTime();
  private long end;
  private boolean closed;

  private Tape(
      Path file,
      @Nullable RandomAccessFile out,
      @Nullable RandomAccessFile locked,
      @Nullable FileLock lock,
      long end) {
    this.file = file;
    this.out = out;
    this.locked = locked;
    this.lock = lock;
    this.end = end;
  }

  /**
   * Opens a tape to append to it; makes it when it is not there.
   *
   * @param begun the time now, for a new tape
   * @throws UsageException when another run has it open
   */
  static Tape open(Path file, Instant begun) {
    try {
      // A file of its own: the lock of a process on a file is gone as soon as it closes any of its
      // handles of that file, and the tape is also read.
      var locked = new RandomAccessFile(file + ".lock", "rw");
      FileLock lock = lock(locked);
      if (lock == null) {
        locked.close();
        throw new UsageException(
            file + ": another run writes to this tape; wait for it, or start a run of its own");
      }
      var out = new RandomAccessFile(file.toFile(), "rw");
      cutUnfinishedLine(out);
      out.seek(out.length());
      var tape = new Tape(file, out, locked, lock, out.length());
      if (tape.end == 0) {
        tape.append(TapeRecords.tape(begun));
      }
      return tape;
    } catch (IOException e) {
      throw broken(file, e);
    }
  }

  /** A tape that is only read: what is appended goes nowhere. */
  static Tape readOnly(Path file) {
    return new Tape(file, null, null, null, 0);
  }

  private static @Nullable FileLock lock(RandomAccessFile out) throws IOException {
    try {
      return out.getChannel().tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      return null;
    }
  }

  private static void cutUnfinishedLine(RandomAccessFile out) throws IOException {
    var block = new byte[8192];
    long end = out.length();
    while (end > 0) {
      long from = Math.max(0, end - block.length);
      out.seek(from);
      out.readFully(block, 0, (int) (end - from));
      for (int i = (int) (end - from) - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          out.setLength(from + i + 1);
          return;
        }
      }
      end = from;
    }
    out.setLength(0);
  }

  /**
   * Appends a record.
   *
   * @return where it stands
   * @throws TargetUnreachableException when it can't be written, a full disk for example
   */
  Slot append(ObjectNode record) {
    RandomAccessFile to = out;
    if (to == null) {
      return NOWHERE;
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(record);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    turn.lock();
    try {
      long offset = end;
      to.write(line);
      end += line.length;
      if (System.nanoTime() - forced > FORCE_NANOS) {
        to.getFD().sync();
        forced = System.nanoTime();
      }
      return new Slot(offset, json.length);
    } catch (IOException e) {
      throw broken(file, e);
    } finally {
      turn.unlock();
    }
  }

  /** Reads what was appended. */
  TapeReader reader() {
    return new TapeReader(file);
  }

  private static TargetUnreachableException broken(Path file, IOException e) {
    return new TargetUnreachableException(
        file
            + ": can't be written or read ("
            + e.getMessage()
            + "); free space or mend permissions, then resume the run",
        e);
  }

  @Override
  public void close() {
    turn.lock();
    try {
      if (!closed && out != null && lock != null && locked != null) {
        closed = true;
        out.getFD().sync();
        out.close();
        lock.release();
        locked.close();
      }
    } catch (IOException e) {
      throw broken(file, e);
    } finally {
      turn.unlock();
    }
  }
}
