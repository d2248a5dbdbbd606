package dev.redoubt.attack.chat;

import dev.redoubt.attack.chat.AnswerPage.Unseen;
import dev.redoubt.core.GroundTruth.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One answer in one page of a browser. Used once, by one thread. */
final class PageVisit {
  /** How long after the page has loaded its scripts may still start. */
  private static final Duration SETTLE = Duration.ofMillis(600);

  private static final URI OWN = URI.create("http://answer.invalid/");

  private final DevTools tools;
  private final @Nullable Page how;
  private final Duration patience;
  private final @Nullable URI address;
  private final String answer;
  private final String marker;
  private final Map<String, String> headers;
  private String session = "";
  private boolean there;

  /**
   * @param how how the application shows answers; as inner HTML where nothing is said
   * @param patience how long the page may take to load
   * @param address where the application shows it; null where the run makes the page
   * @param answer untrusted
   * @param marker the value that its script says
   * @param headers of the account that asked, for the application's own page
   */
  PageVisit(
      DevTools tools,
      @Nullable Page how,
      Duration patience,
      @Nullable URI address,
      String answer,
      String marker,
      Map<String, String> headers) {
    this.tools = tools;
    this.how = how;
    this.patience = patience;
    this.address = address;
    this.answer = answer;
    this.marker = marker;
    this.headers = headers;
  }

  /** Opens the page; gives what a script of the answer said, empty when none ran. */
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
    tell(
        "Page.navigate",
        DevTools.parameters().put("url", (address == null ? OWN : address).toString()));
    return listen();
  }

  private Optional<String> listen() throws IOException, InterruptedException, Unseen {
    // What is dropped may have been the value: then nobody knows that it was not said.
    long lost = tools.lost();
    long end = System.nanoTime() + patience.toNanos();
    boolean loaded = false;
    while (true) {
      long left = end - System.nanoTime();
      Optional<JsonNode> message =
          left <= 0 ? Optional.empty() : tools.next(Duration.ofNanos(left));
      if (message.isEmpty()) {
        if (tools.lost() > lost) {
          throw new Unseen("the page with the answer says more than can be listened to");
        }
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
              .encodeToString(AnswerHtml.of(insert, answer).getBytes(StandardCharsets.UTF_8)));
      tell("Fetch.fulfillRequest", page);
    } else if (address != null && Origin.same(address, url)) {
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
