package dev.redoubt.app.cli;

import dev.redoubt.app.init.Answers;
import dev.redoubt.app.init.Draft;
import dev.redoubt.app.init.Interview;
import dev.redoubt.app.init.RedoubtFile;
import dev.redoubt.app.init.RepositoryScan;
import dev.redoubt.app.init.ScanLimits;
import dev.redoubt.app.init.Sighting;
import dev.redoubt.app.init.Survey;
import dev.redoubt.app.init.Template;
import dev.redoubt.core.RedoubtYaml;
import dev.redoubt.core.UsageException;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description =
        "Look around a repository, ask what it does not show, and write a commented redoubt.yaml; or write a secure reference architecture.",
    footer = {
      "",
      "Examples:",
      "  redoubt init",
      "  redoubt init shop --yes",
      "  redoubt init --template rag help-desk",
      "",
      "Nothing of the repository is run, no link is followed, and no value of a credential is copied."
    })
final class InitCommand implements Callable<Integer> {
  private static final int SHOWN = 8;
  private static final int LONGEST = 100;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The repository, or the folder of the new template. Default: this folder.")
  @Nullable Path folder;

  @Option(names = "--yes", description = "Ask nothing: what is not seen becomes a TODO comment.")
  boolean yes;

  @Option(names = "--force", description = "Replace what is there.")
  boolean force;

  @Option(names = "--json", description = "Print what was seen as JSON, and write and ask nothing.")
  boolean json;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "Write a secure reference architecture: rag, agent or mlops.")
  @Nullable String template;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of a template's canaries and passwords; drawn when absent.")
  @Nullable Long seed;

  @Override
  public Integer call() {
    Path where = folder == null ? Workspace.here().base() : folder;
    if (template != null) {
      if (json) {
        throw new UsageException("--json does not go with --template; leave one of them out");
      }
      return writeTemplate(template, where);
    }
    if (seed != null) {
      throw new UsageException("--seed goes with --template; leave it out");
    }
    return describe(where);
  }

  private int writeTemplate(String name, Path where) {
    Template chosen = Template.named(name);
    long used = seed == null ? new SecureRandom().nextLong() : seed;
    chosen.write(where, used, force);
    PrintWriter out = spec.commandLine().getOut();
    out.println("wrote " + chosen.title() + " to " + where);
    out.println("seed: " + used + " (its canaries and passwords come from it)");
    out.println("next: read " + where.resolve("README.md") + ", then run its test.sh");
    return ExitCode.OK;
  }

  private int describe(Path where) {
    Path file = where.resolve(RedoubtYaml.FILE_NAME);
    if (!force && !json) {
      RedoubtFile.requireNew(file);
    }
    Survey survey = RepositoryScan.scan(where, ScanLimits.STANDARD);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(asMap(survey)));
      return ExitCode.OK;
    }
    print(out, survey);
    String name = nameOf(where);
    Console console = yes ? null : System.console();
    Answers answers =
        console != null && console.isTerminal()
            ? new Interview(new Terminal(console)).run(survey, name)
            : Answers.none(name);
    String draft = Draft.of(survey, answers);
    RedoubtFile.write(file, draft);
    long todo = draft.lines().filter(line -> line.contains("TODO")).count();
    out.println("wrote " + file + (todo == 0 ? "" : ": " + todo + " lines are marked TODO"));
    out.println("next: redoubt assess " + file);
    return ExitCode.OK;
  }

  private static String nameOf(Path where) {
    Path name = where.toAbsolutePath().normalize().getFileName();
    String text = name == null ? "" : Words.safe(name.toString(), LONGEST).strip();
    return text.isEmpty() ? "My AI system" : text;
  }

  private static void print(PrintWriter out, Survey survey) {
    for (Sighting.Kind kind : Sighting.Kind.values()) {
      List<Sighting> seen = survey.distinct(kind);
      if (seen.isEmpty()) {
        continue;
      }
      out.println(heading(kind) + ":");
      seen.stream().limit(SHOWN).forEach(s -> out.println("  " + line(s)));
      if (seen.size() > SHOWN) {
        out.println("  and " + (seen.size() - SHOWN) + " more");
      }
    }
    if (survey.sightings().isEmpty()) {
      out.println(
          "nothing of an AI application was recognised in " + survey.filesRead() + " files");
    } else {
      out.println(survey.filesRead() + " files were read");
    }
    survey.notes().forEach(note -> out.println("note: " + note));
    out.flush();
  }

  private static String line(Sighting sighting) {
    String place = Words.safe(sighting.place(), 2 * LONGEST);
    return sighting.place().startsWith(sighting.name() + ":")
        ? place
        : Words.safe(sighting.name(), LONGEST) + "  " + place;
  }

  private static String heading(Sighting.Kind kind) {
    return switch (kind) {
      case FRAMEWORK -> "frameworks";
      case ENDPOINT -> "endpoints";
      case PORT -> "ports";
      case UPSTREAM -> "models are called at";
      case PROMPT -> "system prompts";
      case TOOL -> "tools";
      case SERVER -> "MCP servers";
      case MODEL -> "models";
      case WEIGHTS -> "files of weights";
      case STORE -> "stores of knowledge";
      case VARIABLE -> "variables that hold credentials (values not read)";
      case CREDENTIAL -> "what looks like a credential in a prompt";
    };
  }

  private static Map<String, Object> asMap(Survey survey) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("filesRead", survey.filesRead());
    map.put("notes", survey.notes());
    map.put("sightings", survey.sightings().stream().map(InitCommand::asMap).toList());
    return map;
  }

  private static Map<String, Object> asMap(Sighting sighting) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("kind", sighting.kind().name().toLowerCase(Locale.ROOT));
    map.put("name", sighting.name());
    map.put("file", sighting.file());
    map.put("line", sighting.line());
    return map;
  }

  /** Asks the person at the terminal. */
  private record Terminal(Console console) implements Interview.Asker {
    @Override
    public @Nullable String ask(String question) {
      return console.readLine("%s", question);
    }

    @Override
    public void complain(String why) {
      console.printf("  %s%n", why);
    }
  }
}
