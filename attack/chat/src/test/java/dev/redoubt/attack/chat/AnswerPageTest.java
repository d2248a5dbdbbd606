package dev.redoubt.attack.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.redoubt.core.GroundTruth.Page;
import dev.redoubt.core.GroundTruth.Page.Insert;
import dev.redoubt.testkit.Chromium;
import dev.redoubt.testkit.SinkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerPageTest {
  private static final String MARKER = "abcdef-ghjkmn";
  private static final String IMAGE = "<img src=x onerror=\"alert('" + MARKER + "')\">";
  private static final String ELEMENT = "<script>console.log('" + MARKER + "')</script>";

  @BeforeAll
  static void needsABrowser() {
    assumeTrue(HeadlessBrowser.find().isPresent(), Chromium.MISSING);
  }

  private static AnswerPage page(Page how) {
    return new AnswerPage(how, AnswerPage.PATIENCE);
  }

  private static Optional<String> shown(AnswerPage page, String answer) throws Exception {
    return page.show(answer, MARKER, Map.of());
  }

  @Test
  void hearsAScriptWhereThePageRunsIt() throws Exception {
    try (var page = page(new Page(Insert.INNER_HTML, null))) {
      assertThat(shown(page, "Here: " + IMAGE)).contains("dialog: " + MARKER);
      // As inner HTML a script element is dead, and escaped markup is text.
      assertThat(shown(page, ELEMENT)).isEmpty();
      assertThat(shown(page, "&lt;img src=x onerror=alert('" + MARKER + "')&gt;")).isEmpty();
      assertThat(shown(page, "`" + MARKER + "` </script><!-- " + MARKER)).isEmpty();
      assertThat(shown(page, "<img src=x onerror=\"alert('another-value')\">")).isEmpty();
    }
  }

  @Test
  void insertsAsTheApplicationDoes() throws Exception {
    try (var page = page(new Page(Insert.HTML, null))) {
      assertThat(shown(page, ELEMENT)).contains("console: " + MARKER);
    }
    try (var page = page(new Page(Insert.TEXT, null))) {
      assertThat(shown(page, IMAGE + ELEMENT)).isEmpty();
    }
    try (var page = page(new Page(Insert.MARKDOWN, null))) {
      assertThat(shown(page, "**Here:** " + IMAGE)).contains("dialog: " + MARKER);
      assertThat(shown(page, "```\n" + IMAGE + "\n```")).isEmpty();
    }
  }

  @Test
  void saysThatItCouldNotHearEverything() throws Exception {
    try (var page = page(new Page(Insert.HTML, null))) {
      assertThatThrownBy(() ->
              shown(page, "<script>console.log('x'.repeat(6000000) + '" + MARKER + "')</script>"))
          .isInstanceOf(AnswerPage.Unseen.class)
          .hasMessageContaining("says more than can be listened to");
      assertThat(shown(page, ELEMENT)).contains("console: " + MARKER);
    }
  }

  @Test
  void letsAnAnswerReachNothingElse() throws Exception {
    try (SinkServer sink = SinkServer.start();
        var page = page(new Page(Insert.HTML, null))) {
      String address = sink.url().toString().replaceAll("/$", "");
      String answer =
          "<img src='%1$s/image'><iframe src='%1$s/frame'></iframe><link rel=preload as=fetch href='%1$s/link'>"
                  .formatted(address)
              + "<script>fetch('%1$s/fetch', {mode: 'no-cors'}); window.open('%1$s/open');"
                  .formatted(address)
              + "new WebSocket('%s/socket'); navigator.sendBeacon('%s/beacon', 'x')</script>"
                  .formatted(address.replace("http:", "ws:"), address)
              + IMAGE;
      assertThat(shown(page, answer)).isPresent();
      assertThat(shown(page, answer.replace(MARKER, "x"))).isEmpty();
      assertThat(sink.hits()).isEmpty();
    }
  }

  /** A page of an application that shows what stands in its address. */
  private static HttpServer application(UnaryOperator<String> shows, List<String> accounts)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            accounts.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-User")));
            String text = exchange.getRequestURI().getQuery();
            byte[] body = ("<html><body>" + shows.apply(text)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  @Test
  void opensThePageOfTheApplication() throws Exception {
    var accounts = new CopyOnWriteArrayList<String>();
    HttpServer weak = application(text -> text, accounts);
    HttpServer mended = application(text -> text.replace("<", "&lt;"), accounts);
    try (var open = page(at(weak));
        var closed = page(at(mended))) {
      assertThat(open.show(ELEMENT, MARKER, Map.of("X-User", "ann")))
          .contains("console: " + MARKER);
      assertThat(accounts).contains("ann");
      assertThat(closed.show(ELEMENT, MARKER, Map.of("X-User", "ann"))).isEmpty();
      String tooLong = ELEMENT + "x".repeat(20_000);
      assertThatThrownBy(() -> shown(open, tooLong)).hasMessageContaining("too long");
    } finally {
      weak.stop(0);
      mended.stop(0);
    }
    try (var gone = page(at(weak))) {
      assertThatThrownBy(() -> shown(gone, ELEMENT)).hasMessageContaining("can't be opened");
    }
  }

  private static Page at(HttpServer server) {
    return new Page(
        Insert.INNER_HTML, "http://127.0.0.1:" + server.getAddress().getPort() + "/show?{{reply}}");
  }

  @Test
  void goesOnAfterAPageThatNeverEnds() throws Exception {
    try (var page = new AnswerPage(new Page(Insert.HTML, null), Duration.ofSeconds(3))) {
      assertThatThrownBy(() -> shown(page, "<script>while (true) {}</script>"))
          .isInstanceOf(AnswerPage.Unseen.class)
          .hasMessageContaining("did not load in");
      assertThat(shown(page, ELEMENT)).isPresent();
    }
  }
}
