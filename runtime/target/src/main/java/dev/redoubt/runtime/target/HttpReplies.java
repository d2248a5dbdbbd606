package dev.redoubt.runtime.target;

import dev.redoubt.core.Access;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import dev.redoubt.runtime.llm.SseReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what an HTTP service answers, by the paths of its template. */
final class HttpReplies {
  private final Endpoint endpoint;
  private final Access.Http access;
  private final int mostBytes;
  private final Pieces pieces;
  private final @Nullable Selector prompt;
  private final @Nullable Selector completion;

  HttpReplies(Endpoint endpoint, Access.Http access, TargetSettings settings) {
    this.endpoint = endpoint;
    this.access = access;
    this.mostBytes = settings.maxReplyBytes();
    var what = endpoint.location() + ": " + endpoint.name() + ": http.";
    this.pieces =
        new Pieces(
            Selector.of(access.reply(), what + "reply"),
            Selector.of(access.toolCalls(), what + "toolCalls"),
            Selector.of(access.done(), what + "done"),
            Selector.of(access.error(), what + "error"));
    this.prompt = Selector.of(access.promptTokens(), what + "usage.prompt");
    this.completion = Selector.of(access.completionTokens(), what + "usage.completion");
  }

  /**
   * A reply, and the id of its conversation where it has one.
   *
   * @param id absent where the reply has none
   */
  record Read(TargetReply reply, @Nullable String id) {}

  Read read(HttpResponse<?> head, InputStream in, @Nullable Selector id) throws IOException {
    var answer = new Answer();
    var found = new String[1];
    switch (access.stream()) {
      case NONE -> {
        var body = in.readAllBytes();
        if (pieces.plain() && id == null && prompt == null && completion == null) {
          answer.text(SseReader.utf8(body));
        } else {
          take(Json.read(body), answer, id, found);
        }
      }
      case SSE -> {
        var events = new SseReader(in, mostBytes);
        stream(events::next, answer, id, found);
      }
      case NDJSON -> {
        var lines = new LineReader(in, mostBytes);
        stream(lines::next, answer, id, found);
      }
    }
    if (answer.silent() && !pieces.plain()) {
      throw new ChatException(
          Kind.BAD_REPLY, "the reply has nothing at " + pieces.where() + ": is the path right?");
    }
    return new Read(answer.reply(endpoint.model(), endpoint.price()), found[0]);
  }

  /** Where the next piece of a stream comes from; null at its end. */
  private interface Source {
    @Nullable String next() throws IOException;
  }

  private void stream(Source source, Answer answer, @Nullable Selector id, @Nullable String[] found)
      throws IOException {
    boolean ended = false;
    for (String piece = source.next();
        piece != null && !ended;
        piece = ended ? piece : source.next()) {
      if (piece.strip().equals("[DONE]")) {
        ended = true;
      } else if (pieces.plain() && id == null) {
        answer.text(piece);
      } else {
        take(Json.read(piece), answer, id, found);
        ended = answer.isDone();
      }
    }
    if (!ended && access.done() != null) {
      throw new ChatException(Kind.RESET, "the stream broke off before the reply was whole");
    }
  }

  private void take(JsonNode node, Answer answer, @Nullable Selector id, @Nullable String[] found) {
    pieces.take(node, answer);
    if (id != null) {
      id.words(node).filter(text -> !text.isEmpty()).ifPresent(text -> found[0] = text);
    }
    if (prompt != null) {
      prompt.all(node).forEach(count -> answer.prompt(Json.count(count)));
    }
    if (completion != null) {
      completion.all(node).forEach(count -> answer.completion(Json.count(count)));
    }
  }
}
