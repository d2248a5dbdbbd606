package dev.redoubt.inspect.artifact.internal.tensorflow;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.keras.KerasConfig;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.Set;

/** A graph with its functions, in whatever it is wrapped. */
final class Graph {
  private static final String PREFIX = "inspect.artifact.tensorflow-";
  private static final Set<Integer> NODE_FIELDS = Set.of(1, 2, 3, 4, 5, 6, 7);

  private final ReadContext context;
  private final Operators operators = new Operators();

  Graph(ReadContext context) {
    this.context = context;
  }

  void tell() {
    operators.tell(context);
  }

  void savedModel(Message model) throws IOException {
    boolean any = false;
    while (model.next()) {
      switch (model.field()) {
        case 1 -> model.number();
        case 2 -> {
          any = true;
          metaGraph(model.message());
        }
        default -> throw unknown("SavedModel", model);
      }
    }
    if (!any) {
      throw new MalformedException("a SavedModel without a graph", 0);
    }
  }

  private static MalformedException unknown(String what, Message message) {
    return new MalformedException(
        "a " + what + " with the unknown field " + message.field(), message.from());
  }

  void metaGraph(Message meta) throws IOException {
    while (meta.next()) {
      switch (meta.field()) {
        case 1, 3, 4, 5 -> meta.message();
        case 2 -> graph(meta.message());
        case 6 -> asset(meta.message());
        case 7 -> objects(meta.message());
        default -> throw unknown("MetaGraph", meta);
      }
    }
  }

  private void asset(Message asset) throws IOException {
    while (asset.next()) {
      if (asset.field() == 2) {
        String file = asset.text();
        String path = file.replace('\\', '/');
        if (path.startsWith("/")
            || path.contains("://")
            || path.startsWith("~")
            || path.matches("[A-Za-z]:.*")
            || ("/" + path + "/").contains("/../")) {
          context.observe(
              PREFIX + "outside",
              Verdict.MALICIOUS,
              "an asset lies in " + file + ", outside of the model's folder",
              asset.from());
        }
      }
    }
  }

  void graph(Message graph) throws IOException {
    while (graph.next()) {
      switch (graph.field()) {
        case 1 -> node(graph.message());
        case 2 -> library(graph.message());
        case 3, 4, 5 -> {}
        default -> throw unknown("GraphDef", graph);
      }
    }
  }

  private void library(Message library) throws IOException {
    while (library.next()) {
      if (library.field() == 1) {
        function(library.message());
      } else if (library.field() > 4) {
        throw unknown("function library", library);
      }
    }
  }

  private void function(Message function) throws IOException {
    while (function.next()) {
      switch (function.field()) {
        case 1 -> {
          Message signature = function.message();
          while (signature.next()) {
            if (signature.field() == 1) {
              operators.define(signature.text());
            }
          }
        }
        case 3 -> node(function.message());
        case 2, 4, 5, 6, 7, 8 -> {}
        default -> throw unknown("function", function);
      }
    }
  }

  private void node(Message node) throws IOException {
    String operator = "";
    boolean named = false;
    while (node.next()) {
      if (!NODE_FIELDS.contains(node.field())) {
        throw unknown("node", node);
      }
      switch (node.field()) {
        case 1 -> named = true;
        case 2 -> operator = node.text();
        case 5 -> attribute(node.message(), operator);
        default -> {}
      }
    }
    if (operator.isEmpty() || !named) {
      throw new MalformedException("a node without a name or an operator", node.start());
    }
    operators.call(operator, node.start());
  }

  private void attribute(Message entry, String operator) throws IOException {
    String key = "";
    while (entry.next()) {
      if (entry.field() == 1) {
        key = entry.text();
      } else if (entry.field() == 2) {
        Message value = entry.message();
        while (value.next()) {
          if (value.field() == 8) {
            tensor(value.message());
          } else if (value.field() == 2
              && key.equals("output_stream")
              && operator.equals("PrintV2")) {
            stream(value);
          }
        }
      }
    }
  }

  private void stream(Message value) throws IOException {
    String to = value.text();
    if (to.startsWith("file:")) {
      context.observe(
          PREFIX + "executes", Verdict.MALICIOUS, "prints into the file " + to, value.from());
    }
  }

  /** A constant whose content is longer than its shape has no honest writer. */
  private void tensor(Message tensor) throws IOException {
    long type = 0;
    long elements = 1;
    long content = -1;
    while (tensor.next()) {
      switch (tensor.field()) {
        case 1 -> type = tensor.number();
        case 2 -> elements = shape(tensor.message());
        case 4 -> content = tensor.length();
        default -> {
          if (tensor.field() > 18) {
            throw unknown("tensor", tensor);
          }
        }
      }
    }
    int width = width(type);
    if (content > 0 && width > 0 && elements >= 0 && content != elements * width) {
      throw new MalformedException(
          "a constant of " + elements + " values has " + content + " bytes", tensor.start());
    }
  }

  private static int width(long type) {
    return switch ((int) type) {
      case 1, 3, 22 -> 4;
      case 2, 8, 9, 23 -> 8;
      case 4, 6, 10 -> 1;
      case 5, 14, 17, 19 -> 2;
      case 18 -> 16;
      default -> 0;
    };
  }

  private static long shape(Message shape) throws IOException {
    long elements = 1;
    while (shape.next()) {
      if (shape.field() == 2) {
        Message dimension = shape.message();
        long size = 0;
        while (dimension.next()) {
          size = dimension.field() == 1 ? dimension.number() : size;
        }
        if (size < 0 || elements > 1L << 40) {
          return -1;
        }
        elements *= size;
      } else if (shape.field() == 3) {
        return -1;
      }
    }
    return elements;
  }

  /** Objects of a SavedModel; older versions keep Keras' configuration with them. */
  private void objects(Message graph) throws IOException {
    while (graph.next()) {
      if (graph.field() == 1) {
        Message object = graph.message();
        while (object.next()) {
          if (object.field() == 4 && object.wire() == Message.LENGTH) {
            user(object.message());
          }
        }
      }
    }
  }

  private void user(Message user) throws IOException {
    while (user.next()) {
      if (user.field() == 3) {
        keras(user);
      }
    }
  }

  void kerasMetadata(Message metadata) throws IOException {
    while (metadata.next()) {
      Message node = metadata.message();
      while (node.next()) {
        if (node.field() == 5) {
          keras(node);
        }
      }
    }
  }

  private void keras(Message field) throws IOException {
    String text = field.text();
    if (text.startsWith("{")) {
      Json json;
      try {
        json = Json.read(text);
      } catch (MalformedException e) {
        throw new MalformedException("metadata of Keras: " + e.getMessage(), field.from());
      }
      KerasConfig.code(json.root(), "metadata of Keras", context);
    }
  }
}
