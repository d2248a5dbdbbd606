package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Plant;
import dev.redoubt.core.GroundTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Puts a text where the system under test reads it, as an outsider would. */
final class Planter {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Stands in no text: a text that held it would be refused by the form's own rules. */
  private static final String BOUNDARY = "redoubt-4f1c7a9d2e8b6035";

  private final HttpClient http;
  private final GroundTruth truth;
  private final URI endpoint;
  private final @Nullable SinkServer sink;

  /**
   * @param endpoint whose origin gets the account's headers
   * @param sink holds the pages that the run itself serves; absent where there is none
   */
  Planter(HttpClient http, GroundTruth truth, URI endpoint, @Nullable SinkServer sink) {
    this.http = http;
    this.truth = truth;
    this.endpoint = endpoint;
    this.sink = sink;
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
   * @param text what to plant, and how
   * @param token that of the attempt, by which its page is found
   * @param headers of the account that plants; sent only to the endpoint's own origin, since they
   *     hold its credentials
   */
  void plant(Wording.PlantedText text, String token, Map<String, String> headers)
      throws PlantFailed, InterruptedException {
    String channel = text.way().channel();
    Plant plant =
        truth
            .plant(channel)
            .orElseThrow(() ->
                failed("no channel '" + channel + "': add groundTruth.plants." + channel, 0, null));
    try {
      if (!plant.served()) {
        post(plant, text, headers);
      } else if (sink != null) {
        sink.put(LateWords.pagePath(token), HiddenText.of(text));
      } else {
        throw failed("the run has no server of its own for the page", 0, null);
      }
    } catch (HiddenText.Unwritable e) {
      throw failed(String.valueOf(e.getMessage()), 0, e);
    } catch (IOException e) {
      throw failed(plant.url() + ": not reached", 0, e);
    } catch (IllegalArgumentException e) {
      throw failed(plant.url() + " is no address", 0, e);
    }
  }

  private void post(Plant plant, Wording.PlantedText text, Map<String, String> headers)
      throws PlantFailed, HiddenText.Unwritable, IOException, InterruptedException {
    URI url = URI.create(plant.url());
    boolean form = !plant.parts().isEmpty();
    BodyPublisher body =
        form
            ? BodyPublishers.ofByteArray(multipart(plant, text))
            : BodyPublishers.ofString(json(plant, text));
    var request = HttpRequest.newBuilder(url).timeout(PATIENCE).POST(body);
    if (Origin.same(url, endpoint)) {
      headers.forEach(request::setHeader);
    }
    request.setHeader(
        "Content-Type", form ? "multipart/form-data; boundary=" + BOUNDARY : "application/json");
    HttpResponse<Void> response = http.send(request.build(), BodyHandlers.discarding());
    if (response.statusCode() / 100 != 2) {
      throw failed(plant.url() + ": HTTP " + response.statusCode(), response.statusCode(), null);
    }
  }

  private static PlantFailed failed(String why, int status, @Nullable Throwable cause) {
    return new PlantFailed("the text could not be planted: " + why, status, cause);
  }

  private static String json(Plant plant, Wording.PlantedText text) {
    return filled(plant.body(), inner(text.subject()), inner(text.whole()));
  }

  /** A form as RFC 7578 describes it. */
  private static byte[] multipart(Plant plant, Wording.PlantedText text)
      throws HiddenText.Unwritable, IOException {
    var out = new ByteArrayOutputStream();
    for (Plant.Part part : plant.parts()) {
      String file = part.file();
      boolean carries = part.value().contains("{{text}}");
      // A file that carries the text is made from it; any other holds its value.
      byte[] value =
          file != null && carries
              ? HiddenText.of(text)
              : filled(part.value(), text.subject(), text.whole()).getBytes(StandardCharsets.UTF_8);
      PlantWay.Form form = carries ? text.way().form() : PlantWay.Form.PLAIN;
      String head =
          "--"
              + BOUNDARY
              + "\r\nContent-Disposition: form-data; name=\""
              + quoted(part.name())
              + "\"";
      if (file != null) {
        head +=
            "; filename=\""
                + quoted(
                    file.replace("{{format}}", form.ending().isEmpty() ? "txt" : form.ending()))
                + "\"\r\nContent-Type: "
                + HiddenText.mediaType(form);
      }
      out.writeBytes((head + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(value);
      out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** A name between quotes of a header, as browsers write it. */
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String filled(String template, String subject, String text) {
    return template.replace("{{subject}}", subject).replace("{{text}}", text);
  }

  /** A text escaped as JSON, without the quotes that the template has already. */
  private static String inner(String text) {
    String quoted = JsonMapper.shared().writeValueAsString(text);
    return quoted.substring(1, quoted.length() - 1);
  }
}
