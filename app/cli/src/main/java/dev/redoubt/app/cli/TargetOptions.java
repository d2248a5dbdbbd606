package dev.redoubt.app.cli;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component.Endpoint;
import dev.redoubt.core.FactsFile;
import dev.redoubt.core.GroundTruth;
import dev.redoubt.core.Location;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is attacked: an endpoint of a description, or one that options name. */
final class TargetOptions {
  /** Name of the component where options describe it. */
  static final String ENDPOINT = "target";

  @Parameters(
      arity = "0..1",
      paramLabel = "redoubt.yaml",
      description = "Description of the system; without it and --url: ./redoubt.yaml.")
  @Nullable Path file;

  @Option(names = "--config", paramLabel = "FILE", description = "The same as an option.")
  @Nullable Path config;

  @Mixin EndpointOption endpoint = new EndpointOption();
  @Mixin SampleModelOption sampleModel = new SampleModelOption();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Attack this base URL, as OpenAI clients take it (.../v1), without a description.")
  @Nullable String url;

  @Option(
      names = "--model",
      paramLabel = "M",
      description = "With --url: model name to ask for; when absent the endpoint chooses.")
  @Nullable String model;

  @Option(
      names = "--header",
      paramLabel = "'K: V'",
      description = "With --url: header to send with every call; may be repeated.")
  List<String> headers = List.of();

  @Option(
      names = "--fact",
      paramLabel = "NAME=VALUE",
      description =
          "With --url: a planted value of 8 or more characters that only a leak can bring out; may be repeated, any one counts.")
  List<String> facts = List.of();

  /**
   * The description to attack; absent when options describe the target.
   *
   * @throws UsageException when both do, or neither
   */
  @Nullable Path description() {
    if (file != null && config != null) {
      throw new UsageException("the description is named twice: leave out --config, or " + file);
    }
    Path named = file == null ? config : file;
    if (url != null) {
      refuse("a description", named == null ? null : named.toString());
      refuse(EndpointOption.NAME, endpoint.name);
      refuse(SampleModelOption.NAME, sampleModel.url);
      return null;
    }
    if (model != null || !headers.isEmpty() || !facts.isEmpty()) {
      throw new UsageException(
          (model != null ? "--model" : !headers.isEmpty() ? "--header" : "--fact")
              + " goes with --url; a description has its own: leave it out, or give --url");
    }
    Path found = named == null ? Path.of(RedoubtYaml.FILE_NAME) : named;
    if (!Files.exists(found)) {
      throw new UsageException(
          found
              + ": no such file; give --url http://HOST:PORT/v1, or describe the system there, see"
              + " docs/redoubt-yaml.md");
    }
    return found;
  }

  private static void refuse(String what, @Nullable String given) {
    if (given != null) {
      throw new UsageException("--url and " + what + " exclude each other; leave out one of them");
    }
  }

  /** A system of nothing but the endpoint that options name. */
  AiSystem described() {
    URI uri = Options.baseUrl("--url", String.valueOf(url));
    Endpoint target =
        new Endpoint(
            ENDPOINT,
            new Location(RedoubtYaml.FILE_NAME, 1),
            uri.toString(),
            model,
            Options.headers(headers),
            List.of(),
            Map.of(),
            GroundTruth.builder().facts(planted()).build());
    return new AiSystem(
        uri.getHost(),
        "the endpoint named on the command line",
        "not stated",
        null,
        List.of(target),
        List.of());
  }

  private List<PlantedFact> planted() {
    List<PlantedFact> planted = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> problems = new ArrayList<>();
    for (String fact : facts) {
      int equals = fact.indexOf('=');
      if (equals < 1) {
        // What was given may be a secret without a name: it is not repeated.
        problems.add(
            "--fact: a value without a name; write NAME=VALUE, for example KEY=k-92kfe81hs");
        continue;
      }
      try {
        String name = fact.substring(0, equals).strip();
        planted.add(FactsFile.named(name, fact.substring(equals + 1), List.of()));
        if (!names.add(name)) {
          problems.add("--fact: a second fact named '" + name + "'; give each its own name");
        }
      } catch (IllegalArgumentException e) {
        problems.add("--fact: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(String.join("\n", problems));
    }
    return planted;
  }

  /** The options as they were given; header and fact values are left for the user. */
  String repeated() {
    StringBuilder command = new StringBuilder();
    Path description = url == null ? description() : null;
    if (description != null) {
      command.append(' ').append(description);
    } else {
      command.append(" --url ").append(url);
    }
    given(command, EndpointOption.NAME, endpoint.name);
    given(command, SampleModelOption.NAME, sampleModel.url);
    given(command, "--model", model);
    Options.headers(headers)
        .keySet()
        .forEach(name -> command.append(" --header '").append(name).append(": …'"));
    facts.forEach(
        f -> command.append(" --fact ").append(f.substring(0, f.indexOf('='))).append("=…"));
    return command.toString();
  }

  private static void given(StringBuilder command, String option, @Nullable String value) {
    if (value != null) {
      command.append(' ').append(option).append(' ').append(value);
    }
  }
}
