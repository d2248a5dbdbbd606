package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.RunFolder;
import dev.redoubt.core.Limits;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.db.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run was, so that it can be replayed: {@code run.json} in its folder. Everything in a
 * report that the clock decides comes from here.
 *
 * @param kind {@code attack} or {@code assess}
 * @param command the command that does it again
 * @param started when it began
 * @param duration how long it took
 * @param seed its seed
 * @param limits what it could use up
 * @param description {@code redoubt.yaml} of an assessment; absent for an attack, which has its own
 */
record RunFile(
    String kind,
    String command,
    Instant started,
    Duration duration,
    long seed,
    Limits limits,
    @Nullable Path description) {
  private static final String NAME = "run.json";

  static final String ATTACK = "attack";
  static final String ASSESS = "assess";

  void write(RunFolder folder) {
    ObjectNode node =
        JsonMapper.shared()
            .createObjectNode()
            .put("kind", kind)
            .put("command", command)
            .put("started", started.toString())
            .put("millis", duration.toMillis())
            .put("seed", seed)
            .put("calls", limits.calls())
            .put("tokens", limits.tokens())
            .put("cost", limits.cost());
    Duration time = limits.time();
    node.put("minutesInMillis", time == null ? null : time.toMillis());
    node.put("description", description == null ? null : description.toString());
    AtomicFiles.write(folder.path().resolve(NAME), node.toPrettyString() + "\n");
  }

  /**
   * Reads that of a run.
   *
   * @throws UsageException when the run never came to its end, or the file is damaged
   */
  static RunFile read(RunFolder folder) {
    Path file = folder.path().resolve(NAME);
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
      JsonNode millis = node.path("minutesInMillis");
      JsonNode cost = node.path("cost");
      JsonNode description = node.path("description");
      return new RunFile(
          node.path("kind").asString(ATTACK),
          node.path("command").asString(""),
          Instant.parse(node.path("started").asString("")),
          Duration.ofMillis(node.path("millis").asLong(0)),
          node.path("seed").asLong(0),
          new Limits(
              node.path("calls").asInt(0),
              node.path("tokens").asLong(0),
              cost.isNumber() ? cost.asDouble() : null,
              millis.isNumber() ? Duration.ofMillis(millis.asLong()) : null),
          description.isString() ? Path.of(description.asString()) : null);
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "run '"
              + folder.id()
              + "' never came to its end; go on with it: redoubt attack resume "
              + folder.id(),
          e);
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be read: " + Words.ofIo(e), e);
    } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
      throw new UsageException(file + ": is damaged; start a new run", e);
    }
  }
}
