package dev.redoubt.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.gateway.Gateway;
import dev.redoubt.guard.gateway.GatewayConfig;
import dev.redoubt.testkit.StubEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A template that was written, and runs: its server, its guard, and the worst model behind them.
 */
final class TemplateRig implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String SEED = "20260";

  private final Path folder;
  private final StubEndpoint model = StubEndpoint.builder().script(ObedientModel::answer).start();
  private Process server;
  private Gateway front;

  /** Writes a template. */
  TemplateRig(String template, Path folder) {
    this.folder = folder;
    Cli run = Cli.run(folder, "init", "--template", template, "--seed", SEED, folder.toString());
    assertThat(run.code()).as(run.err()).isZero();
  }

  Path folder() {
    return folder;
  }

  StubEndpoint model() {
    return model;
  }

  /** Changes one place of a file: how somebody takes a control out. */
  TemplateRig with(String file, String before, String after) throws IOException {
    Path path = folder.resolve(file);
    String text = Files.readString(path);
    assertThat(text).as(file).containsOnlyOnce(before);
    Files.writeString(path, text.replace(before, after));
    return this;
  }

  /** Starts everything as its test.sh does, on free ports. */
  TemplateRig start() throws IOException {
    Map<String, String> variables = variables();
    var builder = new ProcessBuilder(JAVA, "-XX:TieredStopAtLevel=1", "server/Server.java");
    builder.directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(variables);
    builder.environment().put("PORT", "0");
    builder.environment().put("MODEL_URL", model.baseUrl().toString());
    server = builder.start();
    int port = port();
    front =
        Gateway.start(
            GatewayConfig.onLoopback(
                Guard.load(folder.resolve("guard.yaml")),
                URI.create("http://127.0.0.1:" + port + "/v1"),
                Place.FRONT,
                event -> {}));
    Path description = folder.resolve("redoubt.yaml");
    String text =
        Files.readString(description)
            .replace("http://127.0.0.1:9090", "http://127.0.0.1:" + front.baseUrl().getPort());
    for (var variable : variables.entrySet()) {
      text = text.replace("${" + variable.getKey() + "}", variable.getValue());
    }
    Files.writeString(description, text);
    return this;
  }

  private int port() throws IOException {
    var output = new StringBuilder();
    BufferedReader reader = server.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      Matcher matcher = LISTENING.matcher(line);
      if (matcher.find()) {
        Thread.startVirtualThread(() -> drain(reader));
        return Integer.parseInt(matcher.group(1));
      }
      output.append(line).append('\n');
    }
    throw new IllegalStateException("the server did not start:\n" + output);
  }

  private static void drain(BufferedReader reader) {
    try (reader) {
      while (reader.readLine() != null) {
        // A full pipe would stop the server.
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private Map<String, String> variables() throws IOException {
    Map<String, String> variables = new HashMap<>();
    for (String line : Files.readAllLines(folder.resolve("test.env"))) {
      int equals = line.indexOf('=');
      if (!line.startsWith("#") && equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }

  /** Runs our own assessment. */
  Cli assess() {
    return Cli.run(
        folder,
        "assess",
        folder.resolve("redoubt.yaml").toString(),
        "--seed",
        "7",
        "--out",
        folder.resolve("redoubt-report").toString());
  }

  /** Rules of the findings. */
  List<String> found() throws IOException {
    return StreamSupport.stream(report().path("findings").spliterator(), false)
        .map(finding -> finding.path("ruleId").asString())
        .toList();
  }

  /** Objectives that got a verdict. */
  Set<String> judged() throws IOException {
    return StreamSupport.stream(report().path("attempts").spliterator(), false)
        .filter(attempt -> !attempt.path("outcome").asString().equalsIgnoreCase("unassessed"))
        .map(attempt -> attempt.path("objective").asString())
        .collect(Collectors.toSet());
  }

  /** Runs a source file of the template to its end; gives its exit code. */
  int java(String... args) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(JAVA, "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(args));
    return run(new ProcessBuilder(command));
  }

  /** Runs fetch-model.sh on a file. */
  int fetch(Path source) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("./fetch-model.sh");
    builder.environment().put("MODEL_SOURCE", "file://" + source);
    return run(builder);
  }

  private int run(ProcessBuilder builder) throws IOException, InterruptedException {
    Path log = folder.resolve("run.log");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start()
        .waitFor();
  }

  static String sha256(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** What the assessment wrote. */
  private JsonNode report() throws IOException {
    return JsonMapper.shared()
        .readTree(Files.readString(folder.resolve("redoubt-report/assessment.json")));
  }

  @Override
  public void close() {
    if (front != null) {
      front.close();
    }
    if (server != null) {
      server.destroyForcibly();
      try {
        server.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    model.close();
  }
}
