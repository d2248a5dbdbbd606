package dev.redoubt.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads messages of announced length from a connection, and nothing else, to cost little. */
final class HttpPeer {
  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private int filled;

  HttpPeer(Socket socket) throws IOException {
    this.in = socket.getInputStream();
  }

  /**
   * Reads one message.
   *
   * @return its status code; for a request 0; at the end of the connection -1
   */
  int read() throws IOException {
    int headEnd;
    int seen = 0;
    while ((headEnd = headEnd(seen)) < 0) {
      seen = Math.max(0, filled - 3);
      if (!fill()) {
        return -1;
      }
    }
    var head = new String(buffer, 0, headEnd, StandardCharsets.ISO_8859_1);
    int total = headEnd + contentLength(head);
    while (filled < total) {
      if (!fill()) {
        throw new EOFException("the message ended early");
      }
    }
    System.arraycopy(buffer, total, buffer, 0, filled - total);
    filled -= total;
    return head.startsWith("HTTP/") ? Integer.parseInt(head.substring(9, 12)) : 0;
  }

  private boolean fill() throws IOException {
    if (filled == buffer.length) {
      throw new IOException("a message of more than " + buffer.length + " bytes");
    }
    int n = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, n);
    return n > 0;
  }

  private int headEnd(int from) {
    for (int i = from; i + 3 < filled; i++) {
      if (buffer[i] == '\r'
          && buffer[i + 1] == '\n'
          && buffer[i + 2] == '\r'
          && buffer[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    var name = "\ncontent-length:";
    int at = head.toLowerCase(Locale.ROOT).indexOf(name);
    if (at < 0) {
      throw new IOException("a message without a length: " + head.lines().findFirst().orElse(""));
    }
    int end = head.indexOf('\r', at);
    return Integer.parseInt(head.substring(at + name.length(), end).strip());
  }
}
