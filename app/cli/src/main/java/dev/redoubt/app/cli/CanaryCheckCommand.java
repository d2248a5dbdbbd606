package dev.redoubt.app.cli;

import dev.redoubt.core.AiSystem;
import dev.redoubt.core.Component;
import dev.redoubt.core.FactsFile;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import dev.redoubt.detect.FactMatch;
import dev.redoubt.detect.FactMatcher;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check",
    description = "Say which planted values stand in a text, whatever disguise they come in.",
    footer = {
      "",
      "Examples:",
      "  redoubt canary check --facts canaries/facts.txt answer.txt",
      "  redoubt canary check --system redoubt.yaml - < access.log",
      "",
      "Exit codes: 0 none is there; 1 one is there; 2 wrong usage; 3 unreadable."
    })
final class CanaryCheckCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--facts", paramLabel = "FILE", description = "NAME=VALUE lines to look for.")
  @Nullable Path facts;

  @Option(
      names = "--system",
      paramLabel = "redoubt.yaml",
      description =
          "Look for the facts of its endpoints. Default: redoubt.yaml of this folder, when --facts is absent.")
  @Nullable Path system;

  @Option(names = "--json", description = "Print what was found as JSON.")
  boolean json;

  @Parameters(
      paramLabel = "TEXT|-|FILE",
      description =
          "The text; - reads standard input; the name of an existing file reads that file.")
  String text = "";

  @Override
  public Integer call() throws IOException {
    Set<PlantedFact> wanted = wanted();
    if (wanted.isEmpty()) {
      throw new UsageException(
          "no planted fact to look for: make some with 'redoubt canary create'");
    }
    String content = TextArgument.read(text, spec.commandLine().getErr());
    List<FactMatch> matches = FactMatcher.of(wanted).find(content);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(
          Json.pretty(
              Map.of(
                  "lookedFor",
                  wanted.size(),
                  "found",
                  matches.stream().map(CanaryCheckCommand::asMap).toList())));
    } else {
      matches.forEach(match -> out.println(line(match)));
      long found = matches.stream().map(FactMatch::fact).distinct().count();
      out.println(found + " of " + wanted.size() + " canaries are in the text");
    }
    return matches.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private Set<PlantedFact> wanted() {
    if (facts != null && system != null) {
      throw new UsageException("--facts and --system: give one of them");
    }
    if (facts != null) {
      return new LinkedHashSet<>(FactsFile.read(facts, List.of()));
    }
    Path file = system;
    if (file == null) {
      Path here = Workspace.here().base();
      if (!RedoubtYaml.existsIn(here)) {
        throw new UsageException("what to look for? give --facts FILE or --system redoubt.yaml");
      }
      file = here.resolve(RedoubtYaml.FILE_NAME);
    }
    return ofSystem(file);
  }

  private static Set<PlantedFact> ofSystem(Path file) {
    AiSystem described = RedoubtYaml.read(file);
    Path base = Workspace.of(file).base();
    Set<PlantedFact> all = new LinkedHashSet<>();
    for (Component component : described.components()) {
      if (component instanceof Component.Endpoint endpoint) {
        all.addAll(endpoint.groundTruth().facts());
        String name = endpoint.groundTruth().factsFile();
        if (name != null) {
          List<String> identities =
              endpoint.identities().stream().map(Component.Identity::name).toList();
          all.addAll(FactsFile.read(base.resolve(name), identities));
        }
      }
    }
    return all;
  }

  /** Never the value: what is printed ends in logs. */
  private static String line(FactMatch match) {
    return "%s (%s%s), %s, at %d-%d"
        .formatted(
            Words.safe(match.fact().name(), 80),
            match.fact().kind().name().toLowerCase(Locale.ROOT),
            match.fact().owner() == null ? "" : " of " + Words.safe(match.fact().owner(), 80),
            match.encoding(),
            match.start(),
            match.end());
  }

  private static Map<String, Object> asMap(FactMatch match) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("fact", match.fact().name());
    map.put("kind", match.fact().kind().name().toLowerCase(Locale.ROOT));
    if (match.fact().owner() != null) {
      map.put("owner", match.fact().owner());
    }
    map.put("encoding", match.encoding());
    map.put("start", match.start());
    map.put("end", match.end());
    return map;
  }
}
