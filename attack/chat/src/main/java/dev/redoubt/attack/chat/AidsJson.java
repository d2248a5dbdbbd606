package dev.redoubt.attack.chat;

import dev.redoubt.runtime.program.ProgramProbe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@link Aids} as a part of a {@link PassFile}. */
final class AidsJson {
  private AidsJson() {}

  static void write(Aids aids, ObjectNode out) {
    ModelChoice attacker = aids.attacker();
    if (attacker != null) {
      write(attacker, out.putObject("attacker"));
    }
    ModelJudge model = aids.model();
    if (model != null) {
      out.set("modelJudge", model.json());
    }
    if (!aids.judges().isEmpty()) {
      var judges = out.putArray("judges");
      aids.judges().forEach(judge -> write(judge, judges.addObject()));
    }
    if (!aids.probers().isEmpty()) {
      var probers = out.putArray("probers");
      aids.probers().forEach(prober -> write(prober, probers.addObject()));
      var probes = out.putArray("probes");
      for (Aids.Probe probe : aids.probes()) {
        ObjectNode node =
            probes
                .addObject()
                .put("prober", probe.prober())
                .put("objective", probe.probe().objective())
                .put("name", probe.probe().name())
                .put("adaptive", probe.probe().adaptive());
        probe.probe().turns().forEach(node.putArray("turns")::add);
      }
      var silent = out.putArray("silent");
      for (Aids.Silence silence : aids.silent()) {
        silent
            .addObject()
            .put("prober", silence.prober())
            .put("objective", silence.objective())
            .put("reason", silence.reason());
      }
    }
  }

  private static void write(ModelChoice model, ObjectNode out) {
    out.put("where", model.where())
        .put("model", model.model())
        .put("keyVariable", model.keyVariable());
  }

  private static void write(ProgramChoice program, ObjectNode out) {
    program.command().forEach(out.putArray("command")::add);
    out.put("folder", program.folder().toAbsolutePath().normalize().toString());
    program.objectives().forEach(out.putArray("objectives")::add);
  }

  static Aids read(JsonNode in) {
    if (!in.isObject()) {
      return Aids.NONE;
    }
    var probers = new ArrayList<ProgramChoice>();
    in.path("probers").forEach(node -> probers.add(program(node)));
    var probes = new ArrayList<Aids.Probe>();
    for (JsonNode node : in.path("probes")) {
      probes.add(
          new Aids.Probe(
              node.path("prober").asInt(0),
              new ProgramProbe(
                  node.path("objective").asString(""),
                  node.path("name").asString(""),
                  texts(node.path("turns")),
                  node.path("adaptive").asBoolean(false))));
    }
    var judges = new ArrayList<ProgramChoice>();
    in.path("judges").forEach(node -> judges.add(program(node)));
    var silent = new ArrayList<Aids.Silence>();
    for (JsonNode node : in.path("silent")) {
      silent.add(
          new Aids.Silence(
              node.path("prober").asInt(0),
              node.path("objective").asString(""),
              node.path("reason").asString("")));
    }
    return new Aids(
        model(in.path("attacker")),
        judges,
        probers,
        probes,
        silent,
        in.path("modelJudge").isObject() ? ModelJudge.of(in.path("modelJudge")) : null);
  }

  private static @Nullable ModelChoice model(JsonNode node) {
    return node.isObject()
        ? new ModelChoice(
            node.path("where").asString(""),
            node.path("model").isString() ? node.path("model").asString() : null,
            node.path("keyVariable").asString(""))
        : null;
  }

  private static ProgramChoice program(JsonNode node) {
    return new ProgramChoice(
        texts(node.path("command")),
        Path.of(node.path("folder").asString("")),
        texts(node.path("objectives")));
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(item -> texts.add(item.asString("")));
    return texts;
  }
}
