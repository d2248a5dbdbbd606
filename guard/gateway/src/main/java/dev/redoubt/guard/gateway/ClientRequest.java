package dev.redoubt.guard.gateway;

import org.jspecify.annotations.Nullable;

/** A request as the server received it. Takes the body as it is, without a copy. */
final class ClientRequest {
  private final String method;
  private final String path;
  private final @Nullable String query;
  private final HeaderList headers;
  private final byte[] body;

  /**
   * @param method such as {@code POST}
   * @param path path as sent
   * @param query raw query; absent when there is none
   * @param headers headers
   * @param body the body, empty for none
   */
  ClientRequest(
      String method, String path, @Nullable String query, HeaderList headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  @Nullable String query() {
    return query;
  }

  HeaderList headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }
}
