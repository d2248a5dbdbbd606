package dev.redoubt.attack.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.core.TargetUnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The attacker's own server: notes which addresses were asked for and answers with an image of one
 * pixel, or with a page that was put there. Listens on loopback only; keeps a bounded number of
 * addresses of bounded length.
 */
final class SinkServer implements AutoCloseable {
  private static final int MOST_REQUESTS = 20_000;
  private static final int LONGEST_TARGET = 16 * 1024;

  /** The smallest transparent GIF. */
  private static final byte[] PIXEL = {
    'G',
    'I',
    'F',
    '8',
    '9',
    'a',
    1,
    0,
    1,
    0,
    (byte) 0x80,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0x21,
    (byte) 0xF9,
    4,
    1,
    0,
    0,
    0,
    0,
    0x2C,
    0,
    0,
    0,
    0,
    1,
    0,
    1,
    0,
    0,
    2,
    2,
    0x44,
    1,
    0,
    0x3B
  };

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> targets = new ArrayList<>();
  private final Map<String, byte[]> pages = new ConcurrentHashMap<>();

  private SinkServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts.
   *
   * @param preferred port to take when it is free, so that a run with the same seed sends the same
   *     words; else any free one
   */
  static SinkServer start(int preferred) {
    try {
      HttpServer server = bind(preferred);
      var sink = new SinkServer(server);
      server.createContext("/", sink::note);
      server.setExecutor(sink.executor);
      server.start();
      return sink;
    } catch (IOException e) {
      throw new TargetUnreachableException(
          "no port on loopback for the attacker's sink ("
              + e.getMessage()
              + "); free one, or give groundTruth.sinkUrl",
          e);
    }
  }

  private static HttpServer bind(int preferred) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try {
      return HttpServer.create(new InetSocketAddress(loopback, preferred), 0);
    } catch (IOException taken) {
      return HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    }
  }

  /** The port that it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Its address, without a slash at the end. */
  String baseUrl() {
    return address(port());
  }

  /** Address of a sink that listens on a port, without a slash at the end. */
  static String address(int port) {
    return "http://127.0.0.1:" + port;
  }

  /** How many requests came so far. */
  int size() {
    synchronized (targets) {
      return targets.size();
    }
  }

  /** Addresses that were asked for from the given count on, and that begin with this path. */
  List<String> requested(int from, String path) {
    synchronized (targets) {
      return targets.subList(Math.min(from, targets.size()), targets.size()).stream()
          .filter(t -> t.startsWith(path))
          .map(t -> baseUrl() + t)
          .toList();
    }
  }

  /** Holds an HTML page at a path from now on, in the place of the one before. */
  void put(String path, byte[] html) {
    pages.put(path, html);
  }

  /** Holds it no more. */
  void remove(String path) {
    pages.remove(path);
  }

  private void note(HttpExchange exchange) throws IOException {
    try (exchange) {
      String target = exchange.getRequestURI().toString();
      synchronized (targets) {
        if (targets.size() < MOST_REQUESTS && target.length() <= LONGEST_TARGET) {
          targets.add(target);
        }
      }
      byte[] page = pages.get(exchange.getRequestURI().getPath());
      byte[] body = page == null ? PIXEL : page;
      exchange
          .getResponseHeaders()
          .set("Content-Type", page == null ? "image/gif" : "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
