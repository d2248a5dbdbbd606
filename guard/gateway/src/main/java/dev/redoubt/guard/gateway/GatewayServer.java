package dev.redoubt.guard.gateway;

import dev.redoubt.core.TargetUnreachableException;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.BadRequestException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;

/** The HTTP server: Helidon, a virtual thread a connection, behind the gateway's own types. */
final class GatewayServer implements AutoCloseable {
  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    /** Sends exactly one reply; an exception closes the connection. */
    void handle(ClientRequest request, ClientReply reply) throws IOException;
  }

  private final WebServer server;

  GatewayServer(String host, int port, int maxBody, Handler handler) {
    requireFree(host, port);
    var routing =
        HttpRouting.builder().any((request, response) -> handle(handler, request, response));
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .maxPayloadSize(maxBody)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofMillis(500))
            .connectionOptions(options -> options.tcpNoDelay(true))
            .protocolsDiscoverServices(false)
            .addConnectionSelector(
                new KnownSocket(
                    Http1ConnectionSelector.builder().config(Http1Config.create()).build()))
            .directHandlers(handlers -> jsonErrors(handlers))
            .routing(routing)
            .build();
    server.start();
    if (!server.isRunning()) {
      throw new TargetUnreachableException(
          "cannot listen on " + host + ":" + port + "; choose another port");
    }
  }

  /** Helidon logs that a port is taken, at length, and goes on; so it is tried before. */
  private static void requireFree(String host, int port) {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (IOException e) {
      throw new TargetUnreachableException(
          "cannot listen on "
              + host
              + ":"
              + port
              + ": "
              + (e instanceof UnknownHostException ? "no such host" : e.getMessage())
              + "; choose another port or host",
          e);
    }
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private static void handle(Handler handler, ServerRequest request, ServerResponse response) {
    var headers = new HeaderList();
    for (var header : request.headers()) {
      for (var value : header.allValues()) {
        headers.add(header.name(), value);
      }
    }
    var prologue = request.prologue();
    var query = prologue.query().rawValue();
    var answer = new Reply(response, KnownSocket.CLIENT.get());
    byte[] body = body(request);
    var received =
        new ClientRequest(
            prologue.method().text(),
            prologue.uriPath().rawPath(),
            query.isEmpty() ? null : query,
            headers,
            body);
    try {
      handler.handle(received, answer);
    } catch (IOException brokenOff) {
      throw new CloseConnectionException("the reply broke off", brokenOff);
    }
  }

  private static byte[] body(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try {
      return request.content().as(byte[].class);
    } catch (RequestException refused) {
      throw refused;
    } catch (RuntimeException broken) {
      // Malformed chunks and clients that hang up are the client's doing, and no failure here.
      throw new BadRequestException("the request's body is malformed or broke off", broken);
    }
  }

  /** What the server itself refuses (too long, malformed) is said as OpenAI clients read it. */
  private static void jsonErrors(DirectHandlers.Builder handlers) {
    for (var event : DirectHandler.EventType.values()) {
      handlers.addHandler(
          event,
          (request, type, status, headers, message) -> {
            boolean compressed = request.headers().contains(HeaderNames.CONTENT_ENCODING);
            int code = compressed && status.code() == 400 ? 415 : status.code();
            var text =
                switch (code) {
                  case 413 -> "the request is longer than this gateway takes";
                  case 414 -> "the request's path is longer than this gateway takes";
                  case 415 -> "a compressed request can't be checked; send it as it is";
                  case 501 -> "this transfer encoding is not known here; send it plain or chunked";
                  case 505 -> "this gateway speaks HTTP/1.1 only";
                  default ->
                      code >= 500
                          ? "the gateway failed; nothing was passed on"
                          : "the request is malformed"
                              + (message == null ? ": its head or framing" : ": " + message);
                };
            return DirectHandler.TransportResponse.builder()
                .status(code == status.code() ? status : Status.create(code))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .entity(ErrorBody.of(code, text))
                .keepAlive(false)
                .build();
          });
    }
  }

  /** A reply by Helidon. */
  private static final class Reply implements ClientReply {
    private final ServerResponse response;
    private final ReadAhead client;
    private boolean started;

    Reply(ServerResponse response, ReadAhead client) {
      this.response = response;
      this.client = client;
    }

    @Override
    public boolean started() {
      return started;
    }

    @Override
    public void send(int status, HeaderList headers, byte[] body) {
      start(status, headers);
      response.send(body);
    }

    @Override
    public OutputStream stream(int status, HeaderList headers) {
      start(status, headers);
      return new ToClient(response.outputStream());
    }

    private void start(int status, HeaderList headers) {
      started = true;
      response.status(Status.create(status));
      headers.forEachEndToEnd((name, value) -> response.header(name, value));
    }

    @Override
    public boolean connected() {
      return client.connected();
    }
  }

  /** Says that the client is gone in the words of this package. */
  private static final class ToClient extends OutputStream {
    private final OutputStream out;

    ToClient(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      attempt(out::flush);
    }

    @Override
    public void close() throws IOException {
      attempt(out::close);
    }

    private interface Step {
      void run() throws IOException;
    }

    private static void attempt(Step step) throws IOException {
      try {
        step.run();
      } catch (SocketException | UncheckedIOException | SocketWriterException gone) {
        throw new ClientGoneException(gone);
      }
    }
  }
}
