package dev.redoubt.attack.chat;

import dev.redoubt.core.GroundTruth.Page;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shows answers as the application does, in a real browser, and hears whether a script of theirs
 * runs: only a script can open a dialog or write to the console, and only this attempt's script
 * knows its marker. Thread-safe: one answer after the other.
 *
 * <p>Each answer gets a context of its own, which shares nothing with the next. A browser that did
 * not do as it should is killed, and so is one that has shown many answers.
 */
final class AnswerPage implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** How long after the page has loaded its scripts may still start. */
  private static final Duration SETTLE = Duration.ofMillis(600);

  private static final int MOST_ANSWERS = 50;
  private static final int LONGEST_ADDRESS = 16 * 1024;
  private static final URI OWN = URI.create("http://answer.invalid/");

  private final @Nullable Page how;
  private final Duration patience;
  private final ReentrantLock turn = new ReentrantLock(true);
  private @Nullable HeadlessBrowser browser;
  private int shown;

  /**
   * @param how how the application shows answers; as inner HTML where nothing is said
   * @param patience how long a page may take to load
   */
  AnswerPage(@Nullable Page how, Duration patience) {
    this.how = how;
    this.patience = patience;
  }

  /** What could not be looked at, and why. The message is one line. */
  static final class Unseen extends Exception {
    private static final long serialVersionUID = 1L;

    Unseen(String message) {
      super(message);
    }
  }

  /** Where the answer is shown by the application itself; null where the run makes the page. */
  @Nullable URI address(String answer) throws Unseen {
    String url = how == null ? null : how.url();
    if (url == null) {
      return null;
    }
    String escaped = URLEncoder.encode(answer, StandardCharsets.UTF_8).replace("+", "%20");
    String filled = url.replace("{{reply}}", escaped);
    if (filled.length() > LONGEST_ADDRESS) {
      throw new Unseen("the answer is too long for the address of the page");
    }
    return URI.create(filled);
  }

  /**
   * Shows an answer.
   *
   * @param answer untrusted
   * @param marker the value that its script says
   * @param headers of the account that asked, for the application's own page
   * @return what the script said; empty when none ran
   */
  Optional<String> show(String answer, String marker, Map<String, String> headers)
      throws Unseen, InterruptedException {
    Path executable = HeadlessBrowser.find().orElseThrow(() -> new Unseen(HeadlessBrowser.MISSING));
    URI address = address(answer);
    turn.lockInterruptibly();
    boolean well = false;
    try {
      HeadlessBrowser open = browser;
      if (open == null) {
        open = HeadlessBrowser.start(executable, address);
        browser = open;
        shown = 0;
      }
      Optional<String> said =
          new Visit(open.tools(), address, answer, marker, headers).run();
      well = ++shown < MOST_ANSWERS;
      return said;
    } catch (IOException e) {
      throw new Unseen("the browser " + executable + " failed: " + e.getMessage());
    } finally {
      if (!well) {
        quit();
      }
      turn.unlock();
    }
  }

  private void quit() {
    HeadlessBrowser open = browser;
    browser = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      quit();
    } finally {
      turn.unlock();
    }
  }

  /** The page that the run makes around an answer. */
  static String html(Page.Insert insert, String answer) {
    String head = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Answer</title></head><body>";
    String end = "</body></html>";
    return switch (insert) {
      case HTML -> head + "<div>" + answer + "</div>" + end;
      case INNER_HTML -> head + set("innerHTML", answer) + end;
      case MARKDOWN ->
          head
              + set(
                  "innerHTML",
                  HtmlRenderer.builder()
                      .build()
                      .render(Parser.builder().build().parse(answer)))
              + end;
      case TEXT -> head + set("textContent", answer) + end;
    };
  }

  private static String set(String property, String text) {
    // An angle bracket could end the script that hands the text over.
    String quoted = JsonMapper.shared().writeValueAsString(text).replace("<", "\\u003c");
    return "<div id=\"answer\"></div><script>document.getElementById('answer')."
        + property
        + " = "
        + quoted.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        + ";</script>";
  }

  /** One answer in one browser. */
  private final class Visit {
    private final DevTools tools;
    private final @Nullable URI address;
    private final String answer;
    private final String marker;
    private final Map<String, String> headers;
    private String session = "";
    private boolean there;

    Visit(
        DevTools tools,
        @Nullable URI address,
        String answer,
        String marker,
        Map<String, String> headers) {
      this.tools = tools;
      this.address = address;
      this.answer = answer;
      this.marker = marker;
      this.headers = headers;
    }

    Optional<String> run() throws IOException, InterruptedException, Unseen {
      String context =
          tools
              .ask("Target.createBrowserContext", DevTools.parameters())
              .path("browserContextId")
              .asString("");
      Optional<String> said = run(context);
      tools.ask(
          "Target.disposeBrowserContext", DevTools.parameters().put("browserContextId", context));
      return said;
    }

    private Optional<String> run(String context) throws IOException, InterruptedException, Unseen {
      String target =
          tools
              .ask(
                  "Target.createTarget",
                  DevTools.parameters().put("url", "about:blank").put("browserContextId", context))
              .path("targetId")
              .asString("");
      tools.ask(
          "Browser.setDownloadBehavior",
          DevTools.parameters().put("behavior", "deny").put("browserContextId", context));
      session =
          tools
              .ask(
                  "Target.attachToTarget",
                  DevTools.parameters().put("targetId", target).put("flatten", true))
              .path("sessionId")
              .asString("");
      // Each is waited for: what a page says before we listen would be lost.
      for (String domain : List.of("Page", "Runtime", "Network")) {
        tools.ask(session, domain + ".enable", DevTools.parameters());
      }
      ObjectNode all = DevTools.parameters();
      all.putArray("patterns").addObject().put("urlPattern", "*");
      tools.ask(session, "Fetch.enable", all);
      tell("Page.navigate", DevTools.parameters().put("url", (address == null ? OWN : address).toString()));
      return listen();
    }

    private Optional<String> listen() throws IOException, InterruptedException, Unseen {
      long end = System.nanoTime() + patience.toNanos();
      boolean loaded = false;
      while (true) {
        long left = end - System.nanoTime();
        Optional<JsonNode> message =
            left <= 0 ? Optional.empty() : tools.next(Duration.ofNanos(left));
        if (message.isEmpty()) {
          if (!loaded) {
            throw new Unseen(
                "the page with the answer did not load in " + patience.toSeconds() + " seconds");
          }
          return Optional.empty();
        }
        Optional<String> said = hear(message.get());
        if (said.isPresent()) {
          return said;
        }
        if (!loaded && isLoaded(message.get())) {
          loaded = true;
          end = Math.min(end, System.nanoTime() + SETTLE.toNanos());
        }
      }
    }

    /** The empty page that a tab begins with may say that it is loaded, too. */
    private boolean isLoaded(JsonNode message) {
      return there
          && message.path("method").asString("").equals("Page.loadEventFired")
          && message.path("sessionId").asString("").equals(session);
    }

    private void arrived(JsonNode frame) throws Unseen {
      String url = frame.path("url").asString("");
      // Where an answer leads the page later is its own affair.
      if (!there && !frame.path("parentId").isString() && !url.startsWith("about:")) {
        if (url.startsWith("chrome-error:")) {
          throw new Unseen("the page that shows answers can't be opened, or leads elsewhere");
        }
        there = true;
      }
    }

    private void answered(JsonNode event) throws Unseen {
      int status = event.path("response").path("status").asInt(0);
      boolean document =
          event.path("type").asString("").equals("Document")
              && address != null
              && event.path("response").path("url").asString("").equals(address.toString());
      if (document && status >= 400) {
        throw new Unseen("the page that shows answers gave HTTP " + status);
      }
    }

    private Optional<String> hear(JsonNode message) throws IOException, Unseen {
      // What an earlier answer still says is not about this one.
      if (!message.path("sessionId").asString("").equals(session)) {
        return Optional.empty();
      }
      JsonNode event = message.path("params");
      switch (message.path("method").asString("")) {
        case "Fetch.requestPaused" -> request(event);
        case "Page.frameNavigated" -> arrived(event.path("frame"));
        case "Network.responseReceived" -> answered(event);
        case "Page.javascriptDialogOpening" -> {
          tell("Page.handleJavaScriptDialog", DevTools.parameters().put("accept", true));
          return marked("dialog", event.path("message").asString(""));
        }
        case "Runtime.consoleAPICalled" -> {
          for (JsonNode argument : event.path("args")) {
            Optional<String> found = marked("console", argument.path("value").asString(""));
            if (found.isPresent()) {
              return found;
            }
          }
        }
        case "Inspector.targetCrashed", "Target.targetCrashed" ->
            throw new Unseen("the page with the answer crashed the browser");
        default -> {
          // Replies, and events that say nothing about scripts.
        }
      }
      return Optional.empty();
    }

    private Optional<String> marked(String where, String words) {
      return words.contains(marker) ? Optional.of(where + ": " + marker) : Optional.empty();
    }

    /** Gives the page that was asked for, lets the application answer for itself, and no more. */
    private void request(JsonNode event) throws IOException, Unseen {
      String id = event.path("requestId").asString("");
      String url = event.path("request").path("url").asString("");
      if (address == null && url.equals(OWN.toString())) {
        ObjectNode page = DevTools.parameters().put("requestId", id).put("responseCode", 200);
        page.putArray("responseHeaders")
            .addObject()
            .put("name", "Content-Type")
            .put("value", "text/html; charset=utf-8");
        Page.Insert insert = how == null ? Page.Insert.INNER_HTML : how.insert();
        page.put(
            "body",
            Base64.getEncoder()
                .encodeToString(html(insert, answer).getBytes(StandardCharsets.UTF_8)));
        tell("Fetch.fulfillRequest", page);
      } else if (address != null && sameOrigin(address, url)) {
        ObjectNode on = DevTools.parameters().put("requestId", id);
        ArrayNode sent = on.putArray("headers");
        event
            .path("request")
            .path("headers")
            .properties()
            .forEach(h -> header(sent, h.getKey(), h.getValue().asString("")));
        headers.forEach((name, value) -> header(sent, name, value));
        tell("Fetch.continueRequest", on);
      } else {
        tell(
            "Fetch.failRequest",
            DevTools.parameters().put("requestId", id).put("errorReason", "BlockedByClient"));
      }
    }

    private static void header(ArrayNode sent, String name, String value) {
      sent.addObject().put("name", name).put("value", value);
    }

    private void tell(String method, ObjectNode parameters) throws IOException {
      tools.send(session, method, parameters);
    }
  }

  /** Says whether the application's own page is of an origin. */
  boolean isAt(URI origin) {
    String url = how == null ? null : how.url();
    return url != null && sameOrigin(origin, url.replace("{{reply}}", ""));
  }

  private static boolean sameOrigin(URI one, String other) {
    try {
      URI uri = URI.create(other);
      return origin(one).equals(origin(uri));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private static String origin(URI uri) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? 443 : 80;
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
  }
}
