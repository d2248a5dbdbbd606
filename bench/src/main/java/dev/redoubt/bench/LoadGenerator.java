package dev.redoubt.bench;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Sends the same chat completion again and again over kept connections. */
final class LoadGenerator {
  private static final String BODY =
      """
      {"model":"bench","messages":[{"role":"system","content":"You are the help desk of a shop that \
      sells bicycles. Answer from the passages below, in at most three sentences, and say so when \
      you do not know."},{"role":"user","content":"<document id=\\"7\\" visibility=\\"public\\">Parcels \
      leave our warehouse within a day and travel for two days.</document>\\nWhere is my order 4711? \
      I ordered it last week and have not heard from you since."}],"temperature":0.7,"seed":11}\
      """;

  private final String host;
  private final int port;
  private final byte[] request;

  LoadGenerator(URI base) {
    this.host = base.getHost();
    this.port = base.getPort();
    this.request =
        ("POST "
                + base.getPath()
                + "/chat/completions HTTP/1.1\r\nHost: "
                + host
                + "\r\nContent-Type: application/json\r\nAuthorization: Bearer bench\r\nContent-Length: "
                + BODY.length()
                + "\r\n\r\n"
                + BODY)
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * What a round measured.
   *
   * @param p50 median latency in milliseconds
   * @param p99 99th percentile of the latency in milliseconds
   * @param perSecond calls a second
   */
  record Round(double p50, double p99, double perSecond) {}

  /** Sends so many calls over so many connections. */
  Round run(int concurrency, int calls) throws IOException, InterruptedException {
    int each = calls / concurrency;
    var tasks = new ArrayList<FutureTask<long[]>>();
    long began = System.nanoTime();
    for (int i = 0; i < concurrency; i++) {
      var task = new FutureTask<>(() -> connection(each));
      tasks.add(task);
      Thread.ofVirtual().start(task);
    }
    var latencies = new long[each * concurrency];
    int at = 0;
    for (var task : tasks) {
      try {
        System.arraycopy(task.get(), 0, latencies, at, each);
      } catch (ExecutionException e) {
        throw new IOException("a call failed", e.getCause());
      }
      at += each;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Arrays.sort(latencies);
    return new Round(
        latencies[latencies.length / 2] / 1e6,
        latencies[latencies.length * 99 / 100] / 1e6,
        latencies.length / seconds);
  }

  private long[] connection(int calls) throws IOException {
    var latencies = new long[calls];
    try (var socket = new Socket(host, port)) {
      socket.setTcpNoDelay(true);
      var peer = new HttpPeer(socket);
      var out = socket.getOutputStream();
      for (int i = 0; i < calls; i++) {
        long sent = System.nanoTime();
        out.write(request);
        int status = peer.read();
        latencies[i] = System.nanoTime() - sent;
        if (status != 200) {
          throw new IOException("status " + status + " instead of 200");
        }
      }
    }
    return latencies;
  }
}
