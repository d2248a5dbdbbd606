package dev.redoubt.runtime.llm;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client of an OpenAI-compatible endpoint. Thread-safe; meant for many virtual threads at once.
 *
 * <p>What comes back is bounded in bytes and in time, streamed or not. Redirects are not followed:
 * they would carry keys to other hosts.
 */
public final class OpenAiClient implements ChatModel {
  private final URI endpoint;
  private final Map<String, String> headers;
  private final @Nullable String model;
  private final int maxReplyBytes;
  private final RetryPolicy retries;
  private final Pace pace;
  private final BoundedHttp http;
  private final LongAdder calls = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder promptTokens = new LongAdder();
  private final LongAdder completionTokens = new LongAdder();

  private OpenAiClient(Builder builder) {
    this.endpoint = builder.endpoint;
    this.headers = Map.copyOf(builder.headers);
    this.model = builder.model;
    this.retries = builder.retries;
    this.pace = new Pace(builder.callsPerSecond);
    this.maxReplyBytes = builder.maxReplyBytes;
    this.http =
        new BoundedHttp(
            new BoundedHttp.Limits(
                builder.connectTimeout,
                builder.requestTimeout,
                builder.idleTimeout,
                builder.maxReplyBytes),
            BoundedHttp.Hints.OPENAI);
  }

  /**
   * Starts to describe a client.
   *
   * @param base what OpenAI clients call the base address, {@code http://127.0.0.1:8080/v1}
   * @throws UsageException where the address is none
   */
  public static Builder builder(URI base) {
    return new Builder(base);
  }

  @Override
  public ChatReply chat(ChatRequest request) throws InterruptedException {
    return chat(request, Map.of());
  }

  /**
   * Asks with headers of this call's own, an identity's for example.
   *
   * @throws ChatException where there is no reply
   * @throws UsageException where a header can't be sent
   */
  public ChatReply chat(ChatRequest request, Map<String, String> extraHeaders)
      throws InterruptedException {
    return call(request, extraHeaders, null);
  }

  @Override
  public ChatReply stream(ChatRequest request, Consumer<String> onText)
      throws InterruptedException {
    return stream(request, Map.of(), onText);
  }

  /**
   * Asks for a stream with headers of this call's own.
   *
   * @throws ChatException where there is no whole reply
   * @throws UsageException where a header can't be sent
   */
  public ChatReply stream(
      ChatRequest request, Map<String, String> extraHeaders, Consumer<String> onText)
      throws InterruptedException {
    return call(request, extraHeaders, onText);
  }

  /** What was done so far. */
  public ClientStats stats() {
    return new ClientStats(
        calls.sum(), sent.sum(), failed.sum(), promptTokens.sum(), completionTokens.sum());
  }

  /** Where calls go. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    http.close();
  }

  private ChatReply call(
      ChatRequest request, Map<String, String> extraHeaders, @Nullable Consumer<String> onText)
      throws InterruptedException {
    calls.increment();
    var named = request.model() == null ? request.withModel(model) : request;
    var message = message(OpenAiJson.writeRequest(named, onText != null), extraHeaders);
    var delivery = onText == null ? null : new Delivery(onText);
    int failures = 0;
    int refusals = 0;
    var paused = Duration.ZERO;
    while (true) {
      pace.await();
      sent.increment();
      try {
        var reply = once(message, named, delivery);
        promptTokens.add(reply.usage().prompt());
        completionTokens.add(reply.usage().completion());
        return reply;
      } catch (ChatException e) {
        boolean limited = e.kind() == ChatException.Kind.RATE_LIMITED;
        int count = limited ? ++refusals : ++failures;
        var pause = retries.pause(e, count, paused);
        // What was handed on can't be taken back, so a stream that has begun is not begun again.
        if (pause.isEmpty() || (delivery != null && delivery.begun)) {
          failed.increment();
          throw e;
        }
        if (limited) {
          pace.hold(pause.get());
        } else {
          paused = paused.plus(pause.get());
          Thread.sleep(pause.get());
        }
      }
    }
  }

  /** Hands text on, and remembers that it did. */
  private static final class Delivery {
    private final Consumer<String> onText;
    private boolean begun;

    Delivery(Consumer<String> onText) {
      this.onText = onText;
    }

    void text(@Nullable String text) {
      if (text != null && !text.isEmpty()) {
        begun = true;
        onText.accept(text);
      }
    }
  }

  private HttpRequest message(byte[] body, Map<String, String> extraHeaders) {
    var message =
        HttpRequest.newBuilder(endpoint)
            .POST(BodyPublishers.ofByteArray(body))
            .setHeader("Content-Type", "application/json")
            .setHeader("Accept", "application/json, text/event-stream");
    headers.forEach(message::setHeader);
    extraHeaders.forEach((name, value) -> BoundedHttp.header(message, name, value));
    return message.build();
  }

  private ChatReply once(HttpRequest message, ChatRequest request, @Nullable Delivery delivery)
      throws InterruptedException {
    return http.exchange(
        message,
        BoundedHttp.SUCCESS,
        (response, in) -> {
          var type = response.headers().firstValue("content-type").orElse("");
          return type.toLowerCase(Locale.ROOT).contains("event-stream")
              ? readStream(in, request, delivery)
              : readWhole(in.readAllBytes(), request, delivery);
        });
  }

  private ChatReply readWhole(byte[] body, ChatRequest request, @Nullable Delivery delivery) {
    try {
      var reply = OpenAiJson.readReply(body);
      if (delivery != null) {
        delivery.text(reply.text());
      }
      return reply.model().isEmpty()
          ? new ChatReply(reply.message(), reply.finishReason(), reply.usage(), name(request))
          : reply;
    } catch (ChatException e) {
      throw e.kind() == ChatException.Kind.NOT_JSON ? http.notJson(endpoint, body) : e;
    }
  }

  private ChatReply readStream(InputStream in, ChatRequest request, @Nullable Delivery delivery)
      throws IOException {
    var events = new SseReader(in, maxReplyBytes);
    var assembler = new StreamAssembler();
    while (true) {
      var data = events.next();
      if (data == null) {
        // Some endpoints end without [DONE]; without a finish reason the reply is not whole.
        if (!assembler.finished()) {
          throw new ChatException(
              ChatException.Kind.RESET, "the stream broke off before the reply was whole");
        }
        break;
      }
      var event = OpenAiJson.readChunk(data);
      if (event.isEmpty()) {
        break;
      }
      assembler.add(event.get());
      if (delivery != null) {
        delivery.text(event.get().text());
      }
    }
    return assembler.reply(name(request));
  }

  private static String name(ChatRequest request) {
    return request.model() == null ? "" : request.model();
  }

  /** Describes a client. */
  public static final class Builder {
    private final URI endpoint;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private @Nullable String model;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration requestTimeout = Duration.ofSeconds(60);
    private Duration idleTimeout = Duration.ofSeconds(30);
    private int maxReplyBytes = 4 * 1024 * 1024;
    private RetryPolicy retries = RetryPolicy.QUICK;
    private double callsPerSecond;

    private Builder(URI base) {
      var scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
        throw new UsageException(
            "\"" + base + "\" is no address of an endpoint: write http://host:port/v1");
      }
      var path = base.getPath() == null ? "" : base.getPath().replaceAll("/+$", "");
      this.endpoint =
          path.endsWith("/chat/completions")
              ? base
              : URI.create(scheme + "://" + base.getRawAuthority() + path + "/chat/completions");
    }

    /**
     * Sends a header with every call.
     *
     * @throws UsageException where it can't be sent
     */
    public Builder header(String name, String value) {
      BoundedHttp.header(HttpRequest.newBuilder(endpoint), name, value);
      headers.put(name, value);
      return this;
    }

    /**
     * Sends headers with every call.
     *
     * @throws UsageException where one can't be sent
     */
    public Builder headers(Map<String, String> all) {
      all.forEach(this::header);
      return this;
    }

    /** Sends {@code Authorization: Bearer key}. */
    public Builder apiKey(String key) {
      return header("Authorization", "Bearer " + key);
    }

    /** Names the model where a request does not. */
    public Builder model(@Nullable String name) {
      model = name;
      return this;
    }

    /** Waits at most so long for a connection; 5 seconds if not said. */
    public Builder connectTimeout(Duration limit) {
      connectTimeout = limit;
      return this;
    }

    /** Waits at most so long for a whole reply; 60 seconds if not said. */
    public Builder requestTimeout(Duration limit) {
      requestTimeout = limit;
      return this;
    }

    /** Waits at most so long for the next bytes of a reply; 30 seconds if not said. */
    public Builder idleTimeout(Duration limit) {
      idleTimeout = limit;
      return this;
    }

    /** Takes at most so many bytes of a reply; 4 MiB if not said. */
    public Builder maxReplyBytes(int limit) {
      maxReplyBytes = limit;
      return this;
    }

    /** Sends failed calls again; {@link RetryPolicy#QUICK} if not said. */
    public Builder retries(RetryPolicy policy) {
      retries = policy;
      return this;
    }

    /** Sends at most so many requests a second; 0, no limit, if not said. */
    public Builder callsPerSecond(double limit) {
      callsPerSecond = limit;
      return this;
    }

    /** Makes the client. */
    public OpenAiClient build() {
      return new OpenAiClient(this);
    }
  }
}
