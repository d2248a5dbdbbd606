package dev.redoubt.inspect.artifact.internal.gguf;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The table of tensors, and whether the rest of the file is what it says. */
final class Tensors {
  private static final int MAX_NAME = 1024;
  private static final int MAX_DIMENSIONS = 8;

  /** Types that later versions of ggml may add; above them nothing is meant seriously. */
  private static final long LAST_PLAUSIBLE_TYPE = 63;

  private record Tensor(String name, long offset, long bytes) {}

  private final ByteReader reader;
  private final int width;
  private final long alignment;
  private boolean unknownType;

  Tensors(ByteReader reader, int width, long alignment) {
    this.reader = reader;
    this.width = width;
    this.alignment = alignment;
  }

  void read(long count) throws IOException {
    var tensors = new ArrayList<Tensor>();
    Set<String> names = new HashSet<>();
    for (long i = 0; i < count; i++) {
      Tensor tensor = tensor();
      if (!names.add(tensor.name())) {
        throw new MalformedException("two tensors are named " + tensor.name(), reader.position());
      }
      tensors.add(tensor);
    }
    long table = reader.position();
    long data = pad(table);
    if (tensors.isEmpty()) {
      rest(table, Math.min(data, reader.size()));
      after(data);
      return;
    }
    if (data > reader.size()) {
      throw new MalformedException("ends before its tensors", reader.size());
    }
    if (unknownType) {
      throw new LimitException("tensors of a type that this version does not know");
    }
    rest(table, data);
    layout(tensors, data);
  }

  private long pad(long value) {
    return (value + alignment - 1) / alignment * alignment;
  }

  private Tensor tensor() throws IOException {
    long at = reader.position();
    long length = reader.number(width);
    if (length < 1 || length > MAX_NAME) {
      throw new MalformedException(
          "the name of a tensor takes " + Long.toUnsignedString(length) + " bytes", at);
    }
    String name = reader.strictText(length);
    long dimensions = reader.u32();
    if (dimensions > MAX_DIMENSIONS) {
      throw new MalformedException("tensor " + name + " has " + dimensions + " dimensions", at);
    }
    long elements = 1;
    long first = 1;
    try {
      for (int i = 0; i < dimensions; i++) {
        long size = reader.number(width);
        if (size < 0) {
          throw new ArithmeticException("negative");
        }
        first = i == 0 ? size : first;
        elements = Math.multiplyExact(elements, size);
      }
      long type = reader.u32();
      long bytes = bytes(name, type, elements, first, at);
      long offset = reader.i64();
      if (offset < 0 || offset % alignment != 0) {
        throw new MalformedException(
            "tensor " + name + " lies at " + Long.toUnsignedString(offset) + ", not aligned", at);
      }
      return new Tensor(name, offset, bytes);
    } catch (ArithmeticException e) {
      throw new MalformedException("the shape of tensor " + name + " overflows", at);
    }
  }

  private long bytes(String name, long type, long elements, long first, long at)
      throws MalformedException {
    int[] block = GgufReader.BLOCKS.get(type);
    if (block == null) {
      if (type < 40 || type > LAST_PLAUSIBLE_TYPE) {
        throw new MalformedException("tensor " + name + " is of the unknown type " + type, at);
      }
      unknownType = true;
      return 0;
    }
    if (first % block[0] != 0) {
      throw new MalformedException(
          "tensor " + name + " has rows of " + first + ", no multiple of " + block[0], at);
    }
    return Math.multiplyExact(elements / block[0], block[1]);
  }

  private void layout(List<Tensor> tensors, long data) throws IOException {
    tensors.sort(Comparator.comparingLong(Tensor::offset).thenComparingLong(Tensor::bytes));
    long expected = 0;
    long end = 0;
    for (Tensor tensor : tensors) {
      if (tensor.offset() < end) {
        throw new MalformedException(
            "tensor " + tensor.name() + " overlaps another", data + tensor.offset());
      }
      if (tensor.offset() != expected) {
        throw new MalformedException("a hole before tensor " + tensor.name(), data + expected);
      }
      if (tensor.bytes() > reader.size() - data - tensor.offset()) {
        throw new MalformedException(
            "tensor " + tensor.name() + " reaches beyond the end of the file",
            data + tensor.offset());
      }
      end = tensor.offset() + tensor.bytes();
      expected = pad(end);
    }
    rest(data + end, Math.min(data + expected, reader.size()));
    after(data + expected);
  }

  private void after(long end) throws MalformedException {
    if (reader.size() > end) {
      throw new MalformedException(reader.size() - end + " bytes after the last tensor", end);
    }
  }

  /** What stands between two aligned things is nothing. */
  private void rest(long from, long to) throws IOException {
    reader.at(from);
    while (reader.position() < to) {
      if (reader.u8() != 0) {
        throw new MalformedException("something lies in the padding", reader.position() - 1);
      }
    }
  }
}
