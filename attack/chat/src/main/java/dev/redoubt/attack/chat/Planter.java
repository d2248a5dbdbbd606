package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Plant;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Puts a text where the system under test reads it, as an outsider would. */
final class Planter {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http;
  private final Plant plant;
  private final URI endpoint;

  Planter(HttpClient http, Plant plant, URI endpoint) {
    this.http = http;
    this.plant = plant;
    this.endpoint = endpoint;
  }

  /** A text that was not taken. The message is one line. */
  static final class PlantFailed extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;

    PlantFailed(String message, int status, @Nullable Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /**
   * Plants.
   *
   * @param text what to plant
   * @param headers of the account that plants; sent only to the endpoint's own origin, since they
   *     hold its credentials
   */
  void plant(Wording.PlantedText text, Map<String, String> headers)
      throws PlantFailed, InterruptedException {
    try {
      URI url = URI.create(plant.url());
      var request =
          HttpRequest.newBuilder(url)
              .timeout(PATIENCE)
              .setHeader("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body(text)));
      if (origin(url).equals(origin(endpoint))) {
        headers.forEach(request::setHeader);
      }
      HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
      if (response.statusCode() / 100 != 2) {
        throw new PlantFailed(
            "the text could not be planted: " + plant.url() + ": HTTP " + response.statusCode(),
            response.statusCode(),
            null);
      }
    } catch (IOException e) {
      throw new PlantFailed(
          "the text could not be planted: " + plant.url() + ": not reached", 0, e);
    } catch (IllegalArgumentException e) {
      throw new PlantFailed(
          "the text could not be planted: " + plant.url() + " is no address", 0, e);
    }
  }

  private String body(Wording.PlantedText text) {
    return plant
        .body()
        .replace("{{subject}}", inner(text.subject()))
        .replace("{{text}}", inner(text.whole()));
  }

  /** A text escaped as JSON, without the quotes that the template has already. */
  private static String inner(String text) {
    String quoted = JsonMapper.shared().writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String origin(URI uri) {
    return (uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort()).toLowerCase(Locale.ROOT);
  }
}
