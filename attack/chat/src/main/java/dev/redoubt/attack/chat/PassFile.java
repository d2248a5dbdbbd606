package dev.redoubt.attack.chat;

import dev.redoubt.core.Limits;
import dev.redoubt.core.OwnWords;
import dev.redoubt.core.TargetUnreachableException;
import dev.redoubt.core.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pass was asked to do, so that it can be resumed. Holds no header, key or token: those come
 * from the description of the system when the run goes on.
 *
 * @param spec what was asked for
 * @param component name of the endpoint
 * @param system its description; absent when there is none on disk
 * @param sinkPort port of the attacker's sink, so that a resumed run sends the same words
 */
record PassFile(CampaignSpec spec, String component, @Nullable Path system, int sinkPort) {

  void write(RunFolder folder) {
    ObjectNode node = JsonMapper.shared().createObjectNode();
    node.put("component", component)
        .put("system", system == null ? null : relative(folder, system))
        .put("sinkPort", sinkPort);
    ObjectNode out =
        node.putObject("spec")
            .put("pass", spec.pass())
            .put("repetitions", spec.repetitions())
            .put("wordings", spec.wordings().name().toLowerCase(Locale.ROOT))
            .put("seed", spec.seed())
            .put("temperature", spec.temperature())
            .put("concurrency", spec.concurrency())
            .put("stopWidth", spec.stopWidth())
            .put("timeoutMillis", spec.timeout().toMillis())
            .put("maxTokens", spec.maxTokens())
            .put("population", spec.population())
            .put("ownWords", spec.ownWords().word());
    limits(out.putObject("limits"), spec.limits());
    spec.objectives().forEach(out.putArray("objectives")::add);
    spec.techniques().forEach(out.putArray("techniques")::add);
    AidsJson.write(spec.aids(), out.putObject("aids"));
    Path file = folder.passFile(spec.pass());
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(fresh, node.toPrettyString() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TargetUnreachableException(
          file + ": can't be written (" + e.getMessage() + "); free space or mend permissions", e);
    }
  }

  /** A description inside the run's folder moves with it. */
  private static String relative(RunFolder folder, Path system) {
    Path base = folder.path().toAbsolutePath().normalize();
    Path file = system.toAbsolutePath().normalize();
    return file.startsWith(base) ? base.relativize(file).toString() : file.toString();
  }

  static PassFile read(RunFolder folder, String pass) {
    Path file = folder.passFile(pass);
    try {
      JsonNode node = JsonMapper.shared().readTree(Files.readAllBytes(file));
      JsonNode in = node.path("spec");
      JsonNode system = node.path("system");
      JsonNode tokens = in.path("maxTokens");
      return new PassFile(
          new CampaignSpec(
              in.path("pass").asString(""),
              texts(in.path("objectives")),
              texts(in.path("techniques")),
              in.path("repetitions").asInt(0),
              WordingSet.valueOf(in.path("wordings").asString("first").toUpperCase(Locale.ROOT)),
              in.path("seed").asLong(0),
              in.path("temperature").asDouble(0),
              in.path("concurrency").asInt(0),
              limits(in),
              in.path("stopWidth").isNumber() ? in.path("stopWidth").asDouble() : null,
              Duration.ofMillis(in.path("timeoutMillis").asLong(0)),
              tokens.isNumber() ? tokens.asInt() : null,
              AidsJson.read(in.path("aids")),
              in.path("population").asInt(0),
              OwnWords.valueOf(in.path("ownWords").asString("off").toUpperCase(Locale.ROOT))),
          node.path("component").asString(""),
          system.isString() ? folder.path().resolve(system.asString()) : null,
          node.path("sinkPort").asInt(0));
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "run '" + folder.id() + "' has no pass '" + pass + "'; it has " + folder.passes(), e);
    } catch (IOException e) {
      throw new TargetUnreachableException(file + ": can't be read (" + e.getMessage() + ")", e);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new UsageException(file + ": is damaged; start a new run", e);
    }
  }

  private static void limits(ObjectNode out, Limits limits) {
    out.put("calls", limits.calls()).put("tokens", limits.tokens()).put("cost", limits.cost());
    Duration time = limits.time();
    out.put("millis", time == null ? null : time.toMillis());
  }

  /** A file of an earlier version has a limit of calls and no other. */
  private static Limits limits(JsonNode spec) {
    JsonNode in = spec.path("limits");
    if (!in.isObject()) {
      return Limits.ofCalls(spec.path("maxCalls").asInt(0));
    }
    return new Limits(
        in.path("calls").asInt(0),
        in.path("tokens").asLong(0),
        in.path("cost").isNumber() ? in.path("cost").asDouble() : null,
        in.path("millis").isNumber() ? Duration.ofMillis(in.path("millis").asLong()) : null);
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    for (JsonNode item : array) {
      texts.add(item.asString(""));
    }
    return texts;
  }
}
