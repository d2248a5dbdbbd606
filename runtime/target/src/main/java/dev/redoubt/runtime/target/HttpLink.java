package dev.redoubt.runtime.target;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.BoundedHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way to an endpoint: its address, its headers and its bounds. Thread-safe. */
final class HttpLink implements AutoCloseable {
  private static final BoundedHttp.Hints HINTS =
      new BoundedHttp.Hints(
          "nothing there: check url and protocol of the endpoint",
          "it takes no such request there: check url, protocol and method",
          "check url and protocol of the endpoint, or log in first");

  private final Endpoint endpoint;
  private final BoundedHttp http;

  HttpLink(Endpoint endpoint, TargetSettings settings) {
    this.endpoint = endpoint;
    this.http = new BoundedHttp(limits(settings), HINTS);
  }

  static BoundedHttp.Limits limits(TargetSettings settings) {
    return new BoundedHttp.Limits(
        settings.connectTimeout(),
        settings.timeout(),
        settings.timeout(),
        settings.maxReplyBytes());
  }

  /** The address of an endpoint. */
  static URI address(Endpoint endpoint, Set<String> schemes, String example) {
    try {
      var uri = URI.create(endpoint.url());
      if (uri.getHost() != null && schemes.contains(String.valueOf(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw noAddress(endpoint, example, e);
    }
    throw noAddress(endpoint, example, null);
  }

  private static UsageException noAddress(
      Endpoint endpoint, String example, @Nullable IllegalArgumentException cause) {
    var message =
        endpoint.location()
            + ": "
            + endpoint.name()
            + ": '"
            + endpoint.url()
            + "' is no address; write "
            + example;
    return cause == null ? new UsageException(message) : new UsageException(message, cause);
  }

  URI base() {
    return address(endpoint, Set.of("http", "https", "HTTP", "HTTPS"), "http://host:port");
  }

  /** A request with the endpoint's headers; those of the call win. */
  HttpRequest.Builder request(URI uri, Map<String, String> ofTheCall) {
    var request = HttpRequest.newBuilder(uri);
    endpoint.headers().forEach((name, value) -> BoundedHttp.header(request, name, value));
    ofTheCall.forEach((name, value) -> BoundedHttp.header(request, name, value));
    return request;
  }

  <T> T exchange(HttpRequest request, BoundedHttp.Reader<T> reader) throws InterruptedException {
    return http.exchange(request, BoundedHttp.SUCCESS, reader);
  }

  @Override
  public void close() {
    http.close();
  }
}
