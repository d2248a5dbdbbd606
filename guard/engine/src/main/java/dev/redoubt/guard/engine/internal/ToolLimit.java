package dev.redoubt.guard.engine.internal;

import com.google.auto.service.AutoService;
import dev.redoubt.core.YamlMap;
import dev.redoubt.guard.engine.Action;
import dev.redoubt.guard.engine.Check;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Hit;
import dev.redoubt.guard.engine.PassageMarkers;
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds tool calls to limits that a prompt alone can't enforce. */
@AutoService(Scanner.class)
public final class ToolLimit implements Scanner {
  private static final long MOST_CALLS = 1_000_000;

  @Override
  public String name() {
    return "tool-limit";
  }

  @Override
  public String title() {
    return "Tool calls beyond a limit: an amount, a number of calls, a tool that is not allowed";
  }

  @Override
  public String explanation() {
    return """
    Options, either: tool, argument, and max, min (default 0) or maxTotal (the sum over the
    conversation); or: tool and maxCalls (calls in the conversation); or: allow (the only tools
    that may be called). Numbers are read as tools and people write them (text, "1e3",
    "900 EUR", "1.234,50"); where a writing has two readings the limit must hold for both. An
    argument that is missing or can't be read is refused. It does not know currencies: 40 EUR
    and 40 JPY are both 40. Earlier calls count as far as the conversation shows them.\
    """;
  }

  @Override
  public List<dev.redoubt.guard.engine.Limit> limits() {
    return List.of(
        dev.redoubt.guard.engine.Limit.of(
            "what a client leaves out of the conversation that it sends: earlier calls are not counted then"),
        dev.redoubt.guard.engine.Limit.of("a tool that does more than its arguments say"),
        dev.redoubt.guard.engine.Limit.of("amounts in a currency that the policy does not name"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("tool", "argument", "max", "min", "maxTotal", "maxCalls", "allow"));
    if (options.get("allow") != null) {
      for (String key : options.keys()) {
        if (!key.equals("allow")) {
          options.node().problem("'allow' stands alone, not with '" + key + "'", "make two rules");
        }
      }
      return new AllowList(Set.copyOf(options.texts("allow")));
    }
    String tool = options.requiredText("tool", "name the tool, or list tools under 'allow'");
    String argument = options.text("argument", "");
    Limits limits =
        new Limits(
            decimal(options, "max"),
            options.get("min") == null ? BigDecimal.ZERO : decimal(options, "min"),
            decimal(options, "maxTotal"));
    Integer maxCalls =
        options.get("maxCalls") == null
            ? null
            : (int) options.integer("maxCalls", 0, 0, MOST_CALLS);
    problems(options, argument, limits, maxCalls);
    return new Limit(tool, argument, limits, maxCalls);
  }

  private static void problems(
      YamlMap options, String argument, Limits limits, @Nullable Integer maxCalls) {
    boolean amounts = limits.max != null || limits.maxTotal != null || options.get("min") != null;
    if (amounts && argument.isEmpty()) {
      options.missing("argument", "name the argument that the limit is for");
    }
    if (!amounts && !argument.isEmpty()) {
      options.missing("max", "give max, min or maxTotal for the argument");
    }
    if (!amounts && argument.isEmpty() && maxCalls == null) {
      options.missing("max", "give a limit: max, maxTotal or maxCalls");
    }
    if (limits.max != null && limits.min != null && limits.min.compareTo(limits.max) > 0) {
      options.node().problem("min is above max", "nothing could pass; swap them");
    }
  }

  private static @Nullable BigDecimal decimal(YamlMap options, String key) {
    return options.get(key) == null ? null : BigDecimal.valueOf(options.number(key, 0));
  }

  private record Limits(
      @Nullable BigDecimal max, @Nullable BigDecimal min, @Nullable BigDecimal maxTotal) {}

  private record AllowList(Set<String> tools) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.TOOL_CALL);
    }

    @Override
    public String subject() {
      return "allowed tools";
    }

    @Override
    public Set<String> toolsAllowed() {
      return tools;
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      // The name itself must be on the list: a lenient match here would let a namesake through.
      return tools.contains(call.name()) ? List.of() : hit(call, "the tool is not allowed");
    }
  }

  private record Limit(String tool, String argument, Limits limits, @Nullable Integer maxCalls)
      implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.TOOL_CALL);
    }

    @Override
    public String subject() {
      return argument.isEmpty() ? tool : tool + "." + argument;
    }

    @Override
    public Set<String> toolsNamed() {
      return Set.of(tool);
    }

    @Override
    public List<Hit> toolCall(Exchange exchange, ToolCallView call) {
      if (!Arguments.sameTool(tool, call.name())) {
        return List.of();
      }
      List<ToolCallView> earlier =
          exchange.calls().stream().filter(c -> Arguments.sameTool(tool, c.name())).toList();
      if (maxCalls != null && earlier.size() >= maxCalls) {
        return hit(call, "the tool was called as often as is allowed in one conversation");
      }
      return argument.isEmpty() ? List.of() : amounts(earlier, call);
    }

    private List<Hit> amounts(List<ToolCallView> earlier, ToolCallView call) {
      List<BigDecimal> readings = readings(call);
      if (readings.isEmpty()) {
        return hit(call, "argument '" + argument + "' is missing or can't be read as a number");
      }
      for (BigDecimal value : readings) {
        if (limits.max != null && value.compareTo(limits.max) > 0) {
          return hit(call, "argument '" + argument + "' is above " + limits.max.toPlainString());
        }
        if (limits.min != null && value.compareTo(limits.min) < 0) {
          return hit(call, "argument '" + argument + "' is below " + limits.min.toPlainString());
        }
      }
      return total(earlier, call, readings);
    }

    private List<Hit> total(
        List<ToolCallView> earlier, ToolCallView call, List<BigDecimal> readings) {
      if (limits.maxTotal == null) {
        return List.of();
      }
      BigDecimal sum = readings.stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO);
      for (ToolCallView c : earlier) {
        // A call that could not be read was refused, or made before the guard stood here.
        sum = sum.add(readings(c).stream().max(BigDecimal::compareTo).orElse(BigDecimal.ZERO));
      }
      return sum.compareTo(limits.maxTotal) > 0
          ? hit(
              call,
              "the sum of '"
                  + argument
                  + "' in this conversation is above "
                  + limits.maxTotal.toPlainString())
          : List.of();
    }

    /** Every reading of every value of the argument; empty when one of them can't be read. */
    private List<BigDecimal> readings(ToolCallView call) {
      Arguments arguments = Arguments.read(call);
      var all = new ArrayList<BigDecimal>();
      if (arguments != null) {
        for (JsonNode value : arguments.values(argument)) {
          Set<BigDecimal> readings =
              value.isNumber()
                  ? Amounts.number(value.decimalValue())
                  : Amounts.readings(value.isString() ? value.stringValue() : "");
          if (readings.isEmpty()) {
            return List.of();
          }
          all.addAll(readings);
        }
      }
      return all;
    }
  }

  private static List<Hit> hit(ToolCallView call, String why) {
    return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
  }
}
