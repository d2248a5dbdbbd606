package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.UrlScanner;
import dev.redoubt.detect.UrlSpan;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;

/** Takes out of answers what would act where they are shown, run or queried with. */
@AutoService(Scanner.class)
public final class ActiveContent implements Scanner {
  @Override
  public String name() {
    return "active-content";
  }

  @Override
  public String title() {
    return "Script, SQL, shell, template, internal URLs and terminal sequences in an answer";
  }

  @Override
  public String explanation() {
    return """
    Options: which, a list of html, sql, shell, template, ssrf, terminal (default all); inCode
    (default false): whether what stands in code blocks and between backticks counts too. Set
    inCode where answers are run or put into a page or a query as they are. HTML that runs or
    loads, event handlers and script URLs; SQL that breaks out of a statement; commands chained
    to others and reverse shells; expressions of template engines; links and tool arguments that
    lead to cloud metadata, to files or to addresses inside; escape sequences, which count
    everywhere.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer(
            "what stands in code, unless inCode is set",
            "Use `<script>alert(1)</script>` only in a test."),
        Limit.answer("a whole statement that harms as it stands", "DELETE FROM orders"),
        Limit.answer("a tag that is only named", "Put it into the <form> of the page."),
        Limit.answer(
            "a loopback address that is only named", "It listens on http://localhost:8080"),
        Limit.answer("code in an encoding", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=="),
        Limit.answer(
            "a host name that resolves to an address inside", "[a](https://inside.example/)"),
        Limit.of(
            "escape what is put into a page, bind what is put into a query: this is a net below"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("which", "inCode"));
    var which = new LinkedHashSet<String>(ActiveForms.WHICH);
    if (options.get("which") != null) {
      which.clear();
      for (YamlNode item : options.list("which")) {
        which.add(item.asOneOf(ActiveForms.WHICH, "html"));
      }
    }
    return new Active(Set.copyOf(which), options.bool("inCode", false));
  }

  private record Active(Set<String> which, boolean inCode) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER, Stage.TOOL_CALL);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      var hits = new ArrayList<Hit>();
      CodeRegions code = CodeRegions.of(answer);
      for (ActiveForms.Form form : ActiveForms.ALL) {
        if (!which.contains(form.which())) {
          continue;
        }
        Matcher m = form.pattern().matcher(answer);
        while (m.find()) {
          if (form.everywhere() || inCode || !code.holds(m.start())) {
            hits.add(new Hit(m.start(), m.end(), form.why(), "[" + form.which() + " removed]"));
          }
        }
      }
      if (which.contains("ssrf")) {
        targets(answer, code, hits);
      }
      return hits;
    }

    private void targets(String answer, CodeRegions code, List<Hit> hits) {
      for (UrlSpan url : UrlScanner.scan(answer)) {
        String why = InnerTarget.of(url.url(), url.kind() == UrlSpan.Kind.BARE);
        if (why != null && (inCode || !code.holds(url.start()))) {
          hits.add(new Hit(url.spanStart(), url.spanEnd(), why, "[link removed]"));
        }
      }
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      if (!which.contains("ssrf")) {
        return List.of();
      }
      Arguments arguments = Arguments.read(call);
      List<String> texts =
          arguments == null
              ? List.of(call.argumentsJson())
              : arguments.leaves().stream().map(Arguments.Leaf::text).toList();
      for (String text : texts) {
        for (UrlSpan url : UrlScanner.scan(text)) {
          String why = InnerTarget.of(url.url(), false);
          if (why != null) {
            return List.of(
                new Hit(0, call.argumentsJson().length(), "an argument is " + why, "{}"));
          }
        }
      }
      return List.of();
    }
  }
}
