package dev.redoubt.runtime.target;

import dev.redoubt.core.Access.Api;
import dev.redoubt.core.Access.ModelApi;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A target that speaks a published interface of models: every request carries all that was said.
 */
final class ModelApiTarget implements TargetClient {
  private final Endpoint endpoint;
  private final ModelApi access;
  private final TargetSettings settings;
  private final HttpLink link;
  private final URI address;

  ModelApiTarget(Endpoint endpoint, ModelApi access, TargetSettings settings) {
    this.endpoint = endpoint;
    this.access = access;
    this.settings = settings;
    this.link = new HttpLink(endpoint, settings);
    this.address = address(link.base(), ModelDialect.of(access.api()).path());
  }

  /** The address of the interface, however much of it the base holds already. */
  private static URI address(URI base, List<String> path) {
    var text = base.toString().replaceAll("/+$", "");
    for (int given = path.size(); given > 0; given--) {
      var start = String.join("/", path.subList(0, given));
      if (text.endsWith("/" + start)) {
        var rest = path.subList(given, path.size());
        return URI.create(rest.isEmpty() ? text : text + "/" + String.join("/", rest));
      }
    }
    return URI.create(text + "/" + String.join("/", path));
  }

  @Override
  public Conversation begin(List<Turn> history) {
    return new Retelling(history, this::ask);
  }

  private TargetReply ask(List<Turn> turns, Say say) throws InterruptedException {
    var dialect = ModelDialect.of(access.api());
    var request = link.request(address, say.headers());
    var needed = dialect.headers();
    var built = request.build().headers();
    for (int i = 0; i < needed.size(); i += 2) {
      if (built.firstValue(needed.get(i)).isEmpty()) {
        request.setHeader(needed.get(i), needed.get(i + 1));
      }
    }
    var body = dialect.request(endpoint.model(), turns, say, access);
    request
        .setHeader("Content-Type", "application/json")
        .setHeader("Accept", "application/json, text/event-stream, application/x-ndjson")
        .POST(BodyPublishers.ofByteArray(Json.bytes(body)));
    return link.exchange(
        request.build(),
        (head, in) -> {
          var type = head.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
          var answer = new Answer();
          read(dialect, type, in, answer);
          return answer.reply(endpoint.model(), endpoint.price());
        });
  }

  private void read(ModelDialect dialect, String type, InputStream in, Answer answer)
      throws IOException {
    if (type.contains("event-stream")) {
      var events = new SseReader(in, settings.maxReplyBytes());
      pieces(dialect, answer, events::next);
    } else if (type.contains("ndjson") || (access.api() == Api.OLLAMA && access.stream())) {
      var lines = new LineReader(in, settings.maxReplyBytes());
      pieces(dialect, answer, lines::next);
    } else {
      var reply = Json.read(in.readAllBytes());
      refuseError(reply);
      dialect.whole(reply, answer);
    }
  }

  /** Where the next piece of a stream comes from; null at its end. */
  private interface Pieces {
    @Nullable String next() throws IOException;
  }

  private static void pieces(ModelDialect dialect, Answer answer, Pieces pieces)
      throws IOException {
    String finished = "";
    for (String piece = pieces.next(); piece != null; piece = pieces.next()) {
      if (piece.strip().equals("[DONE]")) {
        finished = piece;
        break;
      }
      var node = Json.read(piece);
      refuseError(node);
      dialect.piece(node, answer);
      if (answer.isDone()) {
        return;
      }
    }
    if (finished.isEmpty()) {
      throw new ChatException(Kind.RESET, "the stream broke off before the reply was whole");
    }
  }

  /** A success with an error inside is none. */
  private static void refuseError(JsonNode reply) {
    var error = reply.path("error");
    if (error.isString() || error.isObject()) {
      throw Json.says(error);
    }
  }

  @Override
  public boolean canContinue() {
    return true;
  }

  @Override
  public void close() {
    link.close();
  }
}
