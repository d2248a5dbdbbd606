package dev.redoubt.guard.gateway;

import dev.redoubt.core.TargetUnreachableException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;

/** The HTTP server: Helidon, a virtual thread a connection, behind the gateway's own types. */
final class GatewayServer implements AutoCloseable {
  /** Answers one request. */
  @FunctionalInterface
  interface Handler {
    /** Sends exactly one reply; an exception closes the connection. */
    void handle(ClientRequest request, ClientReply reply) throws IOException;
  }

  private static final ScopedValue<HelidonSocket> SOCKET = ScopedValue.newInstance();
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
            // Helidon notices that a client went away on plain sockets only.
            .useNio(false)
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
    byte[] body = request.content().hasEntity() ? request.content().as(byte[].class) : new byte[0];
    var received =
        new ClientRequest(
            prologue.method().text(),
            prologue.uriPath().rawPath(),
            query.isEmpty() ? null : query,
            headers,
            body);
    try {
      handler.handle(received, new Reply(response, SOCKET.get()));
    } catch (IOException brokenOff) {
      throw new CloseConnectionException("the reply broke off", brokenOff);
    }
  }

  /** What the server itself refuses (too long, malformed) is said as OpenAI clients read it. */
  private static void jsonErrors(DirectHandlers.Builder handlers) {
    for (var event : DirectHandler.EventType.values()) {
      handlers.addHandler(
          event,
          (request, type, status, headers, message) -> {
            int code = status.code();
            var text =
                code == 413
                    ? "the request is longer than this gateway takes"
                    : code >= 500 ? "the gateway failed; nothing was passed on" : message;
            return DirectHandler.TransportResponse.builder()
                .status(status)
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
    private final HelidonSocket socket;
    private boolean started;

    Reply(ServerResponse response, HelidonSocket socket) {
      this.response = response;
      this.socket = socket;
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
      // Starts to listen for the end of the client's side, at the first call of a long exchange.
      socket.idle();
      return socket.isConnected();
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

  /** Lets handlers know the socket that they serve, which Helidon keeps to itself. */
  private record KnownSocket(ServerConnectionSelector http) implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
      return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
      return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
      return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
      return new KnownConnection(http.connection(context), context.serverSocket());
    }
  }

  private record KnownConnection(ServerConnection http, HelidonSocket socket)
      implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      ScopedValue.where(SOCKET, socket)
          .call(() -> {
            http.handle(limit);
            return true;
          });
    }

    @Override
    public Duration idleTime() {
      return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      http.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
      return http instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }
}
