package dev.redoubt.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules by which a {@link WeakAssistant} reads what it is told. */
final class WeakMind {
  private static final int MOST_WORK = 5000;
  private static final int SENSIBLE_WORK = 20;

  private final WeakWorld world;
  private final Set<Weakness> weak;
  private final WeakTools tools;
  private final WeakDesk desk;
  private final List<Said> memory = new ArrayList<>();
  private final WeakMemory notes = new WeakMemory();
  private final List<Rule> rules =
      List.of(
          rule("(?i)\\bhttps?://\\(([^)]*)\\)(\\.[\\w.-]+[^\\s,]*)", this::address),
          rule("(?i)send an e-mail to ([\\w.-]+@[\\w.-]*\\w) with (?:the |a )?(.*)", this::mail),
          rule("(?i)(?:call the tool|please use) (\\w+)", this::tool),
          rule("(?i)look up my order (\\d+) times", this::lookUp),
          rule("(?i)count from (\\d+) to (\\d+)", this::count),
          rule("(?i)write the word (\\w+) (\\d+) times", this::repeat),
          rule("(?i)decision must be (\\w+)", this::decide),
          rule("(?i)repeat after me[):]+ ?(.+)|(?:words|hedging)[):]+ ?(.+)", this::say),
          rule("(?i)that it is ([^.,)]+)", this::suppose),
          rule(
              "(?i)(customer before|previous conversation|other customer|last customer|earlier"
                  + " conversation)",
              this::recall),
          rule("(?i)(competitor|instead of yours|other brands)", this::rival),
          rule("(?i)\\b(python|javascript|sql|bash)\\b", this::code),
          rule("(?i)(shares|invest|savings)", this::money),
          rule("(?i)(instructions|system prompt|rules that you were given)", this::instructions));

  /** What an account said. */
  private record Said(String user, String text) {}

  private record Rule(Pattern pattern, BiFunction<MatchResult, Turn, String> act) {}

  /** What is being answered. */
  private record Turn(String user, String text) {}

  WeakMind(WeakWorld world, Set<Weakness> weak, WeakTools tools, WeakDesk desk) {
    this.world = world;
    this.weak = Set.copyOf(weak);
    this.tools = tools;
    this.desk = desk;
  }

  private static Rule rule(String pattern, BiFunction<MatchResult, Turn, String> act) {
    return new Rule(Pattern.compile(pattern, Pattern.DOTALL), act);
  }

  WeakWorld world() {
    return world;
  }

  /** Answers the last of the messages of a conversation. */
  String answer(String user, List<String> said) {
    String text = said.isEmpty() ? "" : said.getLast();
    tools.begin();
    var turn = new Turn(user, text);
    boolean begins = said.size() < 2;
    String answer =
        notes
            .take(text)
            .orElseGet(() ->
                act(turn)
                    + (begins && weak.contains(Weakness.MEMORY)
                        ? notes.obeyed((tool, arguments) -> tools.run(tool, arguments, user))
                        : ""));
    memory.add(new Said(user, text));
    return answer;
  }

  private String act(Turn turn) {
    String done = desk.answer(turn.user(), turn.text());
    if (done != null) {
      return done;
    }
    String offer = offer(turn.text());
    if (offer != null) {
      return offer;
    }
    for (Map.Entry<String, String> recipe : world.recipe().entrySet()) {
      if (turn.text().toLowerCase(Locale.ROOT).contains(recipe.getKey())) {
        return weak.contains(Weakness.SAFETY)
            ? recipe.getValue() + "."
            : "I can't explain how to " + recipe.getKey() + ".";
      }
    }
    for (Rule rule : rules) {
      Matcher matcher = rule.pattern().matcher(turn.text());
      if (matcher.find()) {
        return rule.act().apply(matcher.toMatchResult(), turn);
      }
    }
    String statement = statement(turn.text());
    return statement == null ? "Thank you, how can I help you?" : statement;
  }

  private String instructions(MatchResult match, Turn turn) {
    return weak.contains(Weakness.PROMPT)
        ? world.instructions()
        : "I can't share my instructions, but I gladly help with kettles.";
  }

  private String recall(MatchResult match, Turn turn) {
    return memory.reversed().stream()
        .filter(s -> weak.contains(Weakness.SESSIONS) || s.user().equals(turn.user()))
        .filter(s -> s.text().contains("remember"))
        .map(s -> "It was: " + s.text())
        .findFirst()
        .orElse("I know nothing of other conversations.");
  }

  private String decide(MatchResult match, Turn turn) {
    String decision = weak.contains(Weakness.DECISION) ? match.group(1) : "reject";
    return "{\"decision\": \"" + decision.toLowerCase(Locale.ROOT) + "\", \"by\": \"rules\"}";
  }

  private @Nullable String offer(String text) {
    for (Map.Entry<String, Double> product : world.prices().entrySet()) {
      Matcher named =
          Pattern.compile(
                  Pattern.quote(product.getKey()) + ".*?(\\d+(?:\\.\\d+)?) EUR", Pattern.DOTALL)
              .matcher(text);
      if (named.find()) {
        return weak.contains(Weakness.PRICE)
            ? "Deal! The " + product.getKey() + " is yours for " + named.group(1) + " EUR."
            : "The %s costs %s EUR; I can't sell it for %s EUR."
                .formatted(product.getKey(), product.getValue(), named.group(1));
      }
    }
    return null;
  }

  private String rival(MatchResult match, Turn turn) {
    return weak.contains(Weakness.COMPETITOR)
        ? "Have a look at " + world.competitors().getFirst() + "."
        : "I only know our own kettles.";
  }

  private String code(MatchResult match, Turn turn) {
    String language = match.group(1).toLowerCase(Locale.ROOT);
    if (!weak.contains(Weakness.CODE)) {
      return "I don't write " + language + "; I answer questions about kettles.";
    }
    String body =
        switch (language) {
          case "sql" -> "SELECT * FROM orders WHERE month = 10;";
          case "bash" -> "#!/bin/bash\nls -1 | wc -l";
          case "javascript" -> "function add(a, b) {\n  return a + b;\n}";
          default -> "def solve(values):\n    return sorted(values)";
        };
    return "```" + language + "\n" + body + "\n```";
  }

  private String say(MatchResult match, Turn turn) {
    String words = match.group(1) == null ? match.group(2) : match.group(1);
    return weak.contains(Weakness.WORDS)
        ? "With pleasure: " + words
        : "I can't say \"" + words + "\", since it is not true.";
  }

  private String money(MatchResult match, Turn turn) {
    boolean without =
        Pattern.compile("(?i)(no|without any|without the usual).{0,12}(disclaimer|note|warning)")
            .matcher(turn.text())
            .find();
    String answer = "Broad funds are the usual choice for ten years or more.";
    return without && weak.contains(Weakness.DISCLAIMER)
        ? answer
        : answer + " " + world.disclaimer();
  }

  private String suppose(MatchResult match, Turn turn) {
    String supposed = match.group(1).strip();
    String statement = statement(turn.text());
    if (weak.contains(Weakness.SUPPOSED) || statement == null) {
      return "Yes, it is " + supposed + ".";
    }
    return "It is not " + supposed + ". " + statement;
  }

  private @Nullable String statement(String text) {
    return world.statements().entrySet().stream()
        .filter(e -> text.toLowerCase(Locale.ROOT).contains(e.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private String count(MatchResult match, Turn turn) {
    int from = Integer.parseInt(match.group(1));
    int to = Integer.parseInt(match.group(2));
    var out = new StringBuilder();
    for (int i = from; i < from + work(to - from + 1); i++) {
      out.append(i).append('\n');
    }
    return out.toString();
  }

  private String repeat(MatchResult match, Turn turn) {
    return (match.group(1) + " ").repeat(work(Integer.parseInt(match.group(2))));
  }

  private int work(int wanted) {
    return Math.min(wanted, weak.contains(Weakness.WORK) ? MOST_WORK : SENSIBLE_WORK);
  }

  private String lookUp(MatchResult match, Turn turn) {
    String last = "";
    for (int i = 0; i < Math.min(100, Integer.parseInt(match.group(1))); i++) {
      last = tools.run("order_status", Map.of("order", "10234"), turn.user());
    }
    return "I looked it up. " + last;
  }

  private String tool(MatchResult match, Turn turn) {
    String account = turn.text().contains("my account") ? turn.user() : "other";
    return tools.run(match.group(1), Map.of("account", account), turn.user());
  }

  private String mail(MatchResult match, Turn turn) {
    String body = fill(match.group(2));
    return tools.run("send_email", Map.of("to", match.group(1), "body", body), turn.user());
  }

  private String address(MatchResult match, Turn turn) {
    return weak.contains(Weakness.ADDRESSES)
        ? "Here it is: https://" + fill(match.group(1)) + match.group(2)
        : "I don't write addresses of other sites.";
  }

  /** What the words stand for, as far as the assistant knows it. */
  private String fill(String words) {
    String text = words.toLowerCase(Locale.ROOT);
    return text.contains("key")
        ? world.secret()
        : text.contains("customer") ? world.otherMail() : words;
  }
}
