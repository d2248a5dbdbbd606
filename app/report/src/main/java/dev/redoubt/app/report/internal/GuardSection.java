package dev.redoubt.app.report.internal;

import dev.redoubt.app.report.Demo;
import dev.redoubt.core.Finding;
import java.util.List;

/** What was turned on between the two passes: the policy, its difference, and the line of code. */
final class GuardSection {
  private GuardSection() {}

  static void write(Html html, Demo.GuardChange guard, List<Finding> findings) {
    html.open("section", "aria-labelledby", "guard");
    html.element("h2", "What was turned on", "id", "guard");
    html.element(
        "p",
        "Every rule stands beside the finding that asked for it; without a finding there is no"
            + " rule. The policy holds no secret and no value of this run.");
    rules(html, guard, findings);
    if (guard.codeChange() != null) {
      code(html, guard.codeChange());
    }
    html.open("details").element("summary", "The policy as a difference");
    diff(html, guard.diff());
    html.close();
    html.open("details", "class", "screen").element("summary", "The whole policy");
    html.element("pre", guard.policy(), "class", "file", "tabindex", "0").close();
    html.closeLine();
  }

  private static void rules(Html html, Demo.GuardChange guard, List<Finding> findings) {
    html.open("table", "class", "data");
    html.element("caption", "Rules of the policy and the findings that asked for them.");
    html.open("thead").open("tr");
    for (String head : List.of("Rule", "What it does", "Because of")) {
      html.element("th", head, "scope", "col");
    }
    html.close().close().open("tbody");
    for (Demo.Rule rule : guard.rules()) {
      html.open("tr").open("th", "scope", "row").element("code", rule.id()).close();
      html.element("td", rule.why()).open("td");
      because(html, rule, findings);
      html.close().closeLine();
    }
    html.close().close();
  }

  private static void because(Html html, Demo.Rule rule, List<Finding> findings) {
    for (int i = 0; i < findings.size(); i++) {
      if (findings.get(i).fingerprint().equals(rule.findingFingerprint())) {
        html.element("a", findings.get(i).title(), "href", "#" + FindingSection.anchor(i));
        return;
      }
    }
    html.text("no finding of this run");
  }

  private static void code(Html html, Demo.CodeChange change) {
    html.element("h3", "A change of code, not of the policy");
    html.open("p").text(change.why() + " ").element("code", change.file()).close();
    html.open("pre", "class", "file diff", "tabindex", "0");
    lines(html, change.before(), "del", "-");
    lines(html, change.after(), "ins", "+");
    html.close();
  }

  /** Lines that were added, as a difference shows them. */
  static void added(Html html, String text) {
    html.open("pre", "class", "file diff", "tabindex", "0");
    lines(html, text, "ins", "+");
    html.close();
  }

  private static void lines(Html html, String text, String tag, String sign) {
    text.lines().forEach(l -> html.element(tag, sign + " " + l).text("\n"));
  }

  private static void diff(Html html, String diff) {
    html.open("pre", "class", "file diff", "tabindex", "0");
    diff.lines()
        .forEach(line -> {
          if (line.startsWith("+")) {
            html.element("ins", line);
          } else if (line.startsWith("-")) {
            html.element("del", line);
          } else {
            html.text(line);
          }
          html.text("\n");
        });
    html.close();
  }
}
