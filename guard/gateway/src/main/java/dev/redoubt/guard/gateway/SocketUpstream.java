package dev.redoubt.guard.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over kept connections, a blocking read each. By hand, since the gateway's budget is half
 * a millisecond, and since closing a socket is the one sure way to cancel a model that is talking.
 */
final class SocketUpstream implements Upstream {
  /** Servers drop idle connections after five seconds and more; an older one may be dead. */
  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final int MAX_IDLE = 256;
  private final String host;
  private final int port;
  private final boolean tls;
  private final String authority;
  private final GatewayLimits limits;
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SocketUpstream(URI base, GatewayLimits limits) {
    this.tls = "https".equalsIgnoreCase(base.getScheme());
    this.host = base.getHost();
    this.port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
    this.authority = base.getPort() >= 0 ? host + ":" + port : host;
    this.limits = limits;
  }

  @Override
  public Reply send(
      String method, String target, HeaderList headers, byte[] body, InFlight.Entry watch)
      throws IOException {
    byte[] message = message(method, target, headers, body);
    var kept = takeIdle();
    if (kept != null) {
      try {
        return kept.exchange(method, message, watch);
      } catch (EOFException | SocketException stale) {
        refuseWhenCut(watch, kept, stale);
        // The server closed a kept connection while the request was on its way. Nothing of a reply
        // came, so a fresh connection is tried once, as browsers do.
        if (!kept.input.untouched()) {
          kept.drop();
          throw new UpstreamException(502, "the upstream reset the connection", stale);
        }
        kept.drop();
      }
    }
    var fresh = connect();
    try {
      return fresh.exchange(method, message, watch);
    } catch (EOFException | SocketException gone) {
      refuseWhenCut(watch, fresh, gone);
      fresh.drop();
      throw new UpstreamException(502, "the upstream closed the connection without a reply", gone);
    }
  }

  /** A connection that the watch closed is not the upstream's doing, and not to be tried again. */
  private static void refuseWhenCut(InFlight.Entry watch, Connection connection, IOException cause)
      throws ClientGoneException {
    if (watch.cut() == InFlight.Cut.CLIENT_GONE) {
      connection.drop();
      throw new ClientGoneException(cause);
    }
  }

  private byte[] message(String method, String target, HeaderList headers, byte[] body) {
    var head = new StringBuilder(512).append(method).append(' ').append(target);
    head.append(" HTTP/1.1\r\nhost: ").append(authority).append("\r\n");
    headers.forEachEndToEnd(
        (name, value) -> head.append(name).append(": ").append(oneLine(value)).append("\r\n"));
    if (body.length > 0 || method.equals("POST") || method.equals("PUT")) {
      head.append("content-length: ").append(body.length).append("\r\n");
    }
    byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    var message = new byte[start.length + body.length];
    System.arraycopy(start, 0, message, 0, start.length);
    System.arraycopy(body, 0, message, start.length, body.length);
    return message;
  }

  /** A line break in a value would be a header, or a request, of the client's making. */
  private static String oneLine(String value) {
    return value.indexOf('\n') < 0 && value.indexOf('\r') < 0
        ? value
        : value.replace('\n', ' ').replace('\r', ' ');
  }

  private @Nullable Connection takeIdle() {
    for (var c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      if (System.nanoTime() - c.idleSince < MAX_IDLE_NANOS) {
        return c;
      }
      c.drop();
    }
    return null;
  }

  private Connection connect() throws UpstreamException {
    var plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(
          new InetSocketAddress(InetAddress.getByName(host), port),
          (int) limits.connect().toMillis());
      return new Connection(tls ? secured(plain) : plain);
    } catch (IOException e) {
      drop(plain);
      var why =
          switch (e) {
            case UnknownHostException unknown -> "its host is unknown";
            case SocketTimeoutException slow -> "it did not accept within " + limits.connect();
            default -> e.getMessage();
          };
      throw new UpstreamException(502, "the upstream could not be reached: " + why, e);
    }
  }

  private Socket secured(Socket plain) throws IOException {
    var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    var socket = (SSLSocket) factory.createSocket(plain, host, port, true);
    var parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  @Override
  public void close() {
    closed = true;
    for (var c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      c.drop();
    }
  }

  private static void drop(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      // Nothing is left to release: the socket is gone either way.
      return;
    }
  }

  /** A connection, in use by one request at a time. */
  private final class Connection {
    private final Socket socket;
    private final HttpInput input;
    private long idleSince;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.input = new HttpInput(socket.getInputStream());
    }

    Reply exchange(String method, byte[] message, InFlight.Entry watch) throws IOException {
      try {
        watch.uses(socket);
        socket.getOutputStream().write(message);
        var head = input.head(watch);
        return new SocketReply(this, head, input.body(head, method.equals("HEAD")));
      } catch (UpstreamException notHttp) {
        drop();
        throw notHttp;
      }
    }

    void release(boolean reusable) {
      if (!reusable || closed || idle.size() >= MAX_IDLE) {
        drop();
        return;
      }
      idleSince = System.nanoTime();
      idle.addFirst(this);
    }

    void drop() {
      SocketUpstream.drop(socket);
    }
  }

  private static final class SocketReply implements Reply {
    private final Connection connection;
    private final HttpInput.Head head;
    private final HttpInput.Body body;
    private boolean released;

    SocketReply(Connection connection, HttpInput.Head head, HttpInput.Body body) {
      this.connection = connection;
      this.head = head;
      this.body = body;
    }

    @Override
    public int status() {
      return head.status();
    }

    @Override
    public HeaderList headers() {
      return head.headers();
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public long announced() {
      return body.announced();
    }

    @Override
    public byte[] readAll(int atMost) throws IOException {
      long announced = body.announced();
      byte[] bytes =
          announced >= 0 && announced <= atMost
              ? body.readNBytes((int) announced)
              : body.readNBytes(atMost + 1);
      if (announced > atMost || bytes.length > atMost) {
        throw new UpstreamException(502, "the upstream's reply is longer than " + atMost);
      }
      return bytes;
    }

    @Override
    public void close() {
      if (released) {
        return;
      }
      released = true;
      var stay = head.headers().first("connection");
      boolean keeps =
          head.oldProtocol()
              ? "keep-alive".equalsIgnoreCase(stay)
              : !"close".equalsIgnoreCase(stay);
      connection.release(keeps && body.complete());
    }
  }
}
