package dev.redoubt.guard.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes server-sent events to a client; status and headers go out with the first of them. */
final class SseWriter implements AutoCloseable {
  private final Upstream.Reply answer;
  private final ClientReply reply;
  private @Nullable OutputStream out;

  SseWriter(Upstream.Reply answer, ClientReply reply) {
    this.answer = answer;
    this.reply = reply;
  }

  /** Tells of a refusal: in a header when there is still time, else in a comment of the stream. */
  void refused(Refusal refusal) throws IOException {
    if (out == null) {
      answer.headers().set(Refusal.HEADER, refusal.header());
    } else {
      write(": " + Refusal.HEADER + ": " + refusal.header() + "\n\n");
    }
  }

  void event(JsonNode json) throws IOException {
    write("data: " + Json.text(json) + "\n\n");
  }

  void done() throws IOException {
    write("data: [DONE]\n\n");
  }

  private void write(String text) throws IOException {
    if (out == null) {
      out = reply.stream(answer.status(), answer.headers());
    }
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
