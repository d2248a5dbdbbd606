package dev.redoubt.inspect.artifact.internal.onnx;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.Locale;

/** Tensors: whether their shape and their data agree, and where data outside of the file lies. */
final class Tensor {
  private static final int MAX_DIMENSIONS = 256;

  /** Bits of an element by its type; 0 for text, which is counted; -1 for no type. */
  private static final int[] BITS = {
    -1, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
  };

  private final ReadContext context;
  private int outside;

  Tensor(ReadContext context) {
    this.context = context;
  }

  /** Reads a tensor; gives its name. */
  String read(Message tensor) throws IOException {
    String name = "";
    long elements = 1;
    long type = 0;
    long raw = -1;
    long numbers = 0;
    long texts = 0;
    boolean external = false;
    int rank = 0;
    while (tensor.next()) {
      Shape.TENSOR.check(tensor);
      switch (tensor.field()) {
        case 1 -> {
          for (long size : tensor.packed(MAX_DIMENSIONS)) {
            elements = times(elements, size, tensor.from());
            if (++rank > MAX_DIMENSIONS) {
              throw new MalformedException("a tensor of too many dimensions", tensor.from());
            }
          }
        }
        case 2 -> type = tensor.number();
        case 4 -> numbers += tensor.numbers(4);
        case 5, 7, 11 -> numbers += tensor.numbers(0);
        case 6 -> texts++;
        case 8 -> name = tensor.text();
        case 9 -> raw = tensor.length();
        case 10 -> numbers += tensor.numbers(8);
        case 13 -> {
          external = true;
          external(tensor.message());
        }
        case 14 -> external |= tensor.number() == 1;
        default -> {}
      }
    }
    check(name, type, elements, raw, numbers, texts, external, tensor.start());
    return name;
  }

  private static long times(long elements, long size, long at) throws MalformedException {
    try {
      if (size < 0) {
        throw new ArithmeticException("negative");
      }
      return Math.multiplyExact(elements, size);
    } catch (ArithmeticException e) {
      throw new MalformedException("a tensor with a dimension of " + size, at);
    }
  }

  private static void check(
      String name,
      long type,
      long elements,
      long raw,
      long numbers,
      long texts,
      boolean external,
      long at)
      throws MalformedException {
    if (type < 0 || type >= BITS.length) {
      throw new MalformedException("tensor " + name + " is of the unknown type " + type, at);
    }
    int bits = BITS[(int) type];
    if (bits < 0) {
      if (raw > 0 || numbers > 0 || texts > 0) {
        throw new MalformedException("tensor " + name + " has data and no type", at);
      }
      return;
    }
    if (external) {
      return;
    }
    if (raw >= 0) {
      long expected = bits == 0 ? -1 : bytes(elements, bits, name, at);
      if (raw != expected || numbers > 0 || texts > 0) {
        throw new MalformedException(
            "the shape of tensor " + name + " takes " + expected + " bytes, its data " + raw, at);
      }
      return;
    }
    long expected = packed(type, elements);
    long there = type == 8 ? texts : numbers;
    if (there != expected || (type == 8 ? numbers : texts) > 0) {
      throw new MalformedException(
          "the shape of tensor " + name + " takes " + expected + " values, its data " + there, at);
    }
  }

  private static long bytes(long elements, int bits, String name, long at)
      throws MalformedException {
    try {
      return (Math.multiplyExact(elements, bits) + 7) / 8;
    } catch (ArithmeticException e) {
      throw new MalformedException("the shape of tensor " + name + " overflows", at);
    }
  }

  /** Values as the fields of numbers hold them: complex ones in two, small ones side by side. */
  private static long packed(long type, long elements) {
    return switch ((int) type) {
      case 14, 15 -> elements > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : elements * 2;
      case 21, 22, 23 -> elements / 2 + elements % 2;
      case 25, 26 -> elements / 4 + (elements % 4 == 0 ? 0 : 1);
      default -> elements;
    };
  }

  void sparse(Message sparse) throws IOException {
    while (sparse.next()) {
      Shape.SPARSE.check(sparse);
      if (sparse.field() <= 2) {
        read(sparse.message());
      }
    }
  }

  private void external(Message entry) throws IOException {
    String key = "";
    String value = "";
    long at = entry.start();
    while (entry.next()) {
      Shape.ENTRY.check(entry);
      if (entry.field() == 1) {
        key = entry.text();
      } else {
        value = entry.text();
      }
    }
    switch (key) {
      case "location" -> location(value, at);
      case "offset", "length" -> {
        if (!value.matches("[0-9]{1,18}")) {
          throw new MalformedException("data outside of the file at the " + key + " " + value, at);
        }
      }
      default -> {}
    }
  }

  private void location(String location, long at) {
    if (leads(location)) {
      if (outside++ < 20) {
        context.observe(
            "inspect.artifact.onnx-outside",
            Verdict.MALICIOUS,
            "a tensor lies in " + location + ", outside of the model's folder",
            at);
      }
    } else {
      context.note("tensors lie in the file " + location);
    }
  }

  /** Says whether a path leads out of a folder, on any system. */
  static boolean leads(String location) {
    String path = location.replace('\\', '/').toLowerCase(Locale.ROOT);
    if (path.isBlank()
        || path.startsWith("/")
        || path.startsWith("~")
        || path.contains("://")
        || path.indexOf('\0') >= 0
        || path.matches("[a-z]:.*")
        || path.startsWith("file:")
        || path.contains("_ort_mem_addr_")
        || path.contains("%2e")
        || path.contains("${")) {
      return true;
    }
    for (String part : path.split("/", -1)) {
      if (part.strip().equals("..")) {
        return true;
      }
    }
    return false;
  }
}
