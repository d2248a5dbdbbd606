package dev.redoubt.guard.gateway;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, with the means to notice its end while nobody reads: a thread of its own
 * waits for what comes next, and whatever that is goes to whoever reads then. Nothing is lost and
 * no time-out is involved. (Helidon's own watch ends a connection after a tenth of a second where
 * the socket has no read time-out, and its sockets have none.)
 */
final class ReadAhead implements Supplier<byte @Nullable []> {
  private static final byte[] END = {};
  private final DataReader in;
  private @Nullable FutureTask<byte[]> ahead;

  ReadAhead(DataReader in) {
    this.in = in;
  }

  /** Says whether the client's side is still open; the first call starts to wait for its end. */
  synchronized boolean connected() {
    var task = ahead;
    if (task == null) {
      task = new FutureTask<>(this::read);
      ahead = task;
      Thread.ofVirtual().name("gateway-read-ahead").start(task);
    }
    return switch (task.state()) {
      case RUNNING -> true;
      case SUCCESS -> task.resultNow().length > 0;
      case FAILED, CANCELLED -> false;
    };
  }

  /** The next bytes; null at the end. */
  @Override
  public byte @Nullable [] get() {
    var bytes = next();
    return bytes.length == 0 ? null : bytes;
  }

  private byte[] next() {
    FutureTask<byte[]> task;
    synchronized (this) {
      task = ahead;
      ahead = null;
    }
    if (task == null) {
      return read();
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException broken) {
        throw broken;
      }
      return END;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new ClosedByInterruptException());
    }
  }

  private byte[] read() {
    try {
      in.ensureAvailable();
      return in.readBytes(in.available());
    } catch (InsufficientDataAvailableException end) {
      return END;
    }
  }
}
