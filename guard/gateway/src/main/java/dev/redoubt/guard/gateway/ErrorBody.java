package dev.redoubt.guard.gateway;

import tools.jackson.databind.json.JsonMapper;

/** Errors as OpenAI clients read them. */
final class ErrorBody {
  private static final JsonMapper JSON = JsonMapper.shared();

  private ErrorBody() {}

  /**
   * Writes {@code {"error": {…}}}.
   *
   * @param status the HTTP status
   * @param message one line without content
   */
  static byte[] of(int status, String message) {
    var body = JSON.createObjectNode();
    body.putObject("error")
        .put("message", message)
        .put("type", status < 500 ? "invalid_request_error" : "gateway_error")
        .put("code", status);
    return JSON.writeValueAsBytes(body);
  }
}
