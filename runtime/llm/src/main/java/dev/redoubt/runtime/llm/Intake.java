package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a reply, as a stream that knows when to stop: the JDK's time-out ends with the
 * headers, but an endpoint may drip bytes for ever.
 */
final class Intake implements BodySubscriber<Intake> {
  private static final byte[] END = new byte[0];
  private static final long FAREWELL_MILLIS = 200;

  private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
  private final CompletableFuture<Intake> body = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;
  private boolean ended;

  @Override
  public CompletionStage<Intake> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(1);
    body.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    int size = buffers.stream().mapToInt(ByteBuffer::remaining).sum();
    if (size == 0) {
      more();
      return;
    }
    var bytes = new byte[size];
    int at = 0;
    for (var buffer : buffers) {
      int length = buffer.remaining();
      buffer.get(bytes, at, length);
      at += length;
    }
    queue.add(bytes);
  }

  @Override
  public void onError(Throwable failure) {
    queue.add(failure);
  }

  @Override
  public void onComplete() {
    queue.add(END);
  }

  private void more() {
    if (subscription != null) {
      subscription.request(1);
    }
  }

  /** Gives the rest of the body up; an HTTP/1.1 connection is closed by that. */
  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /**
   * Reads nothing more. Where the body ends at once, the connection can be used again; where it
   * doesn't, it is closed: some never end what they have finished, and what they still send belongs
   * to nobody.
   */
  void finish() throws InterruptedIOException {
    try {
      if (ended
          || (queue.poll(FAREWELL_MILLIS, TimeUnit.MILLISECONDS) instanceof byte[] rest
              && rest.length == 0)) {
        return;
      }
      cancel();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /**
   * The body.
   *
   * @param deadline of the whole reply, by {@link System#nanoTime}
   * @param idleNanos longest wait for the next bytes
   * @param maxBytes most bytes
   */
  InputStream in(long deadline, long idleNanos, long maxBytes) {
    return new Body(deadline, idleNanos, maxBytes);
  }

  private final class Body extends InputStream {
    private final long deadline;
    private final long idleNanos;
    private final long maxBytes;
    private long taken;
    private byte[] current = END;
    private int at;

    Body(long deadline, long idleNanos, long maxBytes) {
      this.deadline = deadline;
      this.idleNanos = idleNanos;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      return fill() ? current[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, current.length - at);
      System.arraycopy(current, at, target, offset, count);
      at += count;
      return count;
    }

    private boolean fill() throws IOException {
      if (at < current.length) {
        return true;
      }
      if (ended) {
        return false;
      }
      var next = poll();
      if (next instanceof Throwable failure) {
        throw new IOException(failure.getMessage(), failure);
      }
      current = (byte[]) next;
      at = 0;
      if (current.length == 0) {
        ended = true;
        return false;
      }
      taken += current.length;
      if (taken > maxBytes) {
        throw new ChatException(
            Kind.TOO_LARGE, "the reply is larger than " + maxBytes + " bytes: given up");
      }
      more();
      return true;
    }

    private Object poll() throws IOException {
      long left = deadline - System.nanoTime();
      try {
        var next = queue.poll(Math.min(left, idleNanos), TimeUnit.NANOSECONDS);
        if (next == null) {
          throw new ChatException(
              Kind.TIMEOUT,
              left <= idleNanos
                  ? "the reply did not end in time: given up"
                  : "nothing more came for " + TimeUnit.NANOSECONDS.toSeconds(idleNanos) + " s");
        }
        return next;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
