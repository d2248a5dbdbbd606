package dev.redoubt.attack.chat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with a profile of its own that reaches at most one origin. It shows a bounded
 * number of answers, each in a context of its own, and is killed after one that failed.
 *
 * <p>What it opens is hostile. Its environment holds none of ours, names resolve to nothing, every
 * other connection is sent to a proxy that is not there, and it keeps its own sandbox unless it
 * runs as root, where Chromium has none.
 */
final class HeadlessBrowser implements AutoCloseable {
  /** What to say where there is none. */
  static final String MISSING =
      "no browser can show the answer: install Chromium, or name its executable in"
          + " REDOUBT_CHROMIUM";

  private static final Duration START = Duration.ofSeconds(30);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "chrome");
  private static final String LISTENING = "DevTools listening on ";

  /** The port of the discard service, at which nobody listens. */
  private static final String NO_PROXY_THERE = "http://127.0.0.1:9";

  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--remote-debugging-port=0",
          "--no-first-run",
          "--no-default-browser-check",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-extensions",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--block-new-web-contents",
          "--mute-audio",
          "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
          "--js-flags=--max-old-space-size=256",
          "--proxy-server=" + NO_PROXY_THERE);

  private final Process process;
  private final Path profile;
  private final DevTools tools;

  private HeadlessBrowser(Process process, Path profile, DevTools tools) {
    this.process = process;
    this.profile = profile;
    this.tools = tools;
  }

  /** Finds its executable: the one that {@code REDOUBT_CHROMIUM} names, else on the path. */
  static Optional<Path> find() {
    String named = System.getenv("REDOUBT_CHROMIUM");
    Stream<Path> candidates =
        named != null && !named.isEmpty()
            ? Stream.of(Path.of(named))
            : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return candidates.filter(Files::isRegularFile).filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts.
   *
   * @param reach the one origin that it may reach; null for none
   */
  static HeadlessBrowser start(Path executable, @Nullable URI reach)
      throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory("redoubt-browser");
    Process process = null;
    try {
      process = launch(executable, profile, reach);
      return new HeadlessBrowser(process, profile, DevTools.connect(address(process)));
    } catch (IOException | InterruptedException e) {
      if (process != null) {
        kill(process);
      }
      delete(profile);
      throw e;
    }
  }

  private static Process launch(Path executable, Path profile, @Nullable URI reach)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(executable.toString());
    command.addAll(FLAGS);
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--no-sandbox");
    }
    String host = reach == null ? "" : reach.getHost();
    command.add("--user-data-dir=" + profile);
    // Loopback would go past the proxy by itself, and other services of this machine are there.
    command.add(
        "--proxy-bypass-list=<-loopback>"
            + (reach == null ? "" : ";" + host + ":" + Origin.port(reach)));
    command.add(
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"
            + (reach == null ? "" : " , EXCLUDE " + host));
    command.add("about:blank");
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("HOME", profile.toString());
    builder.environment().put("TMPDIR", profile.toString());
    return builder
        .directory(profile.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Where it listens for us, which it says on its standard error. */
  private static URI address(Process process) throws IOException, InterruptedException {
    var said = new CompletableFuture<URI>();
    Thread.ofVirtual().name("browser-errors").start(() -> read(process, said));
    try {
      return said.get(START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause() == null ? "" : e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("it did not start in " + START.toSeconds() + " seconds", e);
    }
  }

  /** Reads to the end, or the browser would wait for us. */
  private static void read(Process process, CompletableFuture<URI> said) {
    String last = "no reason given";
    try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = errors.readLine(); line != null; line = errors.readLine()) {
        if (line.startsWith(LISTENING)) {
          said.complete(URI.create(line.substring(LISTENING.length()).strip()));
        } else if (!line.isBlank()) {
          last = line;
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      last = String.valueOf(e.getMessage());
    }
    said.completeExceptionally(new IOException("it ended at once: " + last));
  }

  DevTools tools() {
    return tools;
  }

  @Override
  public void close() {
    tools.close();
    kill(process);
    delete(profile);
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What its processes still write while they end may stay; it lies in the temporary folder. */
  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException stillInUse) {
      folder.toFile().deleteOnExit();
    }
  }
}
