package dev.redoubt.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What outsiders send to a {@link WeakAssistant}: tickets, pages, mails, results of tools as JSON,
 * and files in a form. Their texts are taken out as such systems do it: a PDF by PDFBox, a DOCX
 * from its main part, HTML with all that it holds. On loopback.
 */
public final class WeakInbox implements AutoCloseable {
  private static final Pattern LETTERS = Pattern.compile("\\p{L}{4,}");
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[\\w/-]+");
  private static final Pattern FILE = Pattern.compile("filename=\"([^\"]+)\"");

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> texts = new CopyOnWriteArrayList<>();

  WeakInbox() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.setExecutor(executor);
    server.start();
  }

  /** An address that takes what is posted to it. */
  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + path);
  }

  /** Everything that was taken, oldest first. */
  public List<String> texts() {
    return List.copyOf(texts);
  }

  /** What a question is about: the page that it names, else the newest text that is close to it. */
  String about(String question) {
    Matcher address = ADDRESS.matcher(question);
    if (address.find()) {
      return fetched(URI.create(address.group()));
    }
    List<String> words = words(question);
    return texts.reversed().stream()
        .filter(text -> words(text).stream().filter(words::contains).distinct().count() >= 3)
        .findFirst()
        .orElse("");
  }

  private static List<String> words(String text) {
    return LETTERS.matcher(text.toLowerCase(Locale.ROOT)).results().map(m -> m.group()).toList();
  }

  private static String fetched(URI address) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return unescaped(
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
      if (type.startsWith("multipart/form-data; boundary=")) {
        form(body, type.substring(type.indexOf('=') + 1));
      } else {
        JsonNode json = JsonMapper.shared().readTree(body);
        texts.add(
            json.properties().stream()
                .map(f -> f.getValue().asString(""))
                .reduce("", (a, b) -> a + "\n" + b));
      }
      exchange.sendResponseHeaders(201, -1);
    }
  }

  private void form(byte[] body, String boundary) throws IOException {
    // Bytes as letters, so that a file comes out as it went in.
    String raw = new String(body, StandardCharsets.ISO_8859_1);
    for (String part : raw.split(Pattern.quote("--" + boundary), -1)) {
      int blank = part.indexOf("\r\n\r\n");
      Matcher file = FILE.matcher(part);
      if (blank > 0 && file.find()) {
        byte[] value =
            part.substring(blank + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
        texts.add(extracted(file.group(1), value));
      }
    }
  }

  /** The text of a file, by the ending of its name. */
  public static String extracted(String name, byte[] file) throws IOException {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "pdf" -> {
        try (PDDocument document = Loader.loadPDF(file)) {
          // Lines of a page break anywhere, and a reader reads on.
          yield new PDFTextStripper().getText(document).replaceAll("\\R", " ");
        }
      }
      case "docx" -> words(file);
      case "html" -> unescaped(new String(file, StandardCharsets.UTF_8));
      default -> new String(file, StandardCharsets.UTF_8);
    };
  }

  private static String words(byte[] file) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals("word/document.xml")) {
          String xml = new String(zip.readAllBytes(), StandardCharsets.UTF_8);
          var out = new ArrayList<String>();
          Pattern.compile("<w:t[^>]*>([^<]*)</w:t>")
              .matcher(xml)
              .results()
              .forEach(m -> out.add(unescaped(m.group(1))));
          return String.join("\n", out);
        }
      }
    }
    return "";
  }

  private static String unescaped(String markup) {
    return markup
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }

  @Override
  public void close() {
    server.stop(0);
    executor.close();
  }
}
