package dev.redoubt.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 by hand on loopback: a virtual thread a connection, keep-alive, no limits of its own.
 */
final class LoopbackServer implements AutoCloseable {
  private static final int MAX_BODY = 64 << 20;

  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    /** Writes the reply; an exception closes the connection. */
    void handle(Incoming request, Wire wire) throws IOException, InterruptedException;
  }

  /** A request as it came. */
  record Incoming(String method, String target, Map<String, String> headers, String body) {}

  private final ServerSocket listener;
  private final Handler handler;
  private final Thread acceptor;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LoopbackServer(int port, Handler handler) {
    this.handler = handler;
    try {
      listener = new ServerSocket();
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback port " + port, e);
    }
    acceptor = Thread.ofVirtual().name("stub-accept").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      try {
        var socket = listener.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        Thread.ofVirtual().name("stub").start(() -> serve(socket));
      } catch (IOException e) {
        if (!closed) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new Input(socket.getInputStream());
      var wire = new Wire(socket);
      while (!closed && wire.reusable()) {
        var request = read(in, wire);
        if (request == null) {
          return;
        }
        handler.handle(request, wire);
        wire.flush();
        if ("close".equalsIgnoreCase(request.headers().get("connection"))) {
          return;
        }
      }
    } catch (SocketException gone) {
      // The client hung up, or the stub was closed: both are part of the game.
      return;
    } catch (IOException e) {
      if (!closed) {
        throw new UncheckedIOException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable Incoming read(Input in, Wire wire) throws IOException {
    var first = in.line();
    if (first == null) {
      return null;
    }
    int space = first.indexOf(' ');
    int last = first.lastIndexOf(' ');
    if (space < 0 || last <= space) {
      throw new IOException("not a request line: " + first);
    }
    var headers = new HashMap<String, String>();
    for (var line = in.line(); line != null && !line.isEmpty(); line = in.line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.merge(
            line.substring(0, colon).toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip(),
            (a, b) -> a + ", " + b);
      }
    }
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      wire.write("HTTP/1.1 100 Continue\r\n\r\n");
      wire.flush();
    }
    var body = new String(body(in, headers), StandardCharsets.UTF_8);
    return new Incoming(first.substring(0, space), first.substring(space + 1, last), headers, body);
  }

  private static byte[] body(Input in, Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("transfer-encoding", "").contains("chunked")) {
      return in.chunked(MAX_BODY);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    if (length > MAX_BODY) {
      throw new IOException("a body of " + length + " bytes is more than a test needs");
    }
    return in.exactly(length);
  }

  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
      // The port is free only when nobody waits at it any more.
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lines and counted bytes from a socket. */
  private static final class Input {
    private final InputStream in;
    private final byte[] buffer = new byte[16 << 10];
    private int position;
    private int limit;

    Input(InputStream in) {
      this.in = in;
    }

    private int next() throws IOException {
      if (position == limit) {
        position = 0;
        limit = in.read(buffer);
        if (limit <= 0) {
          limit = 0;
          return -1;
        }
      }
      return buffer[position++] & 0xff;
    }

    @Nullable String line() throws IOException {
      var line = new StringBuilder(64);
      for (int c = next(); c != '\n'; c = next()) {
        if (c < 0) {
          return null;
        }
        if (c != '\r') {
          line.append((char) c);
        }
      }
      return line.toString();
    }

    byte[] exactly(int length) throws IOException {
      var bytes = new byte[length];
      int done = Math.min(length, limit - position);
      System.arraycopy(buffer, position, bytes, 0, done);
      position += done;
      while (done < length) {
        int n = in.read(bytes, done, length - done);
        if (n < 0) {
          throw new SocketException("the client hung up inside a body");
        }
        done += n;
      }
      return bytes;
    }

    byte[] chunked(int max) throws IOException {
      var body = new ByteArrayOutputStream();
      while (true) {
        var size = line();
        if (size == null) {
          throw new SocketException("the client hung up inside a chunk");
        }
        int length = Integer.parseInt(size.split(";", 2)[0].strip(), 16);
        if (length == 0) {
          var trailer = line();
          while (trailer != null && !trailer.isEmpty()) {
            trailer = line();
          }
          return body.toByteArray();
        }
        if (body.size() + length > max) {
          throw new IOException("a body of more than " + max + " bytes");
        }
        body.writeBytes(exactly(length));
        line();
      }
    }
  }
}
