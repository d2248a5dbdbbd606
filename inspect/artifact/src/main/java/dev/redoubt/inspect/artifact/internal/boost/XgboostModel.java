package dev.redoubt.inspect.artifact.internal.boost;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether the trees of an XGBoost model hold together; the format can't call. */
final class XgboostModel {
  private static final List<String> ARRAYS =
      List.of(
          "left_children",
          "right_children",
          "parents",
          "split_indices",
          "split_conditions",
          "base_weights",
          "default_left",
          "loss_changes",
          "sum_hessian",
          "split_type");

  private static final Pattern CODE =
      Pattern.compile(
          "(__import__\\s*\\(|os\\.system|subprocess\\.|\\beval\\s*\\(|\\bexec\\s*\\(|__reduce__|__globals__|/bin/(ba)?sh|powershell)");

  private XgboostModel() {}

  static boolean looksLike(Object root) {
    Map<String, Object> map = Json.map(root);
    return (map.get("learner") instanceof Map && map.containsKey("version"))
        || (map.containsKey("Model") && map.containsKey("Config"));
  }

  static void check(Object root, ReadContext context) throws MalformedException {
    texts(root, context, 0);
    Map<String, Object> map = Json.map(root);
    Map<String, Object> learner =
        Json.map(
            map.containsKey("Model")
                ? Json.map(map.get("Model")).get("learner")
                : map.get("learner"));
    booster(Json.map(learner.get("gradient_booster")), context, 0);
  }

  /** Texts of a model are names; one that is code is there for somebody. */
  static void texts(Object value, ReadContext context, int depth) {
    if (depth > 60) {
      return;
    }
    if (value instanceof Map) {
      Json.map(value)
          .forEach((key, part) -> {
            texts(key, context, depth + 1);
            texts(part, context, depth + 1);
          });
    } else if (value instanceof List
        && !Json.list(value).isEmpty()
        && !(Json.list(value).getFirst() instanceof Number)) {
      Json.list(value).forEach(part -> texts(part, context, depth + 1));
    } else if (value instanceof String text && CODE.matcher(text).find()) {
      context.observe(
          "inspect.artifact.xgboost-code",
          Verdict.UNPROVEN,
          "a text of the model is code: " + text,
          -1);
    }
  }

  private static void booster(Map<String, Object> booster, ReadContext context, int depth)
      throws MalformedException {
    if (booster.get("gbtree") instanceof Map && depth < 2) {
      booster(Json.map(booster.get("gbtree")), context, depth + 1);
    }
    Map<String, Object> model = Json.map(booster.get("model"));
    List<Object> trees = Json.list(model.get("trees"));
    long announced =
        Json.wholeText(Json.map(model.get("gbtree_model_param")).get("num_trees"), trees.size());
    if (model.containsKey("trees") && announced != trees.size()) {
      throw new MalformedException("says " + announced + " trees and has " + trees.size(), -1);
    }
    int index = 0;
    for (Object tree : trees) {
      tree(Json.map(tree), index++);
    }
    if (index > 0) {
      context.note(index + " trees");
    }
  }

  private static void tree(Map<String, Object> tree, int index) throws MalformedException {
    long nodes = Json.wholeText(Json.map(tree.get("tree_param")).get("num_nodes"), -1);
    long targets = Json.wholeText(Json.map(tree.get("tree_param")).get("size_leaf_vector"), 1);
    if (nodes < 1) {
      throw new MalformedException("tree " + index + " has " + nodes + " nodes", -1);
    }
    long features =
        Json.wholeText(Json.map(tree.get("tree_param")).get("num_feature"), Long.MAX_VALUE);
    List<Object> left = Json.list(tree.get("left_children"));
    for (String name : ARRAYS) {
      if (tree.get(name) instanceof List) {
        int size = Json.list(tree.get(name)).size();
        boolean vector =
            targets > 1
                && (name.equals("base_weights")
                    || name.equals("loss_changes")
                    || name.equals("sum_hessian"));
        if (size != nodes && !vector && size > 0) {
          throw new MalformedException(
              "tree " + index + " has " + nodes + " nodes and " + size + " " + name, -1);
        }
      }
    }
    range(tree, "left_children", -1, nodes, index);
    range(tree, "right_children", -1, nodes, index);
    range(tree, "parents", Integer.MIN_VALUE, Integer.MAX_VALUE + 1L, index);
    List<Object> splits = Json.list(tree.get("split_indices"));
    for (int i = 0; i < Math.min(left.size(), splits.size()); i++) {
      long split = Json.whole(splits.get(i), 0);
      if (Json.whole(left.get(i), -1) != -1 && (split < 0 || split >= Math.max(1, features))) {
        throw new MalformedException(
            "tree " + index + " splits by feature " + split + " of " + features, -1);
      }
    }
  }

  private static void range(Map<String, Object> tree, String name, long from, long to, int index)
      throws MalformedException {
    for (Object value : Json.list(tree.get(name))) {
      long number = Json.whole(value, 0);
      if (number < from || number >= to) {
        throw new MalformedException(
            "tree " + index + " of " + to + " nodes has " + number + " among its " + name, -1);
      }
    }
  }
}
