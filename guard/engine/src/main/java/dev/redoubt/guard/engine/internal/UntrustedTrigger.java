package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps orders that stand in a retrieved text from making a tool act. */
@AutoService(Scanner.class)
public final class UntrustedTrigger implements Scanner {
  @Override
  public String name() {
    return "untrusted-trigger";
  }

  @Override
  public String title() {
    return "Acting tools set off by text that nobody trusts, such as a ticket or a tool's result";
  }

  @Override
  public String explanation() {
    return """
    Option: actingTools, a map from tool to the arguments that decide whom or what it acts on.
    While a passage, a tool result or an earlier answer is in the conversation, those arguments
    must come from the words of the user or the system prompt, or be the caller's own id;
    numbers are compared as numbers, addresses as whole addresses. An empty list means: every
    address, number and identifier in any argument. A bare "yes" names no value: the assistant
    has to ask for it. It does not see an order whose arguments the user typed as well, nor a
    harmful free text in an argument that is not listed.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.of("an order in a passage that asks for what the user asked for anyway"),
        Limit.of("tools that the policy does not list as acting"),
        Limit.of("what the user was talked into typing"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("actingTools"));
    var tools = new LinkedHashMap<String, Set<String>>();
    YamlNode node = options.get("actingTools");
    if (node == null) {
      options.missing(
          "actingTools", "list the tools that act, each with its arguments: {tool: []}");
    } else {
      YamlMap map = node.asOpenMap();
      if (node.kind() == YamlNode.Kind.MAP && map.keys().isEmpty()) {
        node.problem("names no tool", "list the tools that act");
      }
      for (String tool : map.keys()) {
        tools.put(tool, Set.copyOf(map.texts(tool)));
      }
    }
    return new Trigger(Map.copyOf(tools));
  }

  private record Trigger(Map<String, Set<String>> tools) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.TOOL_CALL);
    }

    @Override
    public Set<String> toolsNamed() {
      return tools.keySet();
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      Set<String> listed = null;
      for (var e : tools.entrySet()) {
        if (Arguments.sameTool(e.getKey(), call.name())) {
          listed = e.getValue();
        }
      }
      if (listed == null || !exchange.holdsUntrusted()) {
        return List.of();
      }
      Arguments arguments = Arguments.read(call);
      if (arguments == null) {
        return hit(call, "its arguments can't be read");
      }
      var wishes = new Wishes(trusted(exchange));
      for (Arguments.Leaf leaf : arguments.leaves()) {
        boolean named = listed.stream().anyMatch(a -> a.equalsIgnoreCase(leaf.argument()));
        boolean asked =
            named
                ? wishes.hold(leaf.text())
                : !listed.isEmpty() || wishes.holdSensitiveParts(leaf.text());
        if (!asked) {
          return hit(
              call, "nobody who is trusted asked for the value of '" + leaf.argument() + "'");
        }
      }
      return List.of();
    }

    private static String trusted(Exchange exchange) {
      // Lines apart: no value may be put together from the ends of two texts.
      return String.join("\n|\n", exchange.textsOf(Role.USER))
          + "\n|\n"
          + String.join("\n|\n", exchange.textsOf(Role.SYSTEM))
          + "\n|\n"
          + exchange.caller().id();
    }
  }

  private static List<Hit> hit(ToolCallView call, String why) {
    return List.of(
        new Hit(0, call.argumentsJson().length(), "untrusted text is about, and " + why, "{}"));
  }
}
