import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/** The HTTP side: small bodies, JSON answers, no error text that tells an attacker more than he knew. */
final class Web {
  private static final int LARGEST = 256 * 1024;

  private final HttpServer server;

  /** Listens on loopback only: what is reached from outside is the guard. */
  Web(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
  }

  /** What a request came with. */
  record Call(HttpExchange exchange, String body) {
    Map<?, ?> json() {
      return Json.object(body);
    }

    /** The bearer token; empty where there is none. */
    String token() {
      String header = exchange.getRequestHeaders().getFirst("Authorization");
      return header != null && header.startsWith("Bearer ") ? header.substring(7).strip() : "";
    }
  }

  /** An answer: a status, and a text that is JSON or a stream of events. */
  record Reply(int status, String type, String text) {
    static Reply json(Object value) {
      return new Reply(200, "application/json", Json.write(value));
    }

    static Reply events(String text) {
      return new Reply(200, "text/event-stream", text);
    }

    static Reply refused(int status, String why) {
      return new Reply(
          status, "application/json", Json.write(Map.of("error", Map.of("message", why))));
    }
  }

  /** Carries out a call. */
  interface Handler {
    Reply handle(Call call) throws Exception;
  }

  Web on(String method, String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            // The JDK's server matches prefixes: /login must not answer for /login/../admin.
            boolean exact = exchange.getRequestURI().getPath().equals(path);
            send(
                exchange,
                !exact
                    ? Reply.refused(404, "there is nothing here")
                    : !exchange.getRequestMethod().equals(method)
                        ? Reply.refused(405, "use " + method)
                        : answer(exchange, handler));
          }
        });
    return this;
  }

  int start() {
    server.start();
    return server.getAddress().getPort();
  }

  private static Reply answer(HttpExchange exchange, Handler handler) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      return Reply.refused(413, "that is too long");
    }
    try {
      return handler.handle(new Call(exchange, new String(body, StandardCharsets.UTF_8)));
    } catch (Json.Malformed e) {
      return Reply.refused(400, e.getMessage());
    } catch (Exception e) {
      // The message may hold a credential or a path: it goes to the log's reader, not to the caller.
      System.err.println("request failed: " + e);
      return Reply.refused(502, "something went wrong; try again");
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.text().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type() + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
