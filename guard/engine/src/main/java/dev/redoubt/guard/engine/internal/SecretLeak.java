package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.PlantedFact;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.detect.FactMatch;
import dev.redoubt.detect.FactMatcher;
import dev.redoubt.detect.SecretCandidates;
import dev.redoubt.detect.SecretScanner;
import dev.redoubt.detect.Span;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.Limit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Role;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps credentials from the model where it need not know them, and out of what it says. */
@AutoService(Scanner.class)
public final class SecretLeak implements Scanner {
  private static final String REPLACEMENT = "[credential removed]";

  /** What stands for a hidden credential is no credential, whatever word stands before it. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\[?CREDENTIAL-[0-9]{1,4}\\]?|\\[credential removed\\]");

  @Override
  public String name() {
    return "secret-leak";
  }

  @Override
  public String title() {
    return "Credentials: hidden from the model, and stopped in what it says";
  }

  @Override
  public String explanation() {
    return """
    Options: mask (default true): where the guard sees the system prompt, strings in it that
    look like credentials stand behind placeholders before the model sees them; restore, a map
    from tool to arguments in which they are put back. Answers and tool arguments are searched
    for those strings in plain, spaced, re-cased, reversed, spelled out, base64, hex and ROT13,
    and for credentials in general: by the forms of their providers, with entropy and checksum,
    private keys, passwords in URLs, and values that the words around them call a credential. In
    source code only a value counts that is assigned to a name for one and looks drawn.\
    """;
  }

  @Override
  public List<String> kinds() {
    return SecretScanner.kinds();
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.answer("a password that is an ordinary word and not called one", "Try thunderbird."),
        Limit.answer("a part of a credential", "It begins with Zx7 and ends in 2q."),
        Limit.answer(
            "digests and UUIDs, which look the same as some keys",
            "d41d8cd98f00b204e9800998ecf8427e and 550e8400-e29b-41d4-a716-446655440000"),
        Limit.answer("what says that it is an example", "AKIA" + "IOSFODNN7EXAMPLE"),
        Limit.answer("base64 without a word for a credential", "c29tZSBvcmRpbmFyeSB0ZXh0IGhlcmU="),
        Limit.of("that a credential which was seen is revoked: do that where it was given out"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.REWRITE, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("mask", "restore"));
    var restore = new LinkedHashMap<String, Set<String>>();
    YamlNode node = options.get("restore");
    if (node != null) {
      YamlMap map = node.asOpenMap();
      map.keys().forEach(tool -> restore.put(tool, Set.copyOf(map.texts(tool))));
    }
    boolean mask = options.bool("mask", true);
    if (!mask && node != null && !restore.isEmpty()) {
      node.problem("puts back what is not masked", "remove it, or set mask: true");
    }
    return new Leak(mask, Map.copyOf(restore), new AtomicReference<>());
  }

  /** The credentials of system prompts that were seen last, since they seldom change. */
  private record Prompts(List<String> texts, List<String> values, FactMatcher matcher) {}

  private record Leak(
      boolean mask,
      Map<String, Set<String>> restore,
      AtomicReference<@Nullable Prompts> lastPrompts)
      implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.ANSWER, Stage.TOOL_CALL);
    }

    @Override
    public Set<String> toolsNamed() {
      return restore.keySet();
    }

    @Override
    public List<String> hiddenFromModel(Exchange exchange) {
      return mask ? prompts(exchange).values() : List.of();
    }

    @Override
    public boolean restores(String tool, String argument) {
      return restore.getOrDefault(tool, Set.of()).contains(argument);
    }

    @Override
    public List<Hit> answer(Exchange exchange, String answer) {
      return find(exchange, answer);
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      Arguments arguments = Arguments.read(call);
      if (arguments == null) {
        return find(exchange, call.argumentsJson());
      }
      for (String name : Arguments.names(call, arguments)) {
        if (!find(exchange, name).isEmpty()) {
          String why = "the name of a tool or argument holds a credential";
          return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
        }
      }
      for (Arguments.Leaf leaf : arguments.leaves()) {
        if (!restores(call.name(), leaf.argument()) && !find(exchange, leaf.text()).isEmpty()) {
          String why = "argument '" + leaf.argument() + "' holds a credential";
          return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
        }
      }
      return List.of();
    }

    private List<Hit> find(Exchange exchange, String text) {
      var hits = new ArrayList<Hit>();
      String said = String.join("\n", exchange.textsOf(Role.USER));
      Prompts prompts = prompts(exchange);
      if (!prompts.values().isEmpty()) {
        for (FactMatch m : prompts.matcher().find(text, said)) {
          String why = "a credential of the system prompt (" + m.encoding() + ")";
          hits.add(new Hit(m.start(), m.end(), why, REPLACEMENT));
        }
      }
      for (Span span : SecretScanner.scan(text)) {
        // Who typed it knows it: an echo is no leak.
        if (!PLACEHOLDER.matcher(span.text()).find() && !said.contains(span.text())) {
          String why = "looks like a credential (" + span.type() + ")";
          hits.add(new Hit(span.start(), span.end(), why, REPLACEMENT));
        }
      }
      return hits;
    }

    private Prompts prompts(Exchange exchange) {
      List<String> texts = exchange.textsOf(Role.SYSTEM);
      Prompts last = lastPrompts.get();
      if (last != null && last.texts().equals(texts)) {
        return last;
      }
      List<String> values =
          texts.stream()
              .flatMap(t -> SecretCandidates.find(t).stream())
              .map(Span::text)
              .filter(v -> v.length() >= PlantedFact.MIN_LENGTH)
              .distinct()
              .toList();
      List<PlantedFact> facts =
          values.stream()
              .map(v -> new PlantedFact("credential", v, PlantedFact.Kind.SECRET, null))
              .toList();
      var prompts = new Prompts(texts, values, FactMatcher.of(facts));
      lastPrompts.set(prompts);
      return prompts;
    }
  }
}
