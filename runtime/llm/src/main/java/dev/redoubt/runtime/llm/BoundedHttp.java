package dev.redoubt.runtime.llm;

import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/**
 * HTTP with a party that may mean harm: replies are bounded in bytes and in time, streamed or not,
 * and whatever goes wrong is a {@link ChatException} of one line. Redirects are not followed: they
 * would carry keys to other hosts. Thread-safe; meant for many virtual threads at once.
 *
 * @since 0.1.0
 */
public final class BoundedHttp implements AutoCloseable {
  private static final int MOST_ERROR_BYTES = 16 * 1024;

  /** Success as HTTP has it: 200 to 299. */
  public static final IntPredicate SUCCESS = status -> status / 100 == 2;

  /**
   * How much patience there is.
   *
   * @param connect longest wait for a connection
   * @param request longest wait for a whole reply
   * @param idle longest wait for the next bytes of a reply
   * @param replyBytes most bytes of a reply
   */
  public record Limits(Duration connect, Duration request, Duration idle, int replyBytes) {}

  /**
   * What to say to whoever gave the wrong address.
   *
   * @param notFound about status 404
   * @param notAllowed about status 405
   * @param webPage about a web page
   */
  public record Hints(String notFound, String notAllowed, String webPage) {
    /** For an OpenAI-compatible base address. */
    public static final Hints OPENAI =
        new Hints(
            "nothing there: the base address ends in /v1, or the model has another name",
            "no chat completions there: the base address ends in /v1",
            "the base address of an OpenAI-compatible API ends in /v1");
  }

  /** Reads a reply that came with success. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Makes something of a reply; it need not be read to its end.
     *
     * @throws IOException where the connection breaks
     */
    T read(HttpResponse<?> head, InputStream body) throws IOException;
  }

  private final Limits limits;
  private final Hints hints;
  private final HttpClient http;
  private final ExecutorService executor;

  /** Makes a client; it keeps connections open until it is closed. */
  public BoundedHttp(Limits limits, Hints hints) {
    this.limits = limits;
    this.hints = hints;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.connect())
            .executor(executor)
            .build();
  }

  /**
   * Sends a request, once, and reads its reply.
   *
   * @param success which status is success
   * @throws ChatException where there is no whole reply
   */
  public <T> T exchange(HttpRequest request, IntPredicate success, Reader<T> reader)
      throws InterruptedException {
    URI place = request.uri();
    long deadline = System.nanoTime() + limits.request().toNanos();
    var response = send(request, deadline);
    var intake = response.body();
    try (var in = intake.in(deadline, limits.idle().toNanos(), limits.replyBytes())) {
      if (!success.test(response.statusCode())) {
        throw Failures.status(
            place, response.statusCode(), response.headers(), readError(in, intake), hints);
      }
      T result = reader.read(response, in);
      intake.finish();
      return result;
    } catch (InterruptedIOException e) {
      intake.cancel();
      Thread.interrupted();
      throw new InterruptedException(e.getMessage());
    } catch (IOException e) {
      intake.cancel();
      throw Failures.transport(
          place, e.getCause() instanceof IOException cause ? cause : e, limits.connect());
    } catch (ChatException e) {
      intake.cancel();
      throw e.getMessage().startsWith("http") ? e : Failures.transport(place, e, limits.connect());
    } catch (RuntimeException | Error e) {
      // The consumer of the text gave up.
      intake.cancel();
      throw e;
    }
  }

  /** What a body means that should have been JSON. */
  public ChatException notJson(URI place, byte[] body) {
    return Failures.notJson(place, body, hints);
  }

  /** An address for messages: without user, query and fragment, which may hold secrets. */
  public static String place(URI uri) {
    return Failures.place(uri);
  }

  /**
   * Sets a header.
   *
   * @throws UsageException where it can't be sent; the value may be a key and is not repeated
   */
  public static void header(HttpRequest.Builder request, String name, String value) {
    try {
      request.setHeader(name, value);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "header " + OpenAiJson.oneLine(name) + ": this name or value can't be sent", e);
    }
  }

  /** What a failure on the way to an address means. */
  public static ChatException failure(URI place, Throwable failure, Duration connectTimeout) {
    return Failures.transport(place, failure, connectTimeout);
  }

  /** Foreign text for a message: printable, on one line, short. */
  public static String oneLine(String text) {
    return OpenAiJson.oneLine(text);
  }

  /** The start of an error's body: whatever the body does, the status is what went wrong. */
  private static byte[] readError(InputStream in, Intake intake) throws IOException {
    try {
      var start = in.readNBytes(MOST_ERROR_BYTES);
      if (start.length == MOST_ERROR_BYTES) {
        intake.cancel();
      }
      return start;
    } catch (ChatException e) {
      intake.cancel();
      return new byte[0];
    }
  }

  private HttpResponse<Intake> send(HttpRequest request, long deadline)
      throws InterruptedException {
    var answer = http.sendAsync(request, _ -> new Intake());
    try {
      return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Failures.timeout(request.uri(), limits.request());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw Failures.transport(request.uri(), cause, limits.connect());
    }
  }

  @Override
  public void close() {
    http.close();
    executor.close();
  }
}
