package dev.redoubt.app.report.internal;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.Location;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the description of a system, without its addresses (a port may differ from run to run) and
 * without headers, log-ins and planted values.
 */
final class SystemJson {
  private SystemJson() {}

  static void write(AiSystem system, ObjectNode node) {
    node.put("name", system.name()).put("purpose", system.purpose()).put("owner", system.owner());
    AiSystem.Business business = system.business();
    if (business != null) {
      node.putObject("business")
          .put("records", business.records())
          .put("revenueAtStake", business.revenueAtStake())
          .put("currency", business.currency());
    }
    ArrayNode components = node.putArray("components");
    for (Component component : system.components()) {
      ObjectNode entry = components.addObject();
      entry.put("name", component.name()).put("type", component.type());
      location(component.location(), entry.putObject("location"));
    }
    ArrayNode flows = node.putArray("flows");
    for (AiSystem.DataFlow flow : system.flows()) {
      ObjectNode entry = flows.addObject();
      entry.put("from", flow.from()).put("to", flow.to()).put("data", flow.data());
      if (flow.boundary() != null) {
        entry.put("boundary", flow.boundary());
      }
    }
  }

  static void location(Location location, ObjectNode node) {
    node.put("file", location.file()).put("line", location.line());
  }
}
