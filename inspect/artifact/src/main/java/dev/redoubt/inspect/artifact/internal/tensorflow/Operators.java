package dev.redoubt.inspect.artifact.internal.tensorflow;

import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.NameLists;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The operators that a model calls, and what they reach. */
public final class Operators {
  private static final String PREFIX = "inspect.artifact.tensorflow-";
  private static final int MOST = 500;

  private static final class Shipped {
    static final NameLists LISTS = new NameLists(Operators.class, "operators.yaml");
  }

  private final Map<String, Long> called = new LinkedHashMap<>();
  private final Set<String> defined = new HashSet<>();

  /** An operator, and where it is called. */
  public void call(String operator, long at) {
    if (called.size() < MOST || !Shipped.LISTS.has("computes", operator)) {
      if (called.size() < 20 * MOST) {
        called.putIfAbsent(operator, at);
      }
    }
  }

  /** A function that the model brings itself. */
  public void define(String function) {
    defined.add(function);
  }

  /** Says what is called that does not merely compute. */
  public void tell(ReadContext context) {
    for (Map.Entry<String, Long> entry : called.entrySet()) {
      String operator = entry.getKey();
      if (Shipped.LISTS.has("executes", operator)) {
        context.observe(
            PREFIX + "executes",
            Verdict.MALICIOUS,
            "calls " + operator + ", which runs code, or opens files or connections",
            entry.getValue());
      } else if (Shipped.LISTS.has("reads", operator)) {
        context.observe(
            PREFIX + "reads",
            Verdict.UNPROVEN,
            "calls " + operator + ", which reads files or stops the process",
            entry.getValue());
      } else if (!Shipped.LISTS.has("computes", operator) && !defined.contains(operator)) {
        context.observe(
            PREFIX + "custom",
            Verdict.UNPROVEN,
            "calls the operator " + operator + ", which is not TensorFlow's own",
            entry.getValue());
      }
    }
  }
}
