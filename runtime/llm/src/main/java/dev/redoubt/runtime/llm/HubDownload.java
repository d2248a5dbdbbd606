package dev.redoubt.runtime.llm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches a file from a hub, from the byte on that is missing. */
final class HubDownload {
  private static final int MOST_BREAKS = 5;

  private final URI hub;
  private final Duration connectTimeout;
  private final Duration idleTimeout;

  HubDownload(URI hub, Duration connectTimeout, Duration idleTimeout) {
    this.hub = hub;
    this.connectTimeout = connectTimeout;
    this.idleTimeout = idleTimeout;
  }

  /**
   * Makes the partial file whole.
   *
   * @throws SourceException where the hub does not give it
   * @throws IOException where the file can't be written
   */
  void complete(ModelSource.Hub source, Path partial, long bytes, ProgressListener listener)
      throws SourceException, IOException, InterruptedException {
    var uri = URI.create(hub.toString().replaceAll("/+$", "") + source.path());
    try (var http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(connectTimeout)
            .build()) {
      int breaks = 0;
      while (true) {
        long before = size(partial);
        if (before == bytes) {
          return;
        }
        try {
          fetch(http, uri, partial, bytes, listener);
        } catch (ChatException e) {
          // Broken on the way: go on from there, as long as it comes forward.
          boolean moved = size(partial) > before;
          if (!moved || ++breaks > MOST_BREAKS) {
            throw new SourceException(e.getMessage(), e);
          }
        }
      }
    }
  }

  private void fetch(HttpClient http, URI uri, Path partial, long bytes, ProgressListener listener)
      throws SourceException, IOException, InterruptedException {
    long have = size(partial);
    if (have > bytes) {
      Files.delete(partial);
      have = 0;
    }
    var request = HttpRequest.newBuilder(uri).GET();
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    var response = send(http, uri, request.build());
    var intake = response.body();
    int status = response.statusCode();
    if (status == 416 && have > 0) {
      // What is here is no start of what is there.
      intake.cancel();
      Files.delete(partial);
      return;
    }
    if (status != 200 && status != 206) {
      intake.cancel();
      throw new SourceException(Failures.place(uri) + ": HTTP " + status);
    }
    var range = response.headers().firstValue("content-range").orElse("");
    boolean goesOn = status == 206 && range.startsWith("bytes " + have + "-");
    if (status == 206 && !goesOn) {
      intake.cancel();
      throw new SourceException(Failures.place(uri) + ": sends another range than asked for");
    }
    long start = goesOn ? have : 0;
    long forever = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
    try (var in = intake.in(forever, idleTimeout.toNanos(), Long.MAX_VALUE);
        var out =
            goesOn
                ? Files.newOutputStream(partial, StandardOpenOption.APPEND)
                : Files.newOutputStream(partial)) {
      copy(in, out, start, bytes, listener, uri);
    } finally {
      intake.cancel();
    }
  }

  private static void copy(
      InputStream in,
      java.io.OutputStream out,
      long start,
      long bytes,
      ProgressListener listener,
      URI uri)
      throws SourceException, IOException {
    var buffer = new byte[1 << 16];
    long done = start;
    while (true) {
      int count;
      try {
        count = in.read(buffer);
      } catch (IOException e) {
        throw Failures.transport(uri, e, Duration.ZERO);
      }
      if (count < 0) {
        if (done < bytes) {
          throw new ChatException(
              ChatException.Kind.RESET, Failures.place(uri) + ": broke off at byte " + done);
        }
        return;
      }
      done += count;
      if (done > bytes) {
        throw new SourceException(
            Failures.place(uri) + ": sends more than the " + bytes + " bytes of the model");
      }
      out.write(buffer, 0, count);
      listener.progress("from the model hub", done, bytes);
    }
  }

  private HttpResponse<Intake> send(HttpClient http, URI uri, HttpRequest request)
      throws InterruptedException {
    var answer = http.sendAsync(request, _ -> new Intake());
    try {
      return answer.get(connectTimeout.plus(idleTimeout).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw Failures.timeout(uri, idleTimeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw Failures.transport(uri, e.getCause() == null ? e : e.getCause(), connectTimeout);
    }
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
