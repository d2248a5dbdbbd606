package dev.redoubt.app.cli;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How an operator talks to a running gateway about what waits for a yes or no. */
final class GuardDecide {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{1,64}");
  private static final int LONGEST_TOKEN = 4_096;

  @Option(
      names = "--gateway",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9090",
      description = "Where 'redoubt guard serve' listens. Default: ${DEFAULT-VALUE}.")
  String gateway = "";

  @Option(
      names = "--operator-token",
      required = true,
      paramLabel = "FILE",
      description = "The file that 'redoubt guard serve --operator-token FILE' was given.")
  Path token = Path.of("");

  /** Sends a decision; gives what the gateway says of it. */
  HttpResponse<String> decide(String id, boolean approve) throws IOException {
    String plain = id.strip().toLowerCase(Locale.ROOT);
    if (!ID.matcher(plain).matches()) {
      throw new UsageException(
          "ID: '" + Words.safe(id, 80) + "' is none; copy it from the event or the list");
    }
    return send("POST", "/" + plain + (approve ? "/approve" : "/deny"));
  }

  /** Lists what waits, as the gateway writes it. */
  HttpResponse<String> list() throws IOException {
    return send("GET", "");
  }

  /** Reads a token file. */
  static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII).strip();
      if (text.length() < 16) {
        throw new UsageException(
            "--operator-token: " + file + " holds no token; delete it and start the gateway again");
      }
      return text;
    }
  }

  private HttpResponse<String> send(String method, String path) throws IOException {
    URI base = base();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      var request =
          HttpRequest.newBuilder(base.resolve("/redoubt/confirmations" + path))
              .timeout(Duration.ofSeconds(30))
              .header("X-Redoubt-Operator", read(token))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (java.nio.file.NoSuchFileException missing) {
      throw new UsageException("--operator-token: " + token + " does not exist", missing);
    } catch (IOException unreachable) {
      throw new TargetUnreachableException(
          "--gateway: " + base + " can't be reached; is 'redoubt guard serve' running there?",
          unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TargetUnreachableException("--gateway: " + base + ": interrupted", stopped);
    }
  }

  private URI base() {
    try {
      URI uri = URI.create(gateway);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UsageException(
        "--gateway: '" + Words.safe(gateway, 80) + "' is no URL; write http://HOST:PORT");
  }
}
