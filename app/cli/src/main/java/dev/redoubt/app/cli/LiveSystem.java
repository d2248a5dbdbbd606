package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.AiSystem;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.Start;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A described system, with the sample running that its description asks for. */
final class LiveSystem implements AutoCloseable {
  /** Keeps whose model a sample ran on, so that a resumed run has the same target. */
  private static final String MODEL_FILE = "sample-model.json";

  private final AiSystem system;
  private final Map<String, String> environment;
  private final @Nullable SampleSystem sample;

  private LiveSystem(
      AiSystem system, Map<String, String> environment, @Nullable SampleSystem sample) {
    this.system = system;
    this.environment = environment;
    this.sample = sample;
  }

  /**
   * Reads a description, and starts what it asks for.
   *
   * @param environment what <code>${NAME}</code> stands for there
   * @param modelUrl a model for the sample instead of the local one
   * @throws dev.redoubt.core.UsageException when the description is wrong; nothing is started then
   */
  static LiveSystem open(
      Path file, Map<String, String> environment, @Nullable URI modelUrl, PrintWriter err)
      throws InterruptedException {
    Optional<Start> start = RedoubtYaml.start(file);
    if (start.isEmpty()) {
      return new LiveSystem(RedoubtYaml.read(file, environment), environment, null);
    }
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(SampleSystem.environment(start.get()));
    // Problems are told before a model is loaded.
    AiSystem system = RedoubtYaml.read(file, all);
    return new LiveSystem(
        system, all, SampleSystem.open(start.get(), Workspace.of(file).base(), modelUrl, err));
  }

  /** Opens the system of an earlier run as it was then. */
  static LiveSystem of(RunFolder folder, PrintWriter err) throws InterruptedException {
    return open(
        folder.description(), RunCredentials.of(folder).environment(), modelUrl(folder), err);
  }

  /** The description of an earlier run, with nothing started. */
  static LiveSystem still(RunFolder folder) {
    Path file = folder.description();
    Map<String, String> all = new HashMap<>(RunCredentials.of(folder).environment());
    RedoubtYaml.start(file).map(SampleSystem::environment).ifPresent(all::putAll);
    return new LiveSystem(RedoubtYaml.read(file, all), all, null);
  }

  /** Keeps which model a sample runs on. */
  static void keepModel(RunFolder folder, @Nullable URI modelUrl) {
    if (modelUrl != null) {
      AtomicFiles.write(
          folder.path().resolve(MODEL_FILE), Json.line(Map.of("url", modelUrl.toString())) + "\n");
    }
  }

  private static @Nullable URI modelUrl(RunFolder folder) {
    Path file = folder.path().resolve(MODEL_FILE);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return URI.create(
          JsonMapper.shared().readTree(Files.readAllBytes(file)).path("url").asString(""));
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw new TargetUnreachableException(file + ": can't be read; start a new run", e);
    }
  }

  AiSystem system() {
    return system;
  }

  /** What the variables of the description stand for. */
  Map<String, String> environment() {
    return environment;
  }

  @Override
  public void close() {
    if (sample != null) {
      sample.close();
    }
  }
}
