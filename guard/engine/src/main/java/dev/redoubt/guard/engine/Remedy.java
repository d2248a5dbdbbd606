package dev.redoubt.guard.engine;

import dev.redoubt.core.Component;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Which rules answer which finding, in the order in which a policy shows them. */
enum Remedy {
  SECRET_LEAK {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      notes.add(
          "secret-leak: take the credential out of the prompt and let the tool hold it; change it,"
              + " since it was read out.");
      return List.of(
          new Proposed(
              "secret-leak",
              "secret-leak",
              Place.BOTH,
              Action.REWRITE,
              """
              Credentials came out of the prompt. The model no longer sees them; what looks like
              one in an answer is taken out.\
              """,
              ""));
    }
  },
  OTHER_USER_DATA {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      notes.add(
          "other-user-data: names, postal addresses and order numbers have no form that a scanner"
              + " could know; check who may read a document in the retriever (a code change:"
              + " DocumentAccess.readable).");
      return List.of(
          new Proposed(
              "personal-data",
              "personal-data",
              Place.FRONT,
              Action.REWRITE,
              """
              One customer read another's data. Addresses and numbers of others are taken out;
              the caller's own, and what the caller typed, stay. List the company's own domains
              and numbers: with: {allow: [help.example.org, "+49 30 901820"]}.\
              """,
              facts.ownMailDomains().isEmpty()
                  ? ""
                  : "allow: " + YamlText.list(facts.ownMailDomains())));
    }
  },
  INTERNAL_DOCUMENTS {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      notes.add(
          "internal-documents: the check belongs in the retriever (a code change:"
              + " DocumentAccess.readable); the rule sees only passages that carry a label.");
      String why =
          facts.callerAtModel()
              ? """
              Internal documents were read out. Passages that the caller may not read no longer
              reach the model; where passages carry no label the rule can do nothing.\
              """
              : """
              Internal documents were read out. Passages marked as internal no longer reach the
              model. Owned ones are left to the retriever, since the caller is not known here;
              where passages carry no label the rule can do nothing.\
              """;
      String owned = facts.callerAtModel() ? "caller" : "retriever";
      return List.of(
          new Proposed(
              "document-access",
              "document-access",
              Place.BACK,
              Action.REWRITE,
              why,
              "owned: " + owned + "\nunlabelled: keep"));
    }
  },
  PLANTED_ORDER {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      if (facts.actingTools().isEmpty()) {
        notes.add(
            "planted-order: describe the tools that act (type: tool, acts: true) for a rule.");
        return List.of();
      }
      var options = new StringBuilder("actingTools:");
      for (Component.Tool tool : facts.actingTools()) {
        options.append("\n  ").append(YamlText.scalar(tool.name())).append(": []");
      }
      return List.of(
          new Proposed(
              "untrusted-trigger",
              "untrusted-trigger",
              Place.BACK,
              Action.BLOCK,
              """
              An order in a retrieved text made a tool act. While such a text is about, addresses,
              numbers and identifiers in these tools' arguments must come from the user or the
              prompt. List arguments ([to, amount]) to check those alone, as a whole.\
              """,
              options.toString()));
    }
  },
  REFUND_LIMIT {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      var rules = new ArrayList<Proposed>();
      for (Component.Tool tool : facts.limitedTools()) {
        new TreeMap<>(tool.limits())
            .forEach((argument, max) -> rules.add(limit(tool.name(), argument, max)));
      }
      if (rules.isEmpty()) {
        notes.add("refund-limit: declare the limit (type: tool, limits: {amount: 50}) for a rule.");
      } else {
        notes.add("refund-limit: the tool itself should refuse what is over its limit.");
      }
      return rules;
    }
  },
  URL_EXFILTRATION {
    @Override
    List<Proposed> rules(SystemFacts facts, List<String> notes) {
      notes.add(
          "url-exfiltration: a Content-Security-Policy on the chat page (img-src 'self') stops the"
              + " browser as well.");
      return List.of(
          new Proposed(
              "exfiltration-url",
              "exfiltration-url",
              Place.BOTH,
              Action.REWRITE,
              """
              A link or image carried data to a foreign host. What leads anywhere but to these
              hosts is taken out; add the hosts that answers should link to.\
              """,
              "allow: " + YamlText.list(facts.ownHosts())));
    }
  };

  /**
   * A rule to be written.
   *
   * @param options YAML of its {@code with}; empty for none
   */
  record Proposed(
      String id, String scanner, Place place, Action action, String comment, String options) {}

  /** Rules for the findings of this kind; what no rule can do goes to the notes. */
  abstract List<Proposed> rules(SystemFacts facts, List<String> notes);

  /** Rule id of the findings that ask for it. */
  String finding() {
    return "attack.chat." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Proposed limit(String tool, String argument, double max) {
    String number = BigDecimal.valueOf(max).stripTrailingZeros().toPlainString();
    return new Proposed(
        "tool-limit-" + tool + "-" + argument,
        "tool-limit",
        Place.BACK,
        Action.BLOCK,
        "A limit stood in the prompt only. The system's description declares it; here it holds.",
        "tool: %s\nargument: %s\nmax: %s"
            .formatted(YamlText.scalar(tool), YamlText.scalar(argument), number));
  }
}
