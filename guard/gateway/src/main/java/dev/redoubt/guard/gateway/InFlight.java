package dev.redoubt.guard.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches the exchanges that take long: when the client went away the upstream is cancelled, so
 * that no model talks for nobody, and when the upstream falls silent the client is told. A thread
 * of its own does it, which leaves the way of a short exchange without a single timer.
 */
final class InFlight implements AutoCloseable {
  private static final Duration BEAT = Duration.ofMillis(250);

  /** An exchange that ends sooner is never looked at. */
  private static final long PATIENCE_NANOS = Duration.ofMillis(750).toNanos();

  private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
  private final long silenceNanos;
  private final Thread watch;

  InFlight(Duration silence) {
    this.silenceNanos = silence.toNanos();
    this.watch = Thread.ofVirtual().name("gateway-watch").start(this::beat);
  }

  /** Says whether the client of an exchange still listens; may be slow to notice. */
  @FunctionalInterface
  interface Client {
    /** Called again and again while an exchange takes long. */
    boolean connected();
  }

  /** Why an exchange was cut short. */
  enum Cut {
    /** Nobody waits for the reply. */
    CLIENT_GONE,
    /** The upstream sent nothing for too long. */
    SILENT
  }

  Entry begin(Client client) {
    var entry = new Entry(client);
    entries.add(entry);
    return entry;
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        long now = System.nanoTime();
        entries.forEach(entry -> entry.look(now));
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }

  /** An exchange under watch, from its first byte to the upstream until it is closed. */
  final class Entry implements AutoCloseable {
    private final Client client;
    private final long began = System.nanoTime();
    private volatile long lastByte = began;
    private volatile @Nullable Cut cut;
    private @Nullable Closeable connection;
    private boolean closed;

    private Entry(Client client) {
      this.client = client;
    }

    /** Names the connection that is closed when the exchange is to be cut. */
    synchronized void uses(Closeable upstream) {
      connection = upstream;
      lastByte = System.nanoTime();
    }

    /** Notes that the upstream sent something. */
    void progress() {
      lastByte = System.nanoTime();
    }

    /** Why it was cut; absent when it was not. */
    @Nullable Cut cut() {
      return cut;
    }

    // The lock keeps the look at the client's socket away from the server's next read of it.
    private synchronized void look(long now) {
      if (closed || cut != null || now - began < PATIENCE_NANOS) {
        return;
      }
      if (!client.connected()) {
        cut = Cut.CLIENT_GONE;
      } else if (now - lastByte > silenceNanos) {
        cut = Cut.SILENT;
      }
      if (cut != null && connection != null) {
        try {
          connection.close();
        } catch (IOException alreadyBroken) {
          // The reader gets its exception either way.
          return;
        }
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      entries.remove(this);
    }
  }
}
