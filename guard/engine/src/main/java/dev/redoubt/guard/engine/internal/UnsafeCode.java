package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes code in answers that is unsafe as it stands. */
@AutoService(Scanner.class)
public final class UnsafeCode implements Scanner {
  private static final String FILE = "unsafe-code.yaml";

  /** A piece of knowledge of {@code unsafe-code.yaml}. */
  record Unsafe(String id, String why, Pattern pattern, String fires, String quiet) {}

  /** Read when a policy first asks for it. */
  private static final class Loaded {
    static final List<Unsafe> ALL = read();
  }

  static List<Unsafe> all() {
    return Loaded.ALL;
  }

  @Override
  public String name() {
    return "unsafe-code";
  }

  @Override
  public String title() {
    return "Code in an answer that is unsafe as it stands";
  }

  @Override
  public String explanation() {
    return """
    Option: except, a list of ids not to look for. Deserialisation, evaluation of text, shells,
    queries and pages built out of text, certificates that nobody checks, weak ciphers and
    hashes, in Python, Java, JavaScript, PHP, C, Go, Ruby and C#: the id and the CWE stand in
    the event. Meant for log or ask: a line that is dangerous in a service may be right in a
    script.\
    """;
  }

  @Override
  public List<String> kinds() {
    return all().stream().map(u -> u.id() + ": " + u.why()).toList();
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer(
            "whether what goes in comes from outside; it reads lines, not the flow of data",
            "def run(a):\n    f = getattr(__builtins__, 'ev' + 'al')\n    return f(a)"),
        Limit.answer("what is missing, such as a check of rights", "app.get('/admin', showAll)"),
        Limit.answer("code in an encoding", "ZXZhbChpbnB1dCgpKQ=="),
        Limit.of("that code without a finding is safe"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("except"));
    List<String> ids = all().stream().map(Unsafe::id).toList();
    var except = new HashSet<String>();
    for (YamlNode item : options.list("except")) {
      except.add(item.asOneOf(ids, ids.getFirst()));
    }
    return new Found(all().stream().filter(u -> !except.contains(u.id())).toList());
  }

  private record Found(List<Unsafe> sought) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      var hits = new ArrayList<Hit>();
      for (Unsafe unsafe : sought) {
        Matcher m = unsafe.pattern().matcher(answer);
        while (m.find()) {
          hits.add(
              new Hit(m.start(), m.end(), unsafe.why() + ", " + unsafe.id(), "[code removed]"));
        }
      }
      return hits;
    }
  }

  private static List<Unsafe> read() {
    var problems = new YamlProblems(FILE);
    var all = new ArrayList<Unsafe>();
    for (YamlNode node : YamlNode.parse(text(), problems).asMap("patterns").list("patterns")) {
      YamlMap map = node.asMap("id", "why", "pattern", "fires", "quiet");
      all.add(
          new Unsafe(
              map.requiredText("id", "name it"),
              map.requiredText("why", "say why"),
              Pattern.compile(map.requiredText("pattern", "give the expression")),
              map.requiredText("fires", "give code that is found"),
              map.requiredText("quiet", "give code that is not")));
    }
    problems.throwIfAny();
    return List.copyOf(all);
  }

  private static String text() {
    try (var in = UnsafeCode.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
