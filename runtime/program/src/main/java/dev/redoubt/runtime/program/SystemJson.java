package dev.redoubt.runtime.program;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * A system as an assessor sees it: no headers, no log-ins, no ground truth, so that a program gets
 * no credential that it was not given by its own environment.
 */
final class SystemJson {
  private SystemJson() {}

  static ObjectNode of(AiSystem system) {
    ObjectNode node =
        Json.object()
            .put("name", system.name())
            .put("purpose", system.purpose())
            .put("owner", system.owner());
    var components = node.putArray("components");
    for (Component component : system.components()) {
      ObjectNode part =
          components.addObject().put("name", component.name()).put("type", component.type());
      part.putObject("location")
          .put("file", component.location().file())
          .put("line", component.location().line());
      describe(component, part);
    }
    var flows = node.putArray("flows");
    for (AiSystem.DataFlow flow : system.flows()) {
      flows
          .addObject()
          .put("from", flow.from())
          .put("to", flow.to())
          .put("data", flow.data())
          .put("boundary", flow.boundary());
    }
    return node;
  }

  private static void describe(Component component, ObjectNode part) {
    switch (component) {
      case Component.ModelArtifact c -> part.put("path", c.path()).put("source", c.source());
      case Component.Dataset c -> part.put("path", c.path());
      case Component.Codebase c -> part.put("path", c.path());
      case Component.Pipeline c -> part.put("path", c.path());
      case Component.Deployment c -> part.put("path", c.path());
      case Component.DataStore c -> part.put("holds", c.holds());
      case Component.Actor c -> part.put("trusted", c.trusted());
      case Component.Tool c -> {
        ObjectNode limits = part.put("acts", c.acts()).putObject("limits");
        c.limits().forEach(limits::put);
      }
      case Component.Endpoint c -> {
        part.put("url", c.url()).put("model", c.model());
        var identities = part.putArray("identities");
        c.identities().forEach(identity -> identities.add(identity.name()));
        ObjectNode context = part.putObject("context");
        c.context().forEach(context::put);
      }
    }
  }
}
