package dev.redoubt.core;

import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.Component.GroundTruth;
import dev.redoubt.core.Component.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a system as {@code redoubt.yaml}; what it writes, {@link SystemReader} reads back. */
final class SystemWriter {
  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> variables;

  /**
   * @param variables names of variables, to be written in the place of header values that are
   *     theirs
   */
  SystemWriter(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  String write(AiSystem system) {
    out.append("redoubt: 1\n");
    text(0, "name", system.name());
    optional(0, "purpose", system.purpose());
    optional(0, "owner", system.owner());
    AiSystem.Business business = system.business();
    if (business != null) {
      line(0, "business:");
      line(2, "records: " + business.records());
      line(2, "revenueAtStake: " + business.revenueAtStake());
      text(2, "currency", business.currency());
    }
    line(0, "components:");
    for (Component component : system.components()) {
      out.append("  - name: ").append(YamlText.of(component.name())).append('\n');
      component(component);
    }
    if (!system.flows().isEmpty()) {
      line(0, "flows:");
      for (AiSystem.DataFlow flow : system.flows()) {
        out.append("  - from: ").append(YamlText.of(flow.from())).append('\n');
        text(4, "to", flow.to());
        text(4, "data", flow.data());
        optional(4, "boundary", flow.boundary());
      }
    }
    return out.toString();
  }

  private void component(Component component) {
    switch (component) {
      case Endpoint e -> endpoint(e);
      case Component.ModelArtifact m -> {
        path("model", m.path());
        optional(4, "source", m.source());
      }
      case Component.Dataset d -> path("dataset", d.path());
      case Component.Codebase c -> path("codebase", c.path());
      case Component.Pipeline p -> path("pipeline", p.path());
      case Component.Deployment d -> path("deployment", d.path());
      case Component.DataStore d -> {
        line(4, "type: datastore");
        text(4, "holds", d.holds());
      }
      case Component.Tool t -> {
        line(4, "type: tool");
        line(4, "acts: " + t.acts());
        if (!t.limits().isEmpty()) {
          line(4, "limits:");
          t.limits().forEach((k, v) -> line(6, YamlText.of(k) + ": " + v));
        }
      }
      case Component.Actor a -> {
        line(4, "type: actor");
        line(4, "trusted: " + a.trusted());
      }
    }
  }

  private void path(String type, String path) {
    line(4, "type: " + type);
    text(4, "path", path);
  }

  private void endpoint(Endpoint endpoint) {
    line(4, "type: endpoint");
    optional(4, "url", endpoint.url());
    optional(4, "model", endpoint.model());
    headers(4, endpoint.headers()).forEach(this::line);
    new AccessWriter(this::headers).write(endpoint.access(), endpoint.price()).forEach(this::line);
    if (!endpoint.identities().isEmpty()) {
      line(4, "identities:");
      endpoint.identities().forEach(this::identity);
    }
    if (!endpoint.context().isEmpty()) {
      line(4, "context:");
      endpoint.context().forEach((k, v) -> text(6, YamlText.of(k), v));
    }
    if (!endpoint.groundTruth().equals(GroundTruth.NONE)) {
      groundTruth(endpoint.groundTruth());
    }
  }

  private List<String> headers(int indent, Map<String, String> headers) {
    return values(indent, "headers", headers);
  }

  private List<String> values(int indent, String key, Map<String, String> values) {
    var lines = new ArrayList<String>();
    if (!values.isEmpty()) {
      lines.add(" ".repeat(indent) + key + ":");
      values.forEach((k, v) ->
          lines.add(" ".repeat(indent + 2) + YamlText.of(k) + ": " + YamlText.of(headerValue(v))));
    }
    return lines;
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
    out.append("      - name: ").append(YamlText.of(identity.name())).append('\n');
    headers(8, identity.headers()).forEach(this::line);
    Component.Login login = identity.login();
    if (login != null) {
      line(8, "login:");
      text(10, "url", login.url());
      optional(10, "body", EnvironmentText.literal(login.body()));
      values(10, "form", login.form()).forEach(this::line);
      optional(10, "token", login.token());
      optional(10, "cookie", login.cookie());
      values(10, "use", login.use()).forEach(this::line);
    }
  }

  private void groundTruth(GroundTruth truth) {
    line(4, "groundTruth:");
    if (!truth.facts().isEmpty()) {
      line(6, "facts:");
      for (PlantedFact fact : truth.facts()) {
        out.append("        - name: ").append(YamlText.of(fact.name())).append('\n');
        text(10, "value", fact.value());
        line(10, "kind: " + fact.kind().name().toLowerCase(Locale.ROOT));
        optional(10, "owner", fact.owner());
      }
    }
    optional(6, "factsFile", truth.factsFile());
    optional(6, "documentsFile", truth.documentsFile());
    optional(6, "ledgerFile", truth.ledgerFile());
    optional(6, "sinkUrl", truth.sinkUrl());
    Component.Plant plant = truth.plant();
    if (plant != null) {
      line(6, "plant:");
      text(8, "url", plant.url());
      text(8, "body", plant.body());
    }
  }

  private void optional(int indent, String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text(indent, key, value);
    }
  }

  private void text(int indent, String key, String value) {
    line(indent, key + ": " + YamlText.of(value));
  }

  private void line(int indent, String text) {
    line(" ".repeat(indent) + text);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
