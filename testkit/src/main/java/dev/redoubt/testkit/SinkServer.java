package dev.redoubt.testkit;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A server that writes down who calls it, as an attacker's sink does; it answers 200 to everything,
 * with a small image. Safe for use by many threads.
 */
public final class SinkServer implements AutoCloseable {
  private static final String IMAGE =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";
  private final Queue<StubRequest> hits = new ConcurrentLinkedQueue<>();
  private final Counter count = new Counter();
  private final LoopbackServer server;

  private SinkServer() {
    this.server = new LoopbackServer(0, this::handle);
  }

  /** Starts one on a free loopback port. */
  public static SinkServer start() {
    return new SinkServer();
  }

  /** Returns its address, {@code http://127.0.0.1:PORT}. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns the requests so far, in order of arrival. */
  public List<StubRequest> hits() {
    return List.copyOf(hits);
  }

  /** Waits until it was called so often; false when time is up. */
  public boolean awaitHits(int target, Duration atMost) throws InterruptedException {
    return count.await(target, atMost);
  }

  private synchronized void handle(LoopbackServer.Incoming incoming, Wire wire) throws IOException {
    hits.add(
        new StubRequest(
            count.get() + 1,
            incoming.method(),
            incoming.target(),
            incoming.headers(),
            incoming.body()));
    count.increment();
    wire.send(200, "image/svg+xml", Map.of("Access-Control-Allow-Origin", "*"), IMAGE);
  }

  @Override
  public void close() {
    server.close();
  }
}
