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
import dev.redoubt.guard.engine.Scanner;
import dev.redoubt.guard.engine.Stage;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Holds the arguments of a tool to a form, which a model's prompt alone can't enforce. */
@AutoService(Scanner.class)
public final class ToolArguments implements Scanner {
  private static final List<String> TYPES =
      List.of("string", "number", "integer", "boolean", "array", "object", "any");
  private static final int LONGEST = 1_000_000;

  @Override
  public String name() {
    return "tool-arguments";
  }

  @Override
  public String title() {
    return "Tool calls whose arguments are missing, of another type, or not among those allowed";
  }

  @Override
  public String explanation() {
    return """
    Options: tool; arguments, a map from argument to {type: string|number|integer|boolean|array|
    object|any, required: true|false, oneOf: [values], startsWith: text, maxLength: characters};
    others: block (default) or allow, for arguments that are not in the map. oneOf compares
    whole values, case included; of an array every element must be among them. Arguments that
    are no JSON object, or name a key twice, are refused. It does not look into objects, and
    says nothing about what a text means.\
    """;
  }

  @Override
  public List<Limit> limits() {
    return List.of(
        Limit.of("a value that keeps to the form and is wrong"),
        Limit.of("tools that the policy does not name"),
        Limit.of("what a tool does beside what its arguments say"));
  }

  @Override
  public Set<Action> actions() {
    return Set.of(Action.BLOCK, Action.ASK, Action.LOG);
  }

  @Override
  public Check configure(YamlMap options, PassageMarkers passages) {
    options.checkKeys(List.of("tool", "arguments", "others"));
    String tool = options.requiredText("tool", "name the tool");
    boolean closed = options.oneOf("others", List.of("block", "allow"), "block").equals("block");
    var forms = new LinkedHashMap<String, Form>();
    YamlNode node = options.get("arguments");
    if (node == null) {
      options.missing("arguments", "say what each argument may be: {amount: {type: number}}");
    } else {
      YamlMap map = node.asOpenMap();
      for (String name : map.keys()) {
        YamlNode form = map.get(name);
        if (form != null) {
          forms.put(name, form(form));
        }
      }
    }
    return new Forms(tool, closed, Map.copyOf(forms));
  }

  private static Form form(YamlNode node) {
    YamlMap map = node.asMap("type", "required", "oneOf", "startsWith", "maxLength");
    return new Form(
        map.oneOf("type", TYPES, "any"),
        map.bool("required", false),
        map.get("oneOf") == null ? null : Set.copyOf(map.texts("oneOf")),
        map.text("startsWith", ""),
        (int) map.integer("maxLength", LONGEST, 0, LONGEST));
  }

  private record Form(
      String type,
      boolean required,
      @Nullable Set<String> oneOf,
      String startsWith,
      int maxLength) {
    /** What is wrong with a value; null when nothing is. */
    @Nullable String wrong(JsonNode value) {
      boolean typed =
          switch (type) {
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
          };
      if (!typed) {
        return "is no " + type;
      }
      if (value.isArray()) {
        for (JsonNode item : value) {
          String wrong = item.isContainer() && oneOf != null ? "holds a list" : plain(item);
          if (wrong != null) {
            return wrong;
          }
        }
        return null;
      }
      return value.isObject() ? oneOf == null ? null : "is an object" : plain(value);
    }

    private @Nullable String plain(JsonNode value) {
      String text = value.isContainer() ? value.toString() : value.asString("");
      if (oneOf != null && !oneOf.contains(text)) {
        return "is none of the values that are allowed";
      }
      if (!text.startsWith(startsWith)) {
        return "does not start as it must";
      }
      return text.length() > maxLength ? "is longer than " + maxLength : null;
    }
  }

  private record Forms(String tool, boolean closed, Map<String, Form> forms) implements Check {
    @Override
    public Set<Stage> stages() {
      return Set.of(Stage.TOOL_CALL);
    }

    @Override
    public String subject() {
      return tool.toLowerCase(Locale.ROOT);
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
      Arguments arguments = Arguments.read(call);
      if (arguments == null) {
        return hit(call, "its arguments can't be read");
      }
      for (var e : forms.entrySet()) {
        List<JsonNode> values = arguments.values(e.getKey());
        if (values.isEmpty() && e.getValue().required()) {
          return hit(call, "argument '" + e.getKey() + "' is missing");
        }
        for (JsonNode value : values) {
          String wrong = e.getValue().wrong(value);
          if (wrong != null) {
            return hit(call, "argument '" + e.getKey() + "' " + wrong);
          }
        }
      }
      return closed && arguments.hasOther(forms.keySet())
          ? hit(call, "it has an argument that is not in the list")
          : List.of();
    }
  }

  private static List<Hit> hit(ToolCallView call, String why) {
    return List.of(new Hit(0, call.argumentsJson().length(), why, "{}"));
  }
}
