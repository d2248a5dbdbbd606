package dev.redoubt.testkit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stub does with a chat completion request. */
public sealed interface StubReply {

  /** Answers with a text, as JSON or as server-sent events, whichever was asked for. */
  static StubReply text(String content) {
    return new Text(content, "stop");
  }

  /** Asks for one tool call. */
  static StubReply toolCall(String name, String argumentsJson) {
    return new ToolCalls("", List.of(new Call("call_1", name, argumentsJson)));
  }

  /** Answers with HTML, as a proxy in front of a broken server does. */
  static StubReply html(int status) {
    return new Raw(
        status,
        "text/html; charset=utf-8",
        "<!DOCTYPE html><html><body><h1>" + status + "</h1><p>Something broke.</p></body></html>");
  }

  /** Answers with an error in JSON. */
  static StubReply status(int code) {
    return new Status(code, null);
  }

  /** Answers with an error in JSON and {@code Retry-After} in whole seconds. */
  static StubReply status(int code, Duration retryAfter) {
    return new Status(code, retryAfter);
  }

  /** Sends nothing, until the client goes away or the stub is closed. */
  static StubReply stall() {
    return new Stall("");
  }

  /** Streams a text and then falls silent without an end. */
  static StubReply stallAfter(String text) {
    return new Stall(text);
  }

  /** Resets the connection. */
  static StubReply reset() {
    return new Reset("");
  }

  /** Streams a text and then resets the connection. */
  static StubReply resetAfter(String text) {
    return new Reset(text);
  }

  /** Never stops sending. */
  static StubReply endless() {
    return new Endless("word ");
  }

  /** Announces more bytes than it sends, and hangs up. */
  static StubReply wrongContentLength() {
    return new WrongContentLength("Here is half of what I");
  }

  /** Does the same after a while. */
  default StubReply after(Duration delay) {
    return new Delayed(delay, this);
  }

  /** A text and its {@code finish_reason}. */
  record Text(String content, String finishReason) implements StubReply {}

  /** A tool call: arguments are JSON text. */
  record Call(String id, String name, String arguments) {}

  /** Tool calls, with the text that goes before them. */
  record ToolCalls(String content, List<Call> calls) implements StubReply {
    public ToolCalls {
      calls = List.copyOf(calls);
    }
  }

  /** Several choices ({@code n} above 1), a text each. */
  record Choices(List<String> contents) implements StubReply {
    public Choices {
      contents = List.copyOf(contents);
    }
  }

  /** An error in JSON. */
  record Status(int code, @Nullable Duration retryAfter) implements StubReply {}

  /** Any body at all. */
  record Raw(int status, String contentType, String body) implements StubReply {}

  /** Silence after a text; without a text, silence before the status line. */
  record Stall(String text) implements StubReply {}

  /** A reset connection after a text; without a text, before the status line. */
  record Reset(String text) implements StubReply {}

  /** A reply without end that repeats a piece of text. */
  record Endless(String piece) implements StubReply {}

  /** A reply that is shorter than it says. */
  record WrongContentLength(String text) implements StubReply {}

  /** Another reply after a while. */
  record Delayed(Duration delay, StubReply reply) implements StubReply {}
}
