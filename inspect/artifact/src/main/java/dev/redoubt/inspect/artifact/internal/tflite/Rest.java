package dev.redoubt.inspect.artifact.internal.tflite;

import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;

/** Parts of a model that mean nothing to its safety, read to know where the model ends. */
final class Rest {
  private static final long MOST = 100_000;

  private Rest() {}

  static void visit(FlatTable model) throws IOException {
    model.text(3);
    model.length(5, 4);
    each(model, 6, metadata -> metadata.text(0));
    each(
        model,
        7,
        signature -> {
          each(signature, 0, map -> map.text(0));
          each(signature, 1, map -> map.text(0));
          signature.text(2);
        });
    each(
        model,
        2,
        graph -> {
          graph.text(4);
          each(graph, 3, operator -> operator.length(6, 1));
        });
  }

  interface Part {
    void read(FlatTable table) throws IOException;
  }

  private static void each(FlatTable table, int field, Part part) throws IOException {
    long count = Math.min(MOST, table.length(field, 4));
    for (long i = 0; i < count; i++) {
      part.read(table.table(field, i));
    }
  }

  static void tensor(FlatTable tensor) throws IOException {
    tensor.text(3);
    tensor.length(7, 4);
    if (tensor.offset(4) >= 0) {
      FlatTable quantization = tensor.inner(4);
      quantization.length(0, 4);
      quantization.length(1, 4);
      quantization.length(2, 4);
      quantization.length(3, 8);
      if (quantization.offset(5) >= 0) {
        quantization.inner(5);
      }
    }
    if (tensor.offset(6) >= 0) {
      FlatTable sparsity = tensor.inner(6);
      sparsity.length(0, 4);
      sparsity.length(1, 4);
      each(sparsity, 2, dimension -> {});
    }
    each(tensor, 9, variant -> variant.length(0, 4));
  }

  /** Options of an operator are tables of small values, some with a vector of numbers. */
  static void options(FlatTable operator, int field) throws IOException {
    if (operator.offset(field) < 0) {
      return;
    }
    FlatTable options = operator.inner(field);
    for (int i = 0; i < 4; i++) {
      try {
        long where = options.offset(i);
        if (where > options.at() && where < options.at() + MOST) {
          options.length(i, 4);
        }
      } catch (MalformedException e) {
        // The field is no vector but a number, as of most options.
        options.reach(0);
      }
    }
  }
}
