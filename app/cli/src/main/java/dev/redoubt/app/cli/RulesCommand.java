package dev.redoubt.app.cli;

import dev.redoubt.attack.chat.Objective;
import dev.redoubt.attack.chat.Probes;
import dev.redoubt.attack.chat.Technique;
import dev.redoubt.core.Reference;
import dev.redoubt.core.Suggestion;
import dev.redoubt.core.Taxonomy;
import dev.redoubt.core.UsageException;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.inspect.artifact.Rule;
import dev.redoubt.inspect.artifact.Rules;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rules",
    description = "List and explain what Redoubt attacks with, inspects for and guards with.",
    subcommands = {RulesCommand.Listing.class, RulesCommand.Explain.class},
    footer = {
      "",
      "Examples:",
      "  redoubt rules list",
      "  redoubt rules explain attack.chat.secret-leak",
      "  redoubt rules explain role-play+base64"
    })
final class RulesCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    RedoubtCommand.usage(spec);
  }

  /** One line of the list. */
  private record Row(String id, String severity, String title) {}

  private static final String TECHNIQUE = "attack.chat.technique.";

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Objective o : Probes.shipped().objectives()) {
      rows.add(new Row(o.ruleId(), o.severity().word(), o.title()));
    }
    for (Technique t : Probes.shipped().techniques()) {
      rows.add(new Row(TECHNIQUE + t.id(), t.standard() ? "standard" : "full", t.title()));
    }
    for (Rule r : Rules.shipped().all()) {
      rows.add(new Row(r.id(), r.severity().word(), r.title()));
    }
    for (Scanner s : Guard.scanners()) {
      rows.add(new Row("guard." + s.name(), "-", s.title()));
    }
    return rows;
  }

  @Command(
      name = "list",
      description =
          "List every objective, technique, rule and scanner: id, severity (of a technique the set"
              + " that it belongs to), title.",
      footer = {"", "Example: redoubt rules list --json"})
  static final class Listing implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(names = "--json", description = "Print as JSON.")
    boolean json;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Row row : rows()) {
          Map<String, Object> map = new LinkedHashMap<>();
          map.put("id", row.id());
          map.put("severity", row.severity());
          map.put("title", row.title());
          all.add(map);
        }
        out.println(Json.pretty(all));
      } else {
        for (Row row : rows()) {
          out.printf("%-40s %-9s %s%n", row.id(), row.severity(), row.title());
        }
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "explain",
      description =
          "Say what one rule does, by which ground truth it decides, and what to do about it.",
      footer = {"", "Example: redoubt rules explain attack.chat.secret-leak"})
  static final class Explain implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "Id as in redoubt rules list.")
    String id = "";

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      for (Objective o : Probes.shipped().objectives()) {
        if (o.ruleId().equals(id) || o.id().equals(id)) {
          explain(out, o);
          return ExitCode.OK;
        }
      }
      for (Technique t : Probes.shipped().techniques()) {
        if ((TECHNIQUE + t.id()).equals(id) || t.id().equals(id)) {
          new TechniqueText(out).print(TECHNIQUE + t.id(), t);
          return ExitCode.OK;
        }
      }
      if (id.contains("+") || id.contains(":")) {
        String chain = id.startsWith(TECHNIQUE) ? id.substring(TECHNIQUE.length()) : id;
        new TechniqueText(out).print(TECHNIQUE + chain, Probes.shipped().technique(chain));
        return ExitCode.OK;
      }
      for (Scanner s : Guard.scanners()) {
        if (("guard." + s.name()).equals(id) || s.name().equals(id)) {
          out.printf("guard.%s%n%s%n%n%s%n", s.name(), s.title(), s.explanation());
          out.printf("%nDoes not stop:%n");
          s.limits().forEach(l -> out.printf("  - %s%n", l.what()));
          if (!s.kinds().isEmpty()) {
            out.printf("%nTells apart:%n");
            s.kinds().forEach(k -> out.printf("  %s%n", k));
          }
          return ExitCode.OK;
        }
      }
      Rule rule =
          Rules.shipped().find(id).or(() -> Rules.shipped().find(Rules.PREFIX + id)).orElse(null);
      if (rule != null) {
        explain(out, rule);
        return ExitCode.OK;
      }
      List<String> ids = rows().stream().map(Row::id).toList();
      throw new UsageException("no rule '" + id + "'; " + Suggestion.howToMend(id, ids));
    }

    private static void explain(PrintWriter out, Rule rule) {
      out.printf(
          "%s (%s)%n%s%n%n%s%n%n",
          rule.id(), rule.severity().word(), rule.title(), rule.description());
      out.printf("Remedy: %s%n%nReferences:%n", rule.remedy());
      for (Reference reference : rule.references()) {
        out.printf("  %s %s%n", reference.id(), Taxonomy.load().title(reference));
      }
    }

    private static void explain(PrintWriter out, Objective o) {
      out.printf(
          "%s (%s)%n%s%n%n%s%n%n", o.ruleId(), o.severity().word(), o.title(), o.description());
      out.printf("Decided by: %s%n", o.judge());
      out.printf("Remedy: %s%n%nReferences:%n", o.remedy());
      Taxonomy taxonomy = Taxonomy.load();
      for (Reference reference : o.references()) {
        out.printf("  %s %s%n", reference.id(), taxonomy.title(reference));
      }
    }
  }
}
