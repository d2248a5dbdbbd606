package dev.redoubt.guard.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Passes a request and its reply through as they are. */
final class PassRoute {
  /** Replies up to this length are sent in one piece. */
  private static final int SMALL = 64 << 10;

  private final Upstream upstream;
  private final InFlight inFlight;

  PassRoute(Upstream upstream, InFlight inFlight) {
    this.upstream = upstream;
    this.inFlight = inFlight;
  }

  void handle(ClientRequest request, String target, ClientReply reply) throws IOException {
    try (var watch = inFlight.begin(reply);
        var answer =
            upstream.send(request.method(), target, request.headers(), request.body(), watch)) {
      pass(answer, reply);
    }
  }

  /** Passes a reply through as it is. */
  static void pass(Upstream.Reply answer, ClientReply reply) throws IOException {
    if (answer.announced() >= 0 && answer.announced() <= SMALL) {
      reply.send(answer.status(), answer.headers(), answer.readAll(SMALL));
      return;
    }
    try (var out = reply.stream(answer.status(), answer.headers())) {
      copy(answer.body(), out);
    }
  }

  /** Copies with a flush after every read: events must not wait for those after them. */
  private static void copy(InputStream in, OutputStream out) throws IOException {
    var buffer = new byte[16 << 10];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
    }
  }
}
