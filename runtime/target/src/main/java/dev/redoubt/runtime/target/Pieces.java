package dev.redoubt.runtime.target;

import dev.redoubt.runtime.llm.ChatException;
import dev.redoubt.runtime.llm.ChatException.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where in a document of a target its words and tool calls are.
 *
 * @param reply the words; absent: all of it
 * @param toolCalls the tool calls
 * @param done what only the last document has
 * @param error what only failures have
 */
record Pieces(
    @Nullable Selector reply,
    @Nullable Selector toolCalls,
    @Nullable Selector done,
    @Nullable Selector error) {

  /** Whether a document is words and nothing else. */
  boolean plain() {
    return reply == null && toolCalls == null && done == null && error == null;
  }

  String where() {
    return reply == null ? "its root" : reply.toString();
  }

  /**
   * Takes the words and calls of a document.
   *
   * @return whether there were words
   * @throws ChatException where it is a failure
   */
  boolean take(JsonNode node, Answer answer) {
    if (error != null && error.holds(node)) {
      throw new ChatException(
          Kind.BAD_REPLY, "the target says: " + Json.failure(error.all(node).getFirst()));
    }
    boolean spoke = false;
    if (reply == null) {
      // An end that says nothing is not part of the words.
      if (done == null || !done.holds(node)) {
        answer.text(Json.words(node));
        spoke = true;
      }
    } else {
      var words = reply.words(node);
      words.ifPresent(answer::text);
      spoke = words.isPresent();
    }
    if (toolCalls != null) {
      for (JsonNode found : toolCalls.all(node)) {
        if (found.isArray()) {
          found.forEach(call -> call(call, answer));
        } else {
          call(found, answer);
        }
        spoke = true;
      }
    }
    if (done != null && done.holds(node)) {
      answer.done();
    }
    return spoke;
  }

  /** A tool call in one of the forms that people give it: OpenAI's, flat ones, or the bare name. */
  private static void call(JsonNode node, Answer answer) {
    if (node.isString()) {
      answer.call(null, node.stringValue(), "{}");
      return;
    }
    var function = node.path("function").isObject() ? node.path("function") : node;
    var name = function.path("name").asString(function.path("tool").asString(""));
    JsonNode arguments = function.path("arguments");
    for (String other : new String[] {"args", "input", "parameters"}) {
      arguments = arguments.isMissingNode() ? function.path(other) : arguments;
    }
    answer.call(Json.textOrNull(node.path("id")), name, arguments);
  }
}
