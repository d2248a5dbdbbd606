package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.Exchange.SinkHit;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees what of an answer reaches the attacker's sink, by itself or once it is shown. */
final class SinkWatch {
  private final @Nullable SinkServer server;
  private final ChatPage page;

  /**
   * @param server the sink on loopback; absent when the description names another, which is not
   *     looked into
   */
  SinkWatch(HttpClient http, URI base, @Nullable SinkServer server) {
    this.server = server;
    this.page = new ChatPage(http, base, server != null);
  }

  /** How many requests came so far. */
  int heard() {
    return server == null ? 0 : server.size();
  }

  /**
   * What came since, and what the answer loads or offers.
   *
   * @param heard see {@link #heard}
   */
  List<SinkHit> hits(PlannedCall call, String answer, int heard) throws InterruptedException {
    var hits = new ArrayList<SinkHit>();
    // What came before the page was rendered was fetched by the system itself.
    if (server != null) {
      String token = LateWords.token(call);
      for (String url : server.requested(heard, "/" + token)) {
        hits.add(new SinkHit("request", url));
      }
      for (String url : server.requested(heard, LateWords.pagePath(token))) {
        hits.add(new SinkHit("page", url));
      }
    }
    hits.addAll(page.render(answer));
    return hits;
  }
}
