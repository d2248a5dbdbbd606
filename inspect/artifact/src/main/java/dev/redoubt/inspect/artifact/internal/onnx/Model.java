package dev.redoubt.inspect.artifact.internal.onnx;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.NameLists;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A model being read. */
final class Model {
  private static final String PREFIX = "inspect.artifact.onnx-";
  private static final int MOST = 1_000_000;

  private static final class Shipped {
    static final NameLists OPERATORS = new NameLists(Model.class, "operators.yaml");
  }

  private final ReadContext context;
  private final Tensor tensors;
  private final Set<String> functions = new HashSet<>();

  /** Operators that stand nowhere in the lists, and where the first one is. */
  private final Map<String, Long> unknown = new LinkedHashMap<>();

  private boolean graphSeen;

  Model(ReadContext context) {
    this.context = context;
    this.tensors = new Tensor(context);
  }

  void read(Message model) throws IOException {
    boolean version = false;
    while (model.next()) {
      Shape.MODEL.check(model);
      switch (model.field()) {
        case 1 -> {
          version = true;
          if (model.number() < 1 || model.number() > 64) {
            throw new MalformedException("says IR version " + model.number(), model.from());
          }
        }
        case 7 -> {
          if (graphSeen) {
            throw new MalformedException("has two graphs", model.from());
          }
          graphSeen = true;
          graph(model.message());
        }
        case 8 -> entry(model.message(), Shape.OPSET);
        case 14 -> entry(model.message(), Shape.ENTRY);
        case 20 -> training(model.message());
        case 25 -> function(model.message());
        default -> {}
      }
    }
    if (!graphSeen || !version) {
      throw new MalformedException("has no graph or no version", 0);
    }
    tell();
  }

  private void tell() {
    for (Map.Entry<String, Long> entry : unknown.entrySet()) {
      if (!functions.contains(entry.getKey())) {
        context.observe(
            PREFIX + "operator",
            Verdict.UNPROVEN,
            "calls the operator " + entry.getKey() + ", which is not ONNX's own",
            entry.getValue());
      }
    }
  }

  private static void entry(Message entry, Shape shape) throws IOException {
    while (entry.next()) {
      shape.check(entry);
    }
  }

  private void training(Message training) throws IOException {
    while (training.next()) {
      Shape.TRAINING.check(training);
      if (training.field() <= 2) {
        graph(training.message());
      }
    }
  }

  private void function(Message function) throws IOException {
    String name = "";
    String domain = "";
    while (function.next()) {
      Shape.FUNCTION.check(function);
      switch (function.field()) {
        case 1 -> name = function.text();
        case 7 -> node(function.message());
        case 10 -> domain = function.text();
        case 11 -> attribute(function.message());
        default -> {}
      }
    }
    functions.add(key(domain, name));
  }

  private void graph(Message graph) throws IOException {
    var outputs = new HashSet<String>();
    var initializers = new HashSet<String>();
    while (graph.next()) {
      Shape.GRAPH.check(graph);
      switch (graph.field()) {
        case 1 -> node(graph.message(), outputs);
        case 5 -> {
          String name = tensors.read(graph.message());
          if (initializers.size() > MOST) {
            throw new LimitException("more than " + MOST + " initialisers");
          }
          if (!name.isEmpty() && !initializers.add(name)) {
            throw new MalformedException("two initialisers are named " + name, graph.from());
          }
        }
        case 15 -> tensors.sparse(graph.message());
        case 16 -> entry(graph.message(), Shape.ENTRY);
        default -> {}
      }
    }
  }

  private void node(Message node) throws IOException {
    node(node, new HashSet<>());
  }

  private void node(Message node, Set<String> outputs) throws IOException {
    String operator = "";
    String domain = "";
    long at = node.start();
    while (node.next()) {
      Shape.NODE.check(node);
      switch (node.field()) {
        case 2 -> {
          String output = node.text();
          if (outputs.size() > MOST) {
            throw new LimitException("more than " + MOST + " nodes in a graph");
          }
          if (!output.isEmpty() && !outputs.add(output)) {
            throw new MalformedException("two nodes give " + output, node.from());
          }
        }
        case 4 -> operator = node.text();
        case 5 -> attribute(node.message());
        case 7 -> domain = node.text();
        case 9 -> entry(node.message(), Shape.ENTRY);
        default -> {}
      }
    }
    String group = domain.isEmpty() ? "ai.onnx" : domain;
    if (!Shipped.OPERATORS.has(group, operator) && unknown.size() < 60) {
      unknown.putIfAbsent(key(domain, operator), at);
    }
  }

  private static String key(String domain, String operator) {
    return domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + "." + operator;
  }

  private void attribute(Message attribute) throws IOException {
    while (attribute.next()) {
      Shape.ATTRIBUTE.check(attribute);
      switch (attribute.field()) {
        case 5, 10 -> tensors.read(attribute.message());
        case 6, 11 -> graph(attribute.message());
        case 22, 23 -> tensors.sparse(attribute.message());
        default -> {}
      }
    }
  }
}
