package dev.redoubt.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A model server that gives the same reply to everything, as cheaply as Java can. */
final class FixedUpstream implements AutoCloseable {
  private static final String BODY =
      """
      {"id":"chatcmpl-1","object":"chat.completion","created":1760000000,"model":"bench",\
      "choices":[{"index":0,"message":{"role":"assistant","content":"Your order 4711 left our \
      warehouse on Monday and should reach you on Wednesday. You can follow it under the link in \
      the mail that we sent you."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":120,"completion_tokens":34,"total_tokens":154}}\
      """;
  private static final byte[] REPLY =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY)
          .getBytes(StandardCharsets.ISO_8859_1);

  private final ServerSocket listener;

  FixedUpstream() throws IOException {
    listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("upstream").start(this::accept);
  }

  URI baseUrl() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var peer = new HttpPeer(socket);
      var out = socket.getOutputStream();
      while (peer.read() >= 0) {
        out.write(REPLY);
      }
    } catch (IOException clientGone) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
