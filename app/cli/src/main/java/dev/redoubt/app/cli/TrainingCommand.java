package dev.redoubt.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the launcher runs after a build, so that later starts find these classes loaded and linked:
 * the short commands, or, for a cache of its own since a larger one starts slower, a small campaign
 * against an endpoint on loopback.
 */
@Command(name = "training", hidden = true)
final class TrainingCommand implements Callable<Integer> {
  private static final byte[] REPLY =
      """
      {"id":"t","object":"chat.completion","created":1,"model":"t","choices":[{"index":0,\
      "message":{"role":"assistant","content":"I can't help with that, I'm sorry."},\
      "finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """
          .getBytes(StandardCharsets.UTF_8);

  @Option(names = "--campaign")
  boolean campaign;

  @Override
  public Integer call() throws IOException {
    return campaign ? campaign() : shortCommands();
  }

  private static int shortCommands() throws IOException {
    Path folder = Files.createTempDirectory("redoubt-training");
    try {
      // A pickle of an empty list.
      Path plain = Files.write(folder.resolve("a.pkl"), new byte[] {(byte) 0x80, 4, ']', '.'});
      return run(
          new String[][] {
            {"--help"},
            {"rules", "list"},
            {"attack", "chat", "--help"},
            {"inspect", "artifact", plain.toString()},
            {"inspect", "artifact", "--format", "json", plain.toString()},
            {"--version"}
          });
    } finally {
      delete(folder);
    }
  }

  private static int campaign() throws IOException {
    Path folder = Files.createTempDirectory("redoubt-training");
    System.setProperty(Workspace.PROPERTY, folder.toString());
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      endpoint.setExecutor(threads);
      endpoint.createContext("/", TrainingCommand::answer);
      endpoint.start();
      String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/v1";
      String json = folder.resolve("training.json").toString();
      return run(
          new String[][] {
            {
              "attack",
              "chat",
              "--url",
              url,
              "--objective",
              "secret-leak",
              "--fact",
              "TRAINING=hq7-vw2lm9zr4tb8",
              "--repetitions",
              "40",
              "--concurrency",
              "8",
              "--json",
              json
            },
            {"report", "--out", folder.toString()}
          });
    } finally {
      endpoint.stop(0);
      delete(folder);
    }
  }

  private static int run(String[][] commands) {
    for (String[] args : commands) {
      CommandLine line = Main.commandLine();
      line.setOut(new PrintWriter(Writer.nullWriter()));
      line.setErr(new PrintWriter(Writer.nullWriter()));
      int code = line.execute(args);
      if (code != ExitCode.OK) {
        return code;
      }
    }
    return ExitCode.OK;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, REPLY.length);
      exchange.getResponseBody().write(REPLY);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
