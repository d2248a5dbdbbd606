package dev.redoubt.samples.acme;

import dev.redoubt.runtime.llm.ChatDelta;
import dev.redoubt.runtime.llm.OpenAiJson;
import dev.redoubt.runtime.llm.ReplyHead;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one streamed reply; begins with the first text, so that an error before it
 * still gets a status. Fails with {@link UncheckedIOException} when the client is gone.
 */
final class EventStream implements AutoCloseable {
  private static final Header EVENTS =
      HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
  private static final long SIGN_OF_LIFE_NANOS = 1_000_000_000L;

  private final ReplyHead head;
  private final ServerResponse response;
  private @Nullable OutputStream out;
  private boolean started;
  private long lastWrite = System.nanoTime();

  EventStream(ReplyHead head, ServerResponse response) {
    this.head = head;
    this.response = response;
  }

  boolean begun() {
    return out != null;
  }

  void text(String text) {
    if (!text.isEmpty()) {
      delta(ChatDelta.ofText(text));
    } else if (System.nanoTime() - lastWrite > SIGN_OF_LIFE_NANOS) {
      // A comment, which clients skip: it fails when the client is gone.
      write(": waiting\n\n");
    }
  }

  void delta(ChatDelta delta) {
    if (!started) {
      started = true;
      data(OpenAiJson.writeChunk(head, ChatDelta.start()));
    }
    data(OpenAiJson.writeChunk(head, delta));
  }

  void data(String data) {
    write("data: " + data + "\n\n");
  }

  void error(String message) {
    data(new String(OpenAiJson.writeError(message, "server_error"), StandardCharsets.UTF_8));
  }

  private void write(String text) {
    try {
      OutputStream stream = out;
      if (stream == null) {
        stream = response.status(Status.OK_200).header(EVENTS).outputStream();
        out = stream;
      }
      stream.write(text.getBytes(StandardCharsets.UTF_8));
      stream.flush();
      lastWrite = System.nanoTime();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
