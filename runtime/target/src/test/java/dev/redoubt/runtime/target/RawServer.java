package dev.redoubt.runtime.target;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server by hand on loopback, so that it can lie in every way: bytes in, bytes out. */
final class RawServer implements AutoCloseable {
  /** Answers a request with whatever bytes it likes. */
  interface Handler {
    void handle(Request request, OutputStream out) throws Exception;
  }

  /** A request as it came: the head as text, and the body. */
  record Request(int number, String head, String body) {
    boolean has(String text) {
      return head.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    String path() {
      return head.split(" ", 3)[1];
    }
  }

  private final ServerSocket listener;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean closed;

  RawServer(Handler handler) {
    this.handler = handler;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** A server that gives each request the same answer. */
  static RawServer of(String answer) {
    return new RawServer((_, out) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
  }

  /** A well-formed answer of JSON. */
  static String json(String body) {
    return json(body, "");
  }

  static String json(String body, String headers) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        + headers
        + "Content-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /** The head of a stream that ends with its connection. */
  static String head(String type) {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n\r\n";
  }

  static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  List<Request> requests() {
    return requests;
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream());
      while (!closed) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        var length =
            head.lines()
                .filter(l -> l.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(l -> Integer.parseInt(l.substring(15).strip()))
                .findFirst()
                .orElse(0);
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        Request request;
        synchronized (requests) {
          request = new Request(requests.size(), head, body);
          requests.add(request);
        }
        handler.handle(request, socket.getOutputStream());
        socket.getOutputStream().flush();
        if (request.has("transfer-encoding") || !repeatable()) {
          return;
        }
      }
    } catch (Exception e) {
      // The client hung up, as it should on a liar.
    } finally {
      open.remove(socket);
    }
  }

  private volatile boolean keepAlive = true;

  private boolean repeatable() {
    return keepAlive;
  }

  /** Closes each connection after its answer. */
  RawServer closing() {
    keepAlive = false;
    return this;
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
