package dev.redoubt.app.init;

import dev.redoubt.app.init.Sighting.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code redoubt.yaml} of a repository: what was seen and answered as keys, what nobody
 * said as TODO comments, each with the reason why it is wanted.
 *
 * @since 0.1.0
 */
public final class Draft {
  private static final int MOST_TOOLS = 40;
  private static final int SHOWN = 5;

  /** Verbs of functions that change or send something. */
  private static final Pattern ACTS =
      Pattern.compile(
          "(?i)^(?:\\w+[._-])?(?:send|refund|pay|transfer|create|update|delete|remove|write|post|put|book|cancel"
              + "|place|buy|open|close|execute|exec|run|invoke|set|add|insert|upload|publish|reply|email|mail"
              + "|notify|approve|issue|charge|deploy|move|save|submit|schedule|assign|grant|reset|change|edit)"
              + "(?![a-z])\\w*");

  private final Survey survey;
  private final Answers answers;
  private final Set<String> names = new HashSet<>();
  private final StringBuilder out = new StringBuilder();

  private Draft(Survey survey, Answers answers) {
    this.survey = survey;
    this.answers = answers;
  }

  /** Writes the description. */
  public static String of(Survey survey, Answers answers) {
    return new Draft(survey, answers).write();
  }

  private String write() {
    head();
    line("components:");
    endpoint();
    tools();
    stores();
    weights();
    line("  - {name: customer, type: actor, trusted: false}");
    line(
        "# flows:                               # TODO who sends what to whom, across which boundary:");
    line("#   - {from: customer, to: assistant, data: questions, boundary: internet}");
    return out.toString();
  }

  private void head() {
    line(
        "# Written by 'redoubt init' from what it saw in this repository. Look through it, mend it, answer what is");
    line("# marked TODO, then run 'redoubt assess'. The format: docs/redoubt-yaml.md of Redoubt.");
    seen("Built with", Kind.FRAMEWORK);
    line("redoubt: 1");
    line("name: " + YamlWords.text(answers.name()));
    line(
        answers.purpose() == null
            ? "# purpose: TODO what it does, and for whom, in a sentence"
            : "purpose: " + YamlWords.text(answers.purpose()));
    line(
        answers.owner() == null
            ? "# owner: TODO who answers for it"
            : "owner: " + YamlWords.text(answers.owner()));
    line(
        "# business: {records: 0, revenueAtStake: 0, currency: EUR}   # TODO what is at stake, for the report");
  }

  private void endpoint() {
    names.add("assistant");
    names.add("customer");
    line("  - name: assistant");
    line("    type: endpoint");
    seen("    ", "Takes requests at", Kind.ENDPOINT);
    seen("    ", "Listens on", Kind.PORT);
    String url = answers.url();
    line(
        "    url: "
            + YamlWords.text(url == null ? LikelyEndpoint.url(survey) : url)
            + (url == null ? "   # TODO check" : ""));
    Optional<Sighting> own = LikelyEndpoint.ownChat(survey);
    if (own.isPresent() && (url == null || !url.endsWith("/v1"))) {
      line(
          "    protocol: http                     # TODO the names of the fields as your endpoint has them");
      line(
          "    http: {path: "
              + YamlWords.text(LikelyEndpoint.slashed(own.get().name()))
              + ", body: '{\"message\": \"{{text}}\"}', reply: $.answer}");
    } else {
      line(
          "    # The base that OpenAI clients take. Another protocol: see docs/redoubt-yaml.md of Redoubt.");
    }
    seen("    ", "Its own model is called at (not what is attacked)", Kind.UPSTREAM);
    seen("    ", "Names of models in the code", Kind.MODEL);
    survey.distinct(Kind.MODEL).stream()
        .findFirst()
        .ifPresent(m ->
            line(
                "    # model: "
                    + YamlWords.text(m.name())
                    + "   # TODO the name that callers give, if they give one"));
    seen("    ", "Variables that hold credentials (values were not read)", Kind.VARIABLE);
    identities();
    line("    # context:                         # TODO words of your trade, for sharper probes");
    line(
        "    #   {company: …, product: …, product2: …, otherCustomer: …, secretName: …, allowedHosts: example.com}");
    groundTruth();
  }

  private void identities() {
    String first = answers.attackerHeader();
    if (first == null) {
      line(
          "    # TODO two accounts of your test system; without a second one no other user's data can be asked for:");
      line("    # identities:");
      line("    #   - {name: attacker, headers: {Authorization: \"Bearer ${FIRST_TOKEN}\"}}");
      line("    #   - {name: other, headers: {Authorization: \"Bearer ${SECOND_TOKEN}\"}}");
      return;
    }
    line("    identities:                        # the first is the attacker's own account");
    line("      - {name: attacker, headers: {" + YamlWords.header(first) + "}}");
    if (answers.otherHeader() != null) {
      line("      - {name: other, headers: {" + YamlWords.header(answers.otherHeader()) + "}}");
    } else {
      line("      # - {name: other, headers: {…}}   # TODO a second account: the victim");
    }
  }

  private void groundTruth() {
    line(
        "    groundTruth:                       # what makes a verdict certain; what is missing is unassessed");
    seen("      ", "System prompts", Kind.PROMPT);
    seen("      ", "Look like credentials in a prompt: take them out", Kind.CREDENTIAL);
    boolean any = promptFile();
    any |=
        file(
            "factsFile",
            answers.factsFile(),
            "values that must not come out: redoubt canary create --out canaries");
    any |= file("documentsFile", answers.documentsFile(), "what is indexed, with who may read it");
    any |=
        file(
            "ledgerFile",
            answers.ledgerFile(),
            "a JSON line for each tool call that the system makes");
    line(
        "      # plant: {url: \"http://127.0.0.1:8080/tickets\", body: '{\"text\": \"{{text}}\"}'}   # TODO how an outsider's text gets in");
    if (!any) {
      line("      facts: []");
    }
  }

  private boolean promptFile() {
    Optional<Sighting> file =
        survey.of(Kind.PROMPT).stream().filter(prompt -> prompt.name().equals("file")).findFirst();
    if (file.isEmpty()) {
      line("      # systemPromptFile: TODO a file that holds the instructions word for word");
      return false;
    }
    line(
        "      systemPromptFile: "
            + YamlWords.text(file.get().file())
            + "   # TODO check that it is what the model gets");
    return true;
  }

  private boolean file(String key, @Nullable String value, String use) {
    if (value == null) {
      line("      # " + key + ": TODO " + use);
      return false;
    }
    line("      " + key + ": " + YamlWords.text(value));
    return true;
  }

  private void tools() {
    List<Sighting> tools = survey.distinct(Kind.TOOL);
    if (!tools.isEmpty()) {
      line(
          "  # TODO check which tools act (change or send something), and give those that spend their limits.");
    }
    tools.stream()
        .limit(MOST_TOOLS)
        .forEach(tool -> {
          boolean acts = ACTS.matcher(tool.name()).find();
          component(
              tool.name(),
              "type: tool, acts: "
                  + acts
                  + "}   # "
                  + YamlWords.comment(tool.place())
                  + limit(tool.name()));
        });
    survey
        .distinct(Kind.SERVER)
        .forEach(server ->
            component(
                server.name(),
                "type: tool, acts: true}   # MCP server, "
                    + YamlWords.comment(server.place())
                    + "; taken as acting"));
  }

  private static String limit(String name) {
    boolean spends =
        name.toLowerCase(Locale.ROOT).matches(".*(refund|pay|transfer|charge|discount).*");
    return spends ? "; TODO limits: {amount: 50}" : "";
  }

  private void stores() {
    survey
        .distinct(Kind.STORE)
        .forEach(store ->
            component(
                store.name(),
                "type: datastore, holds: documents}   # "
                    + YamlWords.comment(store.place())
                    + "; TODO say what it holds"));
  }

  private void weights() {
    survey
        .distinct(Kind.WEIGHTS)
        .forEach(file ->
            component(file.name(), "type: model, path: " + YamlWords.text(file.name()) + "}"));
  }

  private void component(String name, String rest) {
    String unique = name;
    for (int i = 2; !names.add(unique); i++) {
      unique = name + "-" + i;
    }
    line("  - {name: " + YamlWords.text(unique) + ", " + rest);
  }

  private void seen(String what, Kind kind) {
    seen("", what, kind);
  }

  private void seen(String indent, String what, Kind kind) {
    List<Sighting> all = survey.distinct(kind);
    if (all.isEmpty()) {
      return;
    }
    var words = new StringBuilder();
    for (Sighting sighting : all.stream().limit(SHOWN).toList()) {
      words.append(words.isEmpty() ? "" : ", ");
      words
          .append(YamlWords.comment(sighting.name()))
          .append(" (")
          .append(YamlWords.comment(sighting.place()))
          .append(')');
    }
    if (all.size() > SHOWN) {
      words.append(" and ").append(all.size() - SHOWN).append(" more");
    }
    line(indent + "# " + what + ": " + words);
  }

  private void line(String line) {
    out.append(line).append('\n');
  }
}
