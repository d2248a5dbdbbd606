package dev.redoubt.inspect.artifact.internal.keras;

import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.NameLists;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of Keras, of versions 1 to 3: each class, function and module that rebuilding the
 * model looks up, in layers, optimizers, losses and whatever else is nested in it.
 */
public final class KerasConfig {
  private static final String PREFIX = "inspect.artifact.keras-";
  private static final int DEEPEST = 200;

  private static final class Shipped {
    static final NameLists LISTS = new NameLists(KerasConfig.class, "classes.yaml");
  }

  /** Modules whose classes are Keras' own; the name of the class is checked besides. */
  private static final Pattern KERAS_MODULE =
      Pattern.compile(
          "(tensorflow\\.|tf_keras\\.|tensorflow\\.python\\.)?(keras|tf_keras)(\\.(src|_tf_keras|engine|legacy|api|v2))*"
              + "(\\.(keras|layers|models|initializers|optimizers|losses|metrics|regularizers|constraints|activations"
              + "|dtype_policies|mixed_precision|ops|random|quantizers|engine|saving|trainers"
              + "|backend|distribution|src))?(\\.[a-z0-9_]+){0,4}|keras|tf_keras|tensorflow|builtins");

  private static final Pattern OPERATION =
      Pattern.compile(
          "(tf\\.)?((math|nn|linalg|image|strings|signal|random|sparse|ragged|bitwise|compat\\.v1|keras\\.(backend|activations|ops)|__operators__|_api\\.v2|dtypes|quantization)\\.)*[A-Za-z0-9_]+");

  /** Functions of TensorFlow that open files, load libraries or call Python. */
  private static final Pattern REACHES =
      Pattern.compile(
          ".*(py_func|numpy_function|read_file|write_file|load_|matching_files|io\\.|gfile|saved_model|"
              + "sysconfig|import_|data\\.|distribute\\.|eval|exec|python|debugging|summary|train\\.|"
              + "file|print|make_template|custom_gradient|function|autograph|config|compat\\.v1\\.(app|flags)).*");

  private final ReadContext context;
  private final String where;
  private final Set<String> told = new HashSet<>();

  private KerasConfig(ReadContext context, String where) {
    this.context = context;
    this.where = where;
  }

  /** Says whether a tree looks like a model's or a layer's configuration. */
  public static boolean looksLike(Object root) {
    Map<String, Object> map = Json.map(root);
    return (map.containsKey("class_name")
            && (map.containsKey("config") || map.containsKey("module")))
        || map.containsKey("model_config")
        || (map.get("keras_version") instanceof String && map.containsKey("config"));
  }

  /**
   * Looks at everything that rebuilding from the tree would look up.
   *
   * @param where the tree stands, for people
   */
  public static void read(Object root, String where, ReadContext context) {
    new KerasConfig(context, where).value(root, "", 0, false);
  }

  /**
   * Looks only for code, as in metadata of a SavedModel whose classes are revived from its graph.
   */
  public static void code(Object root, String where, ReadContext context) {
    new KerasConfig(context, where).value(root, "", 0, true);
  }

  private void tell(String rule, Verdict verdict, String what) {
    if (told.size() < 40 && told.add(what)) {
      context.observe(PREFIX + rule, verdict, where + " " + what, -1);
    }
  }

  private void value(@Nullable Object value, String path, int depth, boolean codeOnly) {
    if (depth > DEEPEST) {
      if (told.add("deep")) {
        context.observe(
            EngineRules.MALFORMED,
            Verdict.UNPROVEN,
            where + " is nested deeper than Python takes",
            -1);
      }
      return;
    }
    if (value == Json.LEFT_OUT && told.add("cut")) {
      context.observe(EngineRules.LIMIT, Verdict.INCOMPLETE, where + " is larger than is read", -1);
    }
    if (value instanceof Map) {
      object(Json.map(value), path, depth, codeOnly);
    } else if (value instanceof List) {
      for (Object part : Json.list(value)) {
        value(part, path, depth + 1, codeOnly);
      }
    } else if (value instanceof String text && depth < 4 && text.startsWith("{")) {
      text(text, path, depth, codeOnly);
    }
  }

  /** Older versions keep JSON in the text of JSON. */
  private void text(String text, String path, int depth, boolean codeOnly) {
    try {
      value(Json.read(text).root(), path, depth + 1, codeOnly);
    } catch (java.io.IOException e) {
      // Text that only starts like JSON is text.
      context.note("a text in " + where + " starts like JSON");
    }
  }

  private void object(Map<String, Object> map, String path, int depth, boolean codeOnly) {
    String name = Json.text(map.get("class_name"));
    String here = name == null ? path : path.isEmpty() ? name : path + "/" + name;
    if (name != null
        && (map.containsKey("config") || map.containsKey("module") || map.size() <= 3)) {
      named(map, name, here, codeOnly);
    }
    function(map, here, codeOnly);
    if (map.get("class_name") instanceof Map || map.get("module") instanceof List) {
      tell("unproven", Verdict.UNPROVEN, here + " has a class_name or module that is no text");
    }
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      value(entry.getValue(), here, depth + 1, codeOnly);
    }
  }

  private void named(Map<String, Object> map, String name, String here, boolean codeOnly) {
    String module = Json.text(map.get("module"));
    String why = module == null ? null : Code.danger(module, name, Json.text(map.get("config")));
    if (why != null) {
      tell(
          "code", Verdict.MALICIOUS, "refers to " + module + "." + reached(map, name) + ": " + why);
      return;
    }
    NameLists lists = Shipped.LISTS;
    String last = name.substring(name.lastIndexOf('>') + 1);
    if (last.equals("Lambda") || name.equals("__lambda__")) {
      lambda(map, here);
      return;
    }
    if (lists.has("executes", last)) {
      tell("code", Verdict.UNPROVEN, "has a " + last + ", which loads code or another model");
      return;
    }
    if (codeOnly) {
      return;
    }
    if (name.equals("function") || "function".equals(map.get("registered_name"))) {
      reference(map, module, here);
      return;
    }
    if (lists.has("files", last)) {
      vocabulary(Json.map(map.get("config")), last);
    }
    if (last.equals("TFOpLambda") || last.equals("SlicingOpLambda")) {
      operation(Json.text(Json.map(map.get("config")).get("function")), here);
      return;
    }
    if (last.equals("TensorFlowOpLayer")) {
      graphNode(Json.map(map.get("config")), here);
      return;
    }
    known(map, name, module, here);
  }

  private static String reached(Map<String, Object> map, String name) {
    String config = Json.text(map.get("config"));
    return name.equals("function") && config != null ? config : name;
  }

  private void known(Map<String, Object> map, String name, @Nullable String module, String here) {
    NameLists lists = Shipped.LISTS;
    boolean keras = module == null || KERAS_MODULE.matcher(module).matches();
    boolean listed =
        lists.has("classes", name)
            || lists.has("files", name)
            || lists.has("operations", name)
            || (module == null && lists.has("functions", name));
    if (!keras || !listed) {
      tell(
          "unproven",
          Verdict.UNPROVEN,
          "has the class "
              + (module == null ? "" : module + ".")
              + name
              + " of its own, at "
              + here);
      return;
    }
    String registered = Json.text(map.get("registered_name"));
    if (registered != null) {
      String plain = registered.substring(registered.lastIndexOf('>') + 1);
      String package_ =
          registered.contains(">") ? registered.substring(0, registered.indexOf('>')) : "";
      boolean own =
          (plain.equals(name) || lists.has("classes", plain))
              && (package_.isEmpty()
                  || package_.equalsIgnoreCase("keras")
                  || package_.equals("builtins"));
      if (!own) {
        tell(
            "unproven",
            Verdict.UNPROVEN,
            "registers " + registered + " as " + name + ", at " + here);
      }
    }
  }

  /** {@code {"class_name": "function", "config": "relu", "module": "builtins"}} */
  private void reference(Map<String, Object> map, @Nullable String module, String here) {
    String function = Json.text(map.get("config"));
    if (function == null) {
      tell("unproven", Verdict.UNPROVEN, "refers to a function without a name, at " + here);
      return;
    }
    boolean keras =
        module == null || module.equals("builtins") || KERAS_MODULE.matcher(module).matches();
    if (!keras || !Shipped.LISTS.has("functions", function)) {
      tell(
          "unproven",
          Verdict.UNPROVEN,
          "refers to the function "
              + (module == null ? "" : module + ".")
              + function
              + ", at "
              + here);
    }
  }

  private void lambda(Map<String, Object> map, String here) {
    Object config = map.get("config");
    Object function =
        Json.map(config).containsKey("function") ? Json.map(config).get("function") : config;
    String seen = Code.marshalled(function);
    String named = Json.text(function);
    String module = Json.text(Json.map(config).get("module"));
    if (seen != null) {
      tell("lambda", grade(seen), "has marshalled Python code at " + here + seen);
      return;
    }
    String why = named == null ? null : Code.danger(module == null ? "" : module, named, null);
    tell(
        "lambda",
        why == null ? Verdict.UNPROVEN : Verdict.MALICIOUS,
        "has a Lambda at "
            + here
            + (named == null ? "" : " that calls " + named)
            + (why == null ? "" : ": " + why));
  }

  /**
   * Code that runs when the model is called is unproven, and worse where it names what does harm.
   */
  private static Verdict grade(String seen) {
    return seen.isEmpty() ? Verdict.UNPROVEN : Verdict.MALICIOUS;
  }

  /** Functions that are kept outside of a Lambda's own place. */
  private void function(Map<String, Object> map, String here, boolean codeOnly) {
    for (Map.Entry<String, Object> entry : map.entrySet()) {
      String key = entry.getKey();
      if (key.endsWith("function_type") && "lambda".equals(entry.getValue())) {
        String of = key.substring(0, key.length() - "_type".length());
        String seen = Code.marshalled(map.get(of));
        tell(
            "lambda",
            seen == null ? Verdict.UNPROVEN : grade(seen),
            "has marshalled Python code at " + here + (seen == null ? "" : seen));
      } else if (key.equals("module") && entry.getValue() instanceof String module) {
        String name = Json.text(map.get("class_name"));
        String why =
            name == null ? Code.danger(module, String.valueOf(map.get("name")), null) : null;
        if (why != null) {
          tell("code", Verdict.MALICIOUS, "refers to the module " + module + ": " + why);
        }
      } else if (key.equals("function_type") && "function".equals(entry.getValue()) && !codeOnly) {
        tell(
            "unproven",
            Verdict.UNPROVEN,
            "calls the function " + map.get("function") + " at " + here);
      }
    }
  }

  private void vocabulary(Map<String, Object> config, String name) {
    for (String key : List.of("vocabulary", "idf_weights")) {
      String path = Json.text(config.get(key));
      if (path != null) {
        boolean away =
            path.startsWith("/")
                || path.contains("..")
                || path.contains("://")
                || path.contains("\\")
                || path.startsWith("~");
        tell(
            "file",
            away ? Verdict.MALICIOUS : Verdict.UNPROVEN,
            "reads the file " + path + " as the vocabulary of a " + name);
      }
    }
  }

  private void operation(@Nullable String function, String here) {
    if (function == null
        || !OPERATION.matcher(function).matches()
        || REACHES.matcher(function).matches()) {
      tell("unproven", Verdict.UNPROVEN, "calls TensorFlow's " + function + " at " + here);
    }
  }

  private void graphNode(Map<String, Object> config, String here) {
    String node = String.valueOf(config.get("node_def"));
    if (REACHES.matcher(node.toLowerCase(java.util.Locale.ROOT)).matches()
        || node.matches("(?s).*(PyFunc|ReadFile|WriteFile).*")) {
      tell("unproven", Verdict.UNPROVEN, "has the operator " + node + " at " + here);
    }
  }
}
