package dev.redoubt.inspect.artifact.internal.skops;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.JsonFormat;
import dev.redoubt.inspect.artifact.internal.json.NameLists;
import dev.redoubt.inspect.artifact.internal.keras.Code;
import dev.redoubt.inspect.artifact.internal.pickle.KnownNames;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The schema of a skops file: each node names a loader and the type that it builds. */
@AutoService(JsonFormat.class)
public final class SkopsSchema implements JsonFormat {
  private static final String PREFIX = "inspect.artifact.skops-";
  private static final int DEEPEST = 300;
  private static final Pattern LEARNER = Pattern.compile("sklearn(\\.[a-z0-9_]+)+");

  private static final class Shipped {
    static final NameLists TYPES = new NameLists(SkopsSchema.class, "trusted.yaml");
  }

  private static final List<String> GROUPS =
      List.of(
          "CONTAINER_TYPE_NAMES",
          "NUMPY_DTYPE_TYPE_NAMES",
          "NUMPY_RANDOM_BIT_GENERATOR_TYPE_NAMES",
          "NUMPY_UFUNC_TYPE_NAMES",
          "PRIMITIVE_TYPE_NAMES",
          "SCIPY_UFUNC_TYPE_NAMES",
          "SKLEARN_ESTIMATOR_TYPE_NAMES",
          "SKLEARN_INTERNAL_TYPE_NAMES",
          "trusted");

  /** Types that a loader builds by itself. */
  private static final Map<String, Pattern> OWN =
      Map.ofEntries(
          Map.entry(
              "DictNode",
              Pattern.compile(
                  "builtins\\.dict|collections\\.OrderedDict|sklearn\\.utils\\._bunch\\.Bunch")),
          Map.entry(
              "_DictWithDeprecatedKeysNode",
              Pattern.compile("sklearn\\..*_DictWithDeprecatedKeys")),
          Map.entry("DefaultDictNode", Pattern.compile("collections\\.defaultdict")),
          Map.entry("ListNode", Pattern.compile("builtins\\.list")),
          Map.entry("TupleNode", Pattern.compile("builtins\\.tuple")),
          Map.entry("SetNode", Pattern.compile("builtins\\.(frozen)?set")),
          Map.entry("BytesNode", Pattern.compile("builtins\\.bytes")),
          Map.entry("BytearrayNode", Pattern.compile("builtins\\.bytearray")),
          Map.entry("SliceNode", Pattern.compile("builtins\\.slice")),
          Map.entry(
              "JsonNode",
              Pattern.compile("builtins\\.(str|int|float|bool|NoneType|complex|list|dict)")),
          Map.entry(
              "NdArrayNode",
              Pattern.compile(
                  "numpy\\.(ndarray|memmap|matrix|generic|[a-z]+[0-9]*_?)(\\.matrix)?")),
          Map.entry("MaskedArrayNode", Pattern.compile("numpy\\.ma(\\.core)?\\.MaskedArray")),
          Map.entry(
              "DTypeNode", Pattern.compile("numpy\\.(dtype|dtypes\\.[A-Za-z0-9]+|dtype\\[.*\\])")),
          Map.entry("RandomStateNode", Pattern.compile("numpy\\.random(\\.mtrand)?\\.RandomState")),
          Map.entry(
              "RandomGeneratorNode", Pattern.compile("numpy\\.random(\\._generator)?\\.Generator")),
          Map.entry(
              "SparseMatrixNode",
              Pattern.compile("scipy\\.sparse(\\._?[a-z]+)?\\.[a-z]+_(matrix|array)")),
          Map.entry("TreeNode", Pattern.compile("sklearn\\.tree\\._tree\\.Tree")),
          Map.entry(
              "LossNode",
              Pattern.compile(
                  "sklearn\\.(linear_model\\._sgd_fast|_loss\\.[a-z_]+|ensemble\\._gb_losses)\\.[A-Za-z]+")),
          Map.entry(
              "ConstructorFromReduceNode",
              Pattern.compile(
                  "sklearn\\.(_loss|neighbors|metrics|linear_model|cluster|ensemble)\\.[A-Za-z_.0-9]+")),
          Map.entry("CachedNode", Pattern.compile(".*")),
          Map.entry("PartialNode", Pattern.compile("functools\\.partial")));

  /** Made by {@link java.util.ServiceLoader}. */
  public SkopsSchema() {}

  @Override
  public boolean recognises(Object root, String name) {
    Map<String, Object> map = Json.map(root);
    return map.containsKey("__loader__")
        || (map.containsKey("__class__") && map.containsKey("__module__"))
        || map.containsKey("_skops_version");
  }

  @Override
  public void read(Json json, ReadContext context) throws IOException {
    context.format("skops schema");
    if (json.cut()) {
      throw new dev.redoubt.inspect.artifact.LimitException(
          "a schema with more nodes than are held");
    }
    value(json.root(), 0, context, new HashSet<>());
  }

  private static void value(Object value, int depth, ReadContext context, Set<String> told)
      throws IOException {
    if (depth > DEEPEST) {
      throw new MalformedException("a schema nested deeper than any estimator", -1);
    }
    if (value instanceof Map) {
      Map<String, Object> map = Json.map(value);
      if (map.containsKey("__loader__") || map.containsKey("__class__")) {
        node(map, context, told);
      }
      for (Object part : map.values()) {
        value(part, depth + 1, context, told);
      }
    } else if (value instanceof List) {
      for (Object part : Json.list(value)) {
        value(part, depth + 1, context, told);
      }
    }
  }

  private static void node(Map<String, Object> node, ReadContext context, Set<String> told) {
    String loader = String.valueOf(node.get("__loader__"));
    String module = String.valueOf(node.get("__module__"));
    String name = String.valueOf(node.get("__class__"));
    String type = module + "." + name;
    String says = loader + " " + type;
    if (told.size() > 60 || !told.add(says)) {
      return;
    }
    switch (loader) {
      case "OperatorFuncNode" -> {
        if (!module.equals("operator")) {
          tell(
              context,
              "dangerous",
              Verdict.MALICIOUS,
              "calls " + type + " as if it were an operator");
        } else if (!name.equals("itemgetter")) {
          tell(context, "unproven", Verdict.UNPROVEN, "calls " + type);
        }
        return;
      }
      case "MethodNode" -> {
        String why = Code.danger(module, name, null);
        tell(
            context,
            why == null ? "unproven" : "dangerous",
            why == null ? Verdict.UNPROVEN : Verdict.MALICIOUS,
            "takes the method "
                + Json.map(node.get("content")).get("func")
                + " of an object, as "
                + type);
        return;
      }
      default -> {}
    }
    Pattern own = OWN.get(loader);
    if ((own != null && own.matcher(type).matches()) || trusted(module, name, loader)) {
      return;
    }
    String why = Code.danger(module, name, null);
    if (why == null) {
      tell(
          context,
          "unproven",
          Verdict.UNPROVEN,
          loader + " builds " + type + ", which skops does not trust");
    } else {
      tell(context, "dangerous", Verdict.MALICIOUS, loader + " builds " + type + ": " + why);
    }
  }

  private static boolean trusted(String module, String name, String loader) {
    boolean known =
        Set.of("ObjectNode", "TypeNode", "FunctionNode", "ReduceNode", "SGDNode").contains(loader);
    if (!known) {
      return false;
    }
    String type = module + "." + name;
    for (String group : GROUPS) {
      if (Shipped.TYPES.has(group, type)) {
        return true;
      }
    }
    if (KnownNames.harmless(module, name)) {
      return true;
    }
    // Modules of scikit-learn have moved from version to version; the names of its classes have
    // not.
    return !loader.equals("FunctionNode")
        && LEARNER.matcher(module).matches()
        && Shipped.TYPES.has("names", name);
  }

  private static void tell(ReadContext context, String rule, Verdict verdict, String what) {
    context.observe(PREFIX + rule, verdict, what, -1);
  }
}
