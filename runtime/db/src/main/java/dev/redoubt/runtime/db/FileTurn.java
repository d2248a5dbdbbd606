package dev.redoubt.runtime.db;

import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A turn at a file that one process at a time may use. The lock is the operating system's, so that
 * a process that was killed holds nobody up.
 */
final class FileTurn {
  /** The system's lock knows processes only; threads of this one take turns here. */
  private static final Map<Path, ReentrantLock> IN_THIS_PROCESS = new ConcurrentHashMap<>();

  private static final long POLL_MILLIS = 20;

  private final ReentrantLock threads;
  private final FileChannel channel;

  private FileTurn(ReentrantLock threads, FileChannel channel) {
    this.threads = threads;
    this.channel = channel;
  }

  /**
   * Waits for a turn.
   *
   * @throws TargetUnreachableException when it is not given in time
   */
  static FileTurn take(Path lockFile, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    ReentrantLock threads =
        IN_THIS_PROCESS.computeIfAbsent(
            lockFile.toAbsolutePath().normalize(), p -> new ReentrantLock());
    FileChannel channel = null;
    boolean taken = false;
    boolean mine = false;
    try {
      mine = threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (mine) {
        channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        while (!taken) {
          taken = isLocked(channel);
          if (!taken && System.nanoTime() - deadline >= 0) {
            break;
          }
          if (!taken) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
          }
        }
      }
      if (!taken || channel == null) {
        throw busy(lockFile, patience);
      }
      return new FileTurn(threads, channel);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TargetUnreachableException(
          lockFile + ": interrupted while waiting for another run; run it again", e);
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        if (mine) {
          threads.unlock();
        }
      }
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another class loader of this process holds it: wait as for a process.
      return false;
    }
  }

  private static TargetUnreachableException busy(Path lockFile, Duration patience) {
    return new TargetUnreachableException(
        lockFile
            + ": another run has used the database for more than "
            + patience.toSeconds()
            + " s; wait for it to end, then run this again");
  }

  /** Ends the turn. */
  void end() throws IOException {
    try {
      channel.close();
    } finally {
      threads.unlock();
    }
  }
}
