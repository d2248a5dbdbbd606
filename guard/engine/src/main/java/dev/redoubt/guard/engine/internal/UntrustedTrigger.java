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
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps orders that stand in a retrieved text from making a tool act. */
@AutoService(Scanner.class)
public final class UntrustedTrigger implements Scanner {
  private static final String SEPARATOR = "\n|\n";

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
    Options: actingTools, a map from tool to the arguments that decide whom or what it acts on;
    otherTools: allow (default) or block, for tools that are neither acting nor reading;
    readingTools, a list of those that only read; allow, a list of values that are always meant.
    While a passage, a tool result or an earlier answer is in the conversation, those arguments
    must come from the words of the user or the system prompt, be the caller's own id, or stand
    under allow; numbers are compared as numbers, addresses as whole addresses. An empty list
    means: every address, host, number, identifier and encoded value in any argument; ['*']
    means: every argument as a whole. An argument that is not listed and is nothing but an
    address counts as listed, such as a bcc. Where the value was found in a text that nobody
    trusts the verdict says in which, as a hint; it does not decide. A bare "yes" names no
    value: the assistant has to ask for it. It does not see an order whose arguments the user
    typed as well, nor a harmful free text in an argument that is not listed.\
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
    options.checkKeys(List.of("actingTools", "otherTools", "readingTools", "allow"));
    var tools = new LinkedHashMap<String, Set<String>>();
    boolean others =
        options.oneOf("otherTools", List.of("allow", "block"), "allow").equals("block");
    Set<String> reading = Set.copyOf(options.texts("readingTools"));
    YamlNode node = options.get("actingTools");
    if (node == null) {
      if (!others) {
        options.missing(
            "actingTools", "list the tools that act, each with its arguments: {tool: []}");
      }
    } else {
      YamlMap map = node.asOpenMap();
      if (node.kind() == YamlNode.Kind.MAP && map.keys().isEmpty()) {
        node.problem("names no tool", "list the tools that act");
      }
      for (String tool : map.keys()) {
        tools.put(tool, Set.copyOf(map.texts(tool)));
        if (reading.contains(tool)) {
          node.problem("'" + tool + "' stands under readingTools, too", "keep it in one place");
        }
      }
    }
    if (!others && !reading.isEmpty()) {
      options.node().problem("readingTools goes with 'otherTools: block'", "add it, or drop these");
    }
    return new Trigger(Map.copyOf(tools), reading, others, options.texts("allow"));
  }

  private record Trigger(
      Map<String, Set<String>> tools, Set<String> reading, boolean blockOthers, List<String> allow)
      implements Check {
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
      if (!exchange.holdsUntrusted()) {
        return List.of();
      }
      Set<String> listed = null;
      for (var e : tools.entrySet()) {
        if (Arguments.sameTool(e.getKey(), call.name())) {
          listed = e.getValue();
        }
      }
      if (listed == null) {
        // The name itself must be on the list: a lenient match would let a namesake through.
        return blockOthers && !reading.contains(call.name())
            ? hit(call, "nothing says that this tool only reads")
            : List.of();
      }
      Arguments arguments = Arguments.read(call);
      if (arguments == null) {
        return hit(call, "its arguments can't be read");
      }
      return values(exchange, call, listed, arguments);
    }

    private List<Hit> values(
        Exchange exchange, ToolCallView call, Set<String> listed, Arguments arguments) {
      var wishes = new Wishes(trusted(exchange) + SEPARATOR + String.join(SEPARATOR, allow));
      boolean every = listed.contains("*");
      for (Arguments.Leaf leaf : arguments.leaves()) {
        boolean named =
            every || listed.stream().anyMatch(a -> Arguments.sameName(a, leaf.argument()));
        boolean asked =
            named
                ? wishes.hold(leaf.text())
                : listed.isEmpty()
                    ? wishes.holdSensitiveParts(leaf.text())
                    : !Wishes.isAddress(leaf.text()) || wishes.hold(leaf.text());
        if (!asked) {
          return hit(
              call,
              "nobody who is trusted asked for the value of '"
                  + leaf.argument()
                  + "'"
                  + hint(exchange, leaf.text()));
        }
      }
      return List.of();
    }

    /** Where the value may come from: evidence for people, nothing that decides. */
    private static String hint(Exchange exchange, String value) {
      String folded = Plain.fold(value);
      for (Text text : exchange.texts()) {
        if (!text.trusted() && !folded.isEmpty() && Plain.fold(text.text()).contains(folded)) {
          String origin = text.origin().replaceAll("[\\p{Cntrl}\\p{Cf}]", " ");
          return "; it stands in '" + origin.substring(0, Math.min(120, origin.length())) + "'";
        }
      }
      return "";
    }

    private static String trusted(Exchange exchange) {
      // Lines apart: no value may be put together from the ends of two texts.
      return String.join(SEPARATOR, exchange.textsOf(Role.USER))
          + SEPARATOR
          + String.join(SEPARATOR, exchange.textsOf(Role.SYSTEM))
          + SEPARATOR
          + exchange.caller().id();
    }
  }

  private static List<Hit> hit(ToolCallView call, String why) {
    return List.of(
        new Hit(0, call.argumentsJson().length(), "untrusted text is about, and " + why, "{}"));
  }
}
