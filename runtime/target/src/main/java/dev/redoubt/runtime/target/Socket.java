package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a WebSocket. What came and was not read yet is bounded: a target that says more
 * loses its socket.
 */
final class Socket implements WebSocket.Listener {
  private final URI address;
  private final int mostCharacters;
  private long taken;
  private final LinkedBlockingQueue<Object> messages = new LinkedBlockingQueue<>();
  private final StringBuilder message = new StringBuilder();
  private final AtomicLong waiting = new AtomicLong();
  private volatile @Nullable WebSocket socket;

  /** Stands in the queue where the socket has ended. */
  private record End(ChatException why) {}

  Socket(URI address, int mostCharacters) {
    this.address = address;
    this.mostCharacters = mostCharacters;
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    // Even empty messages take room.
    if (waiting.addAndGet(data.length() + 16L) > mostCharacters) {
      end(Kind.TOO_LARGE, "more than " + mostCharacters + " characters: given up", null);
      from.abort();
      return null;
    }
    if (last) {
      messages.add(message.toString());
      message.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    end(Kind.BAD_REPLY, "a binary message instead of text", null);
    from.abort();
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    end(
        Kind.RESET,
        "the target closed the socket ("
            + status
            + (reason.isEmpty() ? ")" : ": " + BoundedHttp.oneLine(reason) + ")"),
        null);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    boolean garbled = false;
    for (Throwable e = error; e != null; e = e.getCause()) {
      garbled |= e instanceof CharacterCodingException;
    }
    if (garbled) {
      end(Kind.BAD_REPLY, "the message is no UTF-8", error);
    } else if (error instanceof ProtocolException) {
      end(Kind.BAD_REPLY, "does not keep to the WebSocket protocol", error);
    } else {
      end(Kind.RESET, "the socket broke (" + BoundedHttp.oneLine(error.toString()) + ")", error);
    }
  }

  private void end(Kind kind, String what, @Nullable Throwable cause) {
    var line = BoundedHttp.place(address) + ": " + what;
    messages.add(
        new End(
            cause == null ? new ChatException(kind, line) : new ChatException(kind, line, cause)));
  }

  /** Begins a turn: throws away what came unasked. */
  void forget() {
    taken = 0;
    for (Object next = messages.peek(); next instanceof String text; next = messages.peek()) {
      messages.poll();
      waiting.addAndGet(-text.length() - 16L);
    }
  }

  void send(String text, long deadline) throws InterruptedException {
    var there = socket;
    if (there == null) {
      throw new ChatException(Kind.CLOSED, BoundedHttp.place(address) + ": no socket");
    }
    CompletableFuture<WebSocket> sending = there.sendText(text, true);
    try {
      sending.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new ChatException(
          Kind.TIMEOUT, BoundedHttp.place(address) + ": takes no message (time-out)", e);
    } catch (ExecutionException e) {
      // Why it ended says more than that nothing can be sent.
      if (messages.peek() instanceof End end) {
        throw end.why();
      }
      throw new ChatException(
          Kind.RESET, BoundedHttp.place(address) + ": the socket broke when it was written to", e);
    }
  }

  /** The next message. */
  String next(long deadline) throws InterruptedException {
    var next = messages.poll(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    return switch (next) {
      case null ->
          throw new ChatException(
              Kind.TIMEOUT, BoundedHttp.place(address) + ": no whole answer in time (time-out)");
      case End end -> throw end.why();
      default -> {
        var text = (String) next;
        waiting.addAndGet(-text.length() - 16L);
        taken += text.length() + 16L;
        if (taken > mostCharacters) {
          throw new ChatException(
              Kind.TOO_LARGE,
              BoundedHttp.place(address)
                  + ": more than "
                  + mostCharacters
                  + " characters: given up");
        }
        yield text;
      }
    };
  }

  void abort() {
    var there = socket;
    if (there != null) {
      there.abort();
    }
  }

  /** Says good-bye, and hangs up whether or not that is heard. */
  void farewell() {
    var there = socket;
    if (there != null && !there.isOutputClosed()) {
      var _ =
          there
              .sendClose(WebSocket.NORMAL_CLOSURE, "")
              .orTimeout(1, TimeUnit.SECONDS)
              .whenComplete((_, _) -> there.abort());
    }
  }
}
