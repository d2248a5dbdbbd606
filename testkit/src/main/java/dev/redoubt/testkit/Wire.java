package dev.redoubt.testkit;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The way back to a client: well-formed replies, and means to break them. */
final class Wire {
  private final Socket socket;
  private final OutputStream out;
  private boolean reusable = true;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.out = new BufferedOutputStream(socket.getOutputStream(), 16 << 10);
  }

  boolean reusable() {
    return reusable;
  }

  void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  void flush() throws IOException {
    out.flush();
  }

  void send(int status, String contentType, Map<String, String> headers, String body)
      throws IOException {
    sendShort(status, contentType, headers, body, 0);
  }

  /** Sends a body that lacks bytes of what its length announces; with 0, an honest one. */
  void sendShort(
      int status, String contentType, Map<String, String> headers, String body, int missing)
      throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var head = head(status, contentType, headers);
    head.append("Content-Length: ").append(bytes.length + missing).append("\r\n\r\n");
    write(head.toString());
    out.write(bytes);
    out.flush();
    if (missing > 0) {
      hangUp();
    }
  }

  void startChunked(int status, String contentType) throws IOException {
    write(
        head(status, contentType, Map.of())
            .append("Transfer-Encoding: chunked\r\n\r\n")
            .toString());
  }

  void chunk(String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    write(Integer.toHexString(bytes.length) + "\r\n");
    out.write(bytes);
    write("\r\n");
    out.flush();
  }

  void endChunked() throws IOException {
    write("0\r\n\r\n");
    out.flush();
  }

  /** Waits until the client goes away; whatever it still sends is thrown away. */
  void awaitHangUp() throws IOException {
    out.flush();
    reusable = false;
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Closes with a TCP reset instead of an orderly end. */
  void reset() throws IOException {
    out.flush();
    reusable = false;
    socket.setSoLinger(true, 0);
    socket.close();
  }

  private void hangUp() throws IOException {
    reusable = false;
    socket.shutdownOutput();
  }

  private static StringBuilder head(int status, String contentType, Map<String, String> headers) {
    var head =
        new StringBuilder(160)
            .append("HTTP/1.1 ")
            .append(status)
            .append(status < 400 ? " OK" : " Error")
            .append("\r\nContent-Type: ")
            .append(contentType)
            .append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head;
  }
}
