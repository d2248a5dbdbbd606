package dev.redoubt.attack.chat;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.RedoubtYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a target down as a {@code redoubt.yaml}, as those have it who resume or repeat a run. */
final class Described {
  private Described() {}

  /** The same target, described in a file of the folder. */
  static Target target(Target target, Path folder) throws IOException {
    var parts = new ArrayList<Component>(target.tools());
    parts.add(target.endpoint());
    var system = new AiSystem("Acme", "help", "me", null, parts, List.of());
    Path yaml = Files.writeString(folder.resolve("redoubt.yaml"), RedoubtYaml.format(system));
    AiSystem read = RedoubtYaml.read(yaml, Map.of());
    return Target.described(read, (Endpoint) read.component(target.name()).orElseThrow(), yaml);
  }
}
