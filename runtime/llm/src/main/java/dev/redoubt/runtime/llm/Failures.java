package dev.redoubt.runtime.llm;

import dev.redoubt.runtime.llm.ChatException.Kind;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong on the way to an endpoint. */
final class Failures {
  private Failures() {}

  /** An address for messages: without user, query and fragment, which may hold secrets. */
  static String place(URI uri) {
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + uri.getPath();
  }

  static ChatException timeout(URI uri, Duration limit) {
    return new ChatException(
        Kind.TIMEOUT, place(uri) + ": no answer in " + seconds(limit) + " (time-out)");
  }

  /** What an exception of the transport means. */
  static ChatException transport(URI uri, Throwable failure, Duration connectTimeout) {
    var place = place(uri);
    return switch (failure) {
      case ChatException known ->
          new ChatException(
              known.kind(),
              known.status(),
              known.retryAfter().orElse(null),
              place + ": " + known.getMessage(),
              known);
      case HttpConnectTimeoutException e ->
          new ChatException(
              Kind.UNREACHABLE,
              place + ": no connection in " + seconds(connectTimeout) + ": is the address right?",
              e);
      case HttpTimeoutException e ->
          new ChatException(Kind.TIMEOUT, place + ": no answer in time (time-out)", e);
      case ConnectException e when e.getCause() instanceof UnresolvedAddressException ->
          new ChatException(
              Kind.UNREACHABLE, place + ": the host name " + uri.getHost() + " is not known", e);
      case ConnectException e ->
          new ChatException(
              Kind.UNREACHABLE, place + ": connection refused: is it running, on that port?", e);
      case SSLException e ->
          new ChatException(
              Kind.UNREACHABLE, place + ": no TLS: " + OpenAiJson.oneLine(e.getMessage()), e);
      case ProtocolException e ->
          new ChatException(
              Kind.BAD_REPLY,
              place + ": does not answer in HTTP: " + OpenAiJson.oneLine(e.getMessage()),
              e);
      default ->
          new ChatException(
              Kind.RESET,
              place
                  + ": the connection broke before the reply was whole"
                  + (failure.getMessage() == null
                      ? ""
                      : " (" + OpenAiJson.oneLine(failure.getMessage()) + ")"),
              failure);
    };
  }

  /** What a status other than success means. */
  static ChatException status(
      URI uri, int status, HttpHeaders headers, byte[] body, BoundedHttp.Hints hints) {
    var wait = retryAfter(headers, Instant.now());
    var meaning =
        switch (status) {
          case 400, 422 -> "the endpoint does not take the request";
          case 401 -> "the key is missing or wrong";
          case 403 -> "this key may not do that";
          case 404 -> hints.notFound();
          case 405 -> hints.notAllowed();
          case 413 -> "the request is too large for the endpoint";
          case 429 -> wait == null ? "too many calls" : "too many calls, wait " + seconds(wait);
          default -> {
            if (status >= 300 && status < 400) {
              yield "it redirects to "
                  + OpenAiJson.oneLine(headers.firstValue("location").orElse("nowhere"))
                  + ": give that address";
            }
            yield status >= 500 ? "the endpoint failed" : "not understood";
          }
        };
    var said = said(body);
    var location = headers.firstValue("location").orElse("");
    return new ChatException(
        status == 429 ? Kind.RATE_LIMITED : Kind.STATUS,
        status,
        wait,
        place(uri)
            + ": HTTP "
            + status
            + ": "
            + meaning
            + (said.isEmpty() ? "" : " (" + said + ")"),
        null,
        status / 100 == 3 && !location.isEmpty() ? location : null);
  }

  /** A body that should have been JSON. */
  static ChatException notJson(URI uri, byte[] body, BoundedHttp.Hints hints) {
    return new ChatException(
        Kind.NOT_JSON,
        place(uri)
            + (isGzip(body)
                ? ": a compressed reply, which was not asked for"
                : looksLikeHtml(body)
                    ? ": a web page instead of JSON: " + hints.webPage()
                    : body.length == 0
                        ? ": an empty reply instead of JSON"
                        : ": no JSON (it starts with \"" + start(body) + "\")"));
  }

  private static String said(byte[] body) {
    if (body.length == 0) {
      return "";
    }
    if (looksLikeHtml(body)) {
      return "a web page, no JSON";
    }
    return OpenAiJson.readError(body).orElseGet(() -> start(body));
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 1 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
  }

  private static boolean looksLikeHtml(byte[] body) {
    return start(body).strip().startsWith("<");
  }

  private static String start(byte[] body) {
    return OpenAiJson.oneLine(
        new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8));
  }

  static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
    var millis = headers.firstValue("retry-after-ms").orElse("").strip();
    if (millis.matches("\\d{1,9}")) {
      return Duration.ofMillis(Long.parseLong(millis));
    }
    var value = headers.firstValue("retry-after").orElse("").strip();
    if (value.matches("\\d{1,9}(\\.\\d{1,6})?")) {
      return Duration.ofMillis((long) (Double.parseDouble(value) * 1000));
    }
    if (value.isEmpty()) {
      return null;
    }
    try {
      var date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return date.isBefore(now) ? Duration.ZERO : Duration.between(now, date);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0
        ? time.toSeconds() + " s"
        : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }
}
