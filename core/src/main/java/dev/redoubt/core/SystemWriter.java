package dev.redoubt.core;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.Identity;
import java.util.Map;

/** Writes a system as {@code redoubt.yaml}; what it writes, {@link SystemReader} reads back. */
final class SystemWriter {
  private final YamlOut out = new YamlOut();
  private final GroundTruthWriter truths = new GroundTruthWriter(out);
  private final Map<String, String> variables;

  /**
   * @param variables names of variables, to be written in the place of header values that are
   *     theirs
   */
  SystemWriter(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  String write(AiSystem system) {
    out.line(0, "redoubt: 1");
    out.text(0, "name", system.name());
    out.optional(0, "purpose", system.purpose());
    out.optional(0, "owner", system.owner());
    AiSystem.Business business = system.business();
    if (business != null) {
      out.line(0, "business:");
      out.line(2, "records: " + business.records());
      out.line(2, "revenueAtStake: " + business.revenueAtStake());
      out.text(2, "currency", business.currency());
    }
    out.line(0, "components:");
    for (Component component : system.components()) {
      out.item(2, "name", component.name());
      component(component);
    }
    if (!system.flows().isEmpty()) {
      out.line(0, "flows:");
      for (AiSystem.DataFlow flow : system.flows()) {
        out.item(2, "from", flow.from());
        out.text(4, "to", flow.to());
        out.text(4, "data", flow.data());
        out.optional(4, "boundary", flow.boundary());
      }
    }
    return out.toString();
  }

  private void component(Component component) {
    switch (component) {
      case Endpoint e -> endpoint(e);
      case Component.ModelArtifact m -> {
        path("model", m.path());
        out.optional(4, "source", m.source());
      }
      case Component.Dataset d -> path("dataset", d.path());
      case Component.Codebase c -> path("codebase", c.path());
      case Component.Pipeline p -> path("pipeline", p.path());
      case Component.Deployment d -> path("deployment", d.path());
      case Component.DataStore d -> {
        out.line(4, "type: datastore");
        out.text(4, "holds", d.holds());
      }
      case Component.Tool t -> {
        out.line(4, "type: tool");
        out.line(4, "acts: " + t.acts());
        if (!t.limits().isEmpty()) {
          out.line(4, "limits:");
          t.limits().forEach((k, v) -> out.line(6, YamlText.of(k) + ": " + v));
        }
        if (t.allowedFor() != null) {
          out.list(4, "allowedFor", t.allowedFor());
        }
        if (t.confirm()) {
          out.line(4, "confirm: true");
        }
        if (t.forbidden()) {
          out.line(4, "forbidden: true");
        }
      }
      case Component.Actor a -> {
        out.line(4, "type: actor");
        out.line(4, "trusted: " + a.trusted());
      }
    }
  }

  private void path(String type, String path) {
    out.line(4, "type: " + type);
    out.text(4, "path", path);
  }

  private void endpoint(Endpoint endpoint) {
    out.line(4, "type: endpoint");
    out.optional(4, "url", endpoint.url());
    out.optional(4, "model", endpoint.model());
    values(4, "headers", endpoint.headers());
    new AccessWriter(out, headers -> values(6, "headers", headers))
        .write(endpoint.access(), endpoint.price());
    if (!endpoint.identities().isEmpty()) {
      out.line(4, "identities:");
      endpoint.identities().forEach(this::identity);
    }
    if (!endpoint.context().isEmpty()) {
      out.line(4, "context:");
      endpoint.context().forEach((k, v) -> out.text(6, YamlText.of(k), v));
    }
    if (!endpoint.groundTruth().equals(GroundTruth.NONE)) {
      truths.write(endpoint.groundTruth());
    }
  }

  private void values(int indent, String key, Map<String, String> values) {
    if (!values.isEmpty()) {
      out.line(indent, key + ":");
      values.forEach((k, v) -> out.text(indent + 2, YamlText.of(k), headerValue(v)));
    }
  }

  private String headerValue(String value) {
    return variables.entrySet().stream()
        .filter(variable -> variable.getValue().equals(value))
        .map(variable -> "${" + variable.getKey() + "}")
        .sorted()
        .findFirst()
        .orElseGet(() -> EnvironmentText.literal(value));
  }

  private void identity(Identity identity) {
    out.item(6, "name", identity.name());
    values(8, "headers", identity.headers());
    Component.Login login = identity.login();
    if (login != null) {
      out.line(8, "login:");
      out.text(10, "url", login.url());
      out.optional(10, "body", EnvironmentText.literal(login.body()));
      values(10, "form", login.form());
      out.optional(10, "token", login.token());
      out.optional(10, "cookie", login.cookie());
      values(10, "use", login.use());
    }
    truths.sees(identity.sees());
  }
}
