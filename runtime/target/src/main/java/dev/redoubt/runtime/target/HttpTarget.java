package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Access.ConversationId;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.BoundedHttp;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A target that is any HTTP service, by template. */
final class HttpTarget implements TargetClient {
  private final Endpoint endpoint;
  private final Access.Http access;
  private final HttpLink link;
  private final HttpReplies replies;
  private final @Nullable Template body;
  private final @Nullable Selector startedId;
  private final @Nullable Selector answeredId;
  private final boolean retells;

  HttpTarget(Endpoint endpoint, Access.Http access, TargetSettings settings) {
    this.endpoint = endpoint;
    this.access = access;
    this.link = new HttpLink(endpoint, settings);
    this.replies = new HttpReplies(endpoint, access, settings);
    this.body = access.body().isEmpty() ? null : bodyTemplate(access);
    var id = access.conversation();
    String what = endpoint.location() + ": " + endpoint.name() + ": http.conversation";
    this.startedId =
        id instanceof ConversationId.Started s ? Selector.of(s.id(), what + ".start.id") : null;
    this.answeredId =
        id instanceof ConversationId.Answered a ? Selector.of(a.path(), what + ".from") : null;
    this.retells =
        (body != null && body.has("messages"))
            || access.form().containsValue("{{messages}}")
            || access.query().containsValue("{{messages}}");
    // A wrong address is found before the run, not in it.
    address(new Words(Say.of("a"), List.of(), "a", "a"));
  }

  /** JSON unless a header says otherwise: a text that looks like JSON may be meant as text. */
  private static Template bodyTemplate(Access.Http access) {
    return contentType(access).contains("json")
        ? Template.json(access.body())
        : Template.plain(access.body());
  }

  private static String contentType(Access.Http access) {
    return access.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("content-type"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("application/json");
  }

  @Override
  public Conversation begin(List<Turn> history) {
    if (!history.isEmpty() && !canContinue()) {
      throw new IllegalArgumentException(
          endpoint.name() + " remembers its conversations itself: none can be gone on with");
    }
    return new Talk(history);
  }

  @Override
  public boolean canContinue() {
    // Where nothing ties the calls together, what was said before changes nothing.
    return retells || (access.conversation() == null && !access.cookies());
  }

  @Override
  public void close() {
    link.close();
  }

  private URI address(Words words) {
    var url = endpoint.url();
    var path = Template.filled(access.path(), words, HttpTarget::encode);
    if (!path.isEmpty() && !path.startsWith("?")) {
      url = url.replaceAll("/+$", "") + (path.startsWith("/") ? "" : "/");
    }
    var query = pairs(access.query(), words);
    var whole = url + path;
    try {
      var uri =
          URI.create(query.isEmpty() ? whole : whole + (whole.contains("?") ? "&" : "?") + query);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          endpoint.location() + ": " + endpoint.name() + ": url and http.path make no address", e);
    }
    throw new UsageException(
        endpoint.location() + ": " + endpoint.name() + ": url and http.path make no address");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String pairs(Map<String, String> values, Words words) {
    return values.entrySet().stream()
        .map(pair ->
            encode(pair.getKey()) + "=" + encode(Template.plain(pair.getValue()).fill(words)))
        .collect(Collectors.joining("&"));
  }

  private final class Talk implements Conversation {
    private final List<Turn> turns;
    private final CookieJar jar = new CookieJar();
    private @Nullable String id;

    Talk(List<Turn> history) {
      this.turns = new ArrayList<>(history);
      this.id =
          access.conversation() instanceof ConversationId.Generated
              ? UUID.randomUUID().toString()
              : null;
    }

    @Override
    public TargetReply say(Say say) throws InterruptedException {
      if (access.conversation() instanceof ConversationId.Started start && id == null) {
        id = started(start, say);
      }
      var told = new ArrayList<>(turns);
      told.add(Turn.user(say.text()));
      var words = new Words(say, told, id, endpoint.model());
      var request = request(words);
      HttpReplies.Read read =
          exchange(request, say, (head, in) -> replies.read(head, in, answeredId));
      if (read.id() != null) {
        id = read.id();
      }
      if (retells) {
        turns.add(told.getLast());
        turns.add(Turn.assistant(read.reply().text()));
      }
      return read.reply();
    }

    private HttpRequest.Builder request(Words words) {
      var request = HttpRequest.newBuilder(address(words));
      if (!access.form().isEmpty()) {
        BoundedHttp.header(request, "Content-Type", "application/x-www-form-urlencoded");
        request.method(access.method(), BodyPublishers.ofString(pairs(access.form(), words)));
      } else if (body != null) {
        BoundedHttp.header(request, "Content-Type", "application/json");
        request.method(access.method(), BodyPublishers.ofString(body.fill(words)));
      } else {
        request.method(access.method(), BodyPublishers.noBody());
      }
      access
          .headers()
          .forEach((name, value) ->
              BoundedHttp.header(request, name, Template.plain(value).fill(header(words))));
      return request;
    }

    /** What is said may hold line breaks, which a header can't. */
    private Words header(Words words) {
      var said = words.say();
      var line = said.text().replaceAll("\\p{Cntrl}+", " ");
      return new Words(
          new Say(
              line,
              said.headers(),
              said.identity(),
              said.temperature(),
              said.seed(),
              said.maxTokens()),
          words.turns(),
          words.conversation(),
          words.model());
    }

    private String started(ConversationId.Started start, Say say) throws InterruptedException {
      var words = new Words(say, List.of(), null, endpoint.model());
      var request = HttpRequest.newBuilder(URI.create(start.url()));
      if (start.body().isEmpty()) {
        request.method(start.method(), BodyPublishers.noBody());
      } else {
        BoundedHttp.header(request, "Content-Type", "application/json");
        request.method(
            start.method(), BodyPublishers.ofString(Template.json(start.body()).fill(words)));
      }
      Optional<String> given =
          exchange(
              request,
              say,
              (head, in) -> {
                var reply = Json.read(in.readAllBytes());
                return startedId == null ? Optional.empty() : startedId.words(reply);
              });
      return given
          .filter(text -> !text.isEmpty())
          .orElseThrow(() ->
              new ChatException(
                  Kind.BAD_REPLY,
                  start.url() + ": began a conversation without an id at " + startedId));
    }

    private <T> T exchange(HttpRequest.Builder request, Say say, BoundedHttp.Reader<T> reader)
        throws InterruptedException {
      Map<String, String> headers = new LinkedHashMap<>(endpoint.headers());
      headers.putAll(say.headers());
      headers.forEach((name, value) -> BoundedHttp.header(request, name, value));
      if (!access.cookies()) {
        return link.exchange(request.build(), reader);
      }
      var uri = request.build().uri();
      try {
        var given =
            headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("cookie"))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
        var cookies = jar.header(uri, given);
        if (!cookies.isEmpty()) {
          BoundedHttp.header(request, "Cookie", cookies);
        }
      } catch (IOException e) {
        throw new ChatException(Kind.BAD_REPLY, BoundedHttp.place(uri) + ": cookies: " + e, e);
      }
      return link.exchange(
          request.build(),
          (head, in) -> {
            jar.take(uri, head.headers());
            return reader.read(head, in);
          });
    }

    @Override
    public void close() {
      turns.clear();
    }
  }
}
