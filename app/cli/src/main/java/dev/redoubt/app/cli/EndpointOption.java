package dev.redoubt.app.cli;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which endpoint of a description. */
final class EndpointOption {
  static final String NAME = "--endpoint";

  @Option(
      names = NAME,
      paramLabel = "NAME",
      description = "Which endpoint, where the description has several.")
  @Nullable String name;

  /**
   * The endpoint that a name means, or the only one.
   *
   * @throws UsageException when there is no such, or no name and several
   */
  Endpoint of(AiSystem system, Path from) {
    String named = name;
    List<Endpoint> all =
        system.components().stream()
            .filter(Endpoint.class::isInstance)
            .map(Endpoint.class::cast)
            .toList();
    List<Endpoint> fit = all.stream().filter(e -> named == null || e.name().equals(named)).toList();
    if (fit.size() == 1) {
      return fit.getFirst();
    }
    String known = all.stream().map(Endpoint::name).collect(Collectors.joining(", "));
    throw new UsageException(
        all.isEmpty()
            ? from + ": has no endpoint; add a component of type endpoint"
            : named == null
                ? from + ": has several endpoints; name one with --endpoint: " + known
                : from + ": has no endpoint '" + named + "'; it has " + known);
  }
}
