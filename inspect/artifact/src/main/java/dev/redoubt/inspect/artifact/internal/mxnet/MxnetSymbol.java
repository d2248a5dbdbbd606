package dev.redoubt.inspect.artifact.internal.mxnet;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.json.JsonFormat;
import dev.redoubt.inspect.artifact.internal.json.NameLists;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * MXNet's graphs: which operators run code of somebody's own, and whether the nodes hold together.
 */
@AutoService(JsonFormat.class)
public final class MxnetSymbol implements JsonFormat {
  private static final Pattern CUSTOM =
      Pattern.compile(
          "Custom|_Custom.*|_Native|_NDArray|_TVM.*|Plugin.*|_subgraph_custom.*|_CustomFunction");

  /** Operators that MXNet carries itself, by its families and by name. */
  private static final Pattern FAMILY =
      Pattern.compile(
          "(_np_|_npx_|_npi_|_np|_contrib_|_image_|_random_|_sample_|_linalg_|linalg_|_sparse_|broadcast_|elemwise_|"
              + "_scatter_|_slice_|_equal|_not_equal|_greater|_lesser|_logical|_maximum|_minimum|_mod|_plus|_minus|_mul|_div|"
              + "_power|_hypot|_rminus|_rdiv|_rpower|_rmod|_copy|_zeros|_ones|_full|_arange|_linspace|_eye|_grad_|_sg_|"
              + "_foreach|_while_loop|_cond|_shuffle|_split|_ravel|_unravel|_rnn_|_cvimread|_identity|_add|_sub|_Plus|_Minus|"
              + "_Mul|_Div|_Power|_Equal|_Maximum|_Minimum|_RMinus|_RDiv|_Rminus|_Hypot|_histogram|_square_sum|"
              + "quantized_|random_|sample_|amp_|sgd_|multi_|mp_|adam|ftrl|rmsprop|signsgd|signum|nag_|ftml|lamb_|preloaded_|reset_)[A-Za-z0-9_]*");

  private static final NameLists OPERATORS = new NameLists(MxnetSymbol.class, "operators.yaml");

  private static final Pattern SPEAKS =
      Pattern.compile(
          "(?i)(__import__|os\\.system|subprocess|eval\\(|exec\\(|popen|\\.so$|\\.dll$|file://|https?://|\\.\\./)");

  /** Made by {@link java.util.ServiceLoader}. */
  public MxnetSymbol() {}

  @Override
  public boolean recognises(Object root, String name) {
    Map<String, Object> map = Json.map(root);
    return map.get("nodes") instanceof List
        && (map.get("arg_nodes") instanceof List || map.get("heads") instanceof List);
  }

  @Override
  public void read(Json json, ReadContext context) throws IOException {
    context.format("MXNet symbol");
    Map<String, Object> root = Json.map(json.root());
    graph(root, context, 0);
  }

  private static void graph(Map<String, Object> root, ReadContext context, int depth)
      throws IOException {
    if (depth > 50) {
      throw new MalformedException("graphs nested deeper than any writer does", -1);
    }
    List<Object> nodes = Json.list(root.get("nodes"));
    int index = 0;
    for (Object value : nodes) {
      Map<String, Object> node = Json.map(value);
      String operator = Json.text(node.get("op"));
      if (operator == null) {
        throw new MalformedException("node " + index + " has no operator", -1);
      }
      operator(operator, node, context);
      for (Object input : Json.list(node.get("inputs"))) {
        long from = Json.whole(Json.list(input).isEmpty() ? null : Json.list(input).getFirst(), -1);
        if (from < 0 || from >= index) {
          throw new MalformedException("node " + index + " takes from node " + from, -1);
        }
      }
      for (Object subgraph : Json.list(node.get("subgraphs"))) {
        graph(Json.map(subgraph), context, depth + 1);
      }
      index++;
    }
    indices(Json.list(root.get("arg_nodes")), nodes.size());
    for (Object head : Json.list(root.get("heads"))) {
      indices(
          Json.list(head).isEmpty() ? List.of() : List.of(Json.list(head).getFirst()),
          nodes.size());
    }
  }

  private static void indices(List<Object> indices, int nodes) throws MalformedException {
    for (Object index : indices) {
      long number = Json.whole(index, -1);
      if (number < 0 || number >= nodes) {
        throw new MalformedException("names node " + index + " of " + nodes, -1);
      }
    }
  }

  private static void operator(String operator, Map<String, Object> node, ReadContext context) {
    boolean own = OPERATORS.has("computes", operator) || FAMILY.matcher(operator).matches();
    if (!own || CUSTOM.matcher(operator).matches()) {
      context.observe(
          "inspect.artifact.mxnet-custom",
          Verdict.UNPROVEN,
          "calls the operator "
              + operator
              + " "
              + Json.map(node.get("attrs")).getOrDefault("op_type", ""),
          -1);
    }
    for (String key : List.of("attrs", "attr", "param")) {
      for (Object value : Json.map(node.get(key)).values()) {
        if (value instanceof String text && SPEAKS.matcher(text).find()) {
          context.observe(
              "inspect.artifact.mxnet-custom",
              Verdict.UNPROVEN,
              "an attribute of " + node.get("name") + " speaks of " + text,
              -1);
        }
      }
    }
  }
}
