package dev.redoubt.testkit;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenAI-compatible endpoint that does as it is told: answers, refuses, echoes, leaks, fails,
 * delays, stalls. It serves {@code POST /v1/chat/completions}, whole or streamed, and {@code GET
 * /v1/models}; all else is 404. Safe for use by many threads.
 */
public final class StubEndpoint implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Builder settings;
  private final LoopbackServer server;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private final Queue<StubRequest> requests = new ConcurrentLinkedQueue<>();
  private final Counter disconnects = new Counter();

  private StubEndpoint(Builder settings) {
    this.settings = settings;
    this.server = new LoopbackServer(settings.port, this::handle);
  }

  /** Starts to describe a stub; without a behaviour it answers {@code Hello.} */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the base that OpenAI clients take, {@code http://127.0.0.1:PORT/v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Counts the chat completion requests so far, failed ones included. */
  public int calls() {
    return calls.get();
  }

  /** Counts the requests to anything else, such as the list of models. */
  public int otherCalls() {
    return others.get();
  }

  /** Returns the chat completion requests so far, in order of arrival. */
  public List<StubRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns the highest number of chat completion requests at the same time. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  /** Counts the clients that hung up before their reply had ended. */
  public int disconnects() {
    return disconnects.get();
  }

  /** Waits until so many clients hung up before their reply had ended; false when time is up. */
  public boolean awaitDisconnects(int count, Duration atMost) throws InterruptedException {
    return disconnects.await(count, atMost);
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(LoopbackServer.Incoming incoming, Wire wire)
      throws IOException, InterruptedException {
    var path = incoming.target().split("\\?", 2)[0];
    boolean chat = incoming.method().equals("POST") && path.equals("/v1/chat/completions");
    var request =
        new StubRequest(
            (chat ? calls : others).incrementAndGet(),
            incoming.method(),
            incoming.target(),
            incoming.headers(),
            incoming.body());
    if (!chat) {
      other(path, wire);
      return;
    }
    if (settings.record) {
      requests.add(request);
    }
    int now = inFlight.incrementAndGet();
    mostInFlight.accumulateAndGet(now, Math::max);
    try {
      answer(request, wire);
    } catch (SocketException hungUp) {
      disconnects.increment();
      throw hungUp;
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private void other(String path, Wire wire) throws IOException {
    if (path.equals("/v1/models")) {
      var body = JSON.createObjectNode().put("object", "list");
      body.putArray("data").addObject().put("id", settings.model).put("object", "model");
      wire.send(200, "application/json", Map.of(), JSON.writeValueAsString(body));
    } else {
      error(wire, 404, Map.of());
    }
  }

  private void answer(StubRequest request, Wire wire) throws IOException, InterruptedException {
    if (settings.apiKey != null
        && !request.header("authorization").equals(Optional.of("Bearer " + settings.apiKey))) {
      error(wire, 401, Map.of());
      return;
    }
    if (settings.delay.isPositive()) {
      Thread.sleep(settings.delay);
    }
    perform(settings.script.apply(request), request, wire);
  }

  private void perform(StubReply reply, StubRequest request, Wire wire)
      throws IOException, InterruptedException {
    var chat = new ChatWriter(wire, request, settings.model, settings.pieceLength);
    switch (reply) {
      case StubReply.Text text -> chat.text(List.of(text.content()), text.finishReason());
      case StubReply.Choices choices -> chat.text(choices.contents(), "stop");
      case StubReply.ToolCalls toolCalls -> chat.toolCalls(toolCalls);
      case StubReply.Status status -> {
        var wait = status.retryAfter();
        error(
            wire,
            status.code(),
            wait == null ? Map.of() : Map.of("Retry-After", Long.toString(wait.toSeconds())));
      }
      case StubReply.Raw raw -> wire.send(raw.status(), raw.contentType(), Map.of(), raw.body());
      case StubReply.Stall stall -> {
        begin(chat, wire, stall.text());
        wire.awaitHangUp();
        disconnects.increment();
      }
      case StubReply.Reset reset -> {
        begin(chat, wire, reset.text());
        wire.reset();
      }
      case StubReply.Endless endless -> endless(chat, wire, endless.piece());
      case StubReply.WrongContentLength wrong -> {
        var body = JSON.createObjectNode().put("object", "chat.completion");
        body.putArray("choices").addObject().putObject("message").put("content", wrong.text());
        wire.sendShort(200, "application/json", Map.of(), JSON.writeValueAsString(body), 1000);
      }
      case StubReply.Delayed delayed -> {
        Thread.sleep(delayed.delay());
        perform(delayed.reply(), request, wire);
      }
    }
  }

  private static void begin(ChatWriter chat, Wire wire, String text) throws IOException {
    if (text.isEmpty()) {
      return;
    }
    if (chat.stream()) {
      chat.start();
      chat.pieces(0, text);
    } else {
      wire.startChunked(200, "application/json");
      wire.chunk("{\"choices\":[{\"message\":{\"content\":" + JSON.writeValueAsString(text));
    }
  }

  private static void endless(ChatWriter chat, Wire wire, String piece) throws IOException {
    begin(chat, wire, piece);
    while (true) {
      if (chat.stream()) {
        chat.pieces(0, piece);
      } else {
        wire.chunk(" ".repeat(8 << 10));
      }
    }
  }

  private static void error(Wire wire, int code, Map<String, String> headers) throws IOException {
    var body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", "the stub was told to answer " + code)
        .put("type", "stub_error")
        .put("code", code);
    wire.send(code, "application/json", headers, JSON.writeValueAsString(body));
  }

  /** Describes a stub; the last behaviour counts. */
  public static final class Builder {
    private Function<StubRequest, StubReply> script = request -> StubReply.text("Hello.");
    private Duration delay = Duration.ZERO;
    private String model = "stub";
    private @Nullable String apiKey;
    private int port;
    private int pieceLength = 8;
    private boolean record = true;

    private Builder() {}

    /** Always declines. */
    public Builder refuse() {
      return reply("I'm sorry, but I can't help with that.");
    }

    /** Answers with the last message of the user. */
    public Builder echo() {
      return script(request -> StubReply.text(request.lastUserText()));
    }

    /** Gives a value away in every answer. */
    public Builder leak(String value, Encoding encoding) {
      return reply("Of course. Here it is: " + encoding.encode(value) + " (as you asked).");
    }

    /** Always gives the same answer. */
    public Builder reply(String text) {
      return always(StubReply.text(text));
    }

    /** Answers HTML with status 500. */
    public Builder html500() {
      return always(StubReply.html(500));
    }

    /** Answers with an error in JSON. */
    public Builder status(int code) {
      return always(StubReply.status(code));
    }

    /** Answers with an error in JSON and {@code Retry-After} in whole seconds. */
    public Builder status(int code, Duration retryAfter) {
      return always(StubReply.status(code, retryAfter));
    }

    /** Never answers. */
    public Builder stall() {
      return always(StubReply.stall());
    }

    /** Resets every connection. */
    public Builder reset() {
      return always(StubReply.reset());
    }

    /** Never stops answering. */
    public Builder endlessStream() {
      return always(StubReply.endless());
    }

    /** Announces more bytes than it sends. */
    public Builder wrongContentLength() {
      return always(StubReply.wrongContentLength());
    }

    /** Always asks for the same tool call. */
    public Builder toolCall(String name, String argumentsJson) {
      return always(StubReply.toolCall(name, argumentsJson));
    }

    /** Always does the same. */
    public Builder always(StubReply reply) {
      return script(request -> reply);
    }

    /** Does one after the other, then the last again and again. */
    public Builder sequence(StubReply... replies) {
      var list = Arrays.asList(replies.clone());
      return script(request -> list.get(Math.min(request.number(), list.size()) - 1));
    }

    /** Decides for each request. */
    public Builder script(Function<StubRequest, StubReply> behaviour) {
      this.script = behaviour;
      return this;
    }

    /** Waits before every answer; adds to any behaviour. */
    public Builder delay(Duration time) {
      this.delay = time;
      return this;
    }

    /** Names the model that answers when the request names none. */
    public Builder model(String name) {
      this.model = name;
      return this;
    }

    /** Asks for {@code Authorization: Bearer KEY}; 401 without. */
    public Builder apiKey(String key) {
      this.apiKey = key;
      return this;
    }

    /** Takes a fixed port instead of a free one, to come back on the port of a closed stub. */
    public Builder port(int number) {
      this.port = number;
      return this;
    }

    /** Sets the characters of one streamed piece; 8 by default. */
    public Builder pieceLength(int characters) {
      this.pieceLength = characters;
      return this;
    }

    /** Keeps no requests, for long runs. */
    public Builder withoutRecording() {
      this.record = false;
      return this;
    }

    /** Starts it. */
    public StubEndpoint start() {
      return new StubEndpoint(this);
    }
  }
}
