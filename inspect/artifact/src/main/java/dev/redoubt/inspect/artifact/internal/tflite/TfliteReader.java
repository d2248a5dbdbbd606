package dev.redoubt.inspect.artifact.internal.tflite;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.bytes.Named;
import dev.redoubt.inspect.artifact.internal.tensorflow.Operators;
import java.io.IOException;
import java.util.Set;

/** Reads TensorFlow Lite (schema.fbs, version 3): its operators, tensors and buffers. */
@AutoService(FormatReader.class)
public final class TfliteReader implements FormatReader {
  private static final int CUSTOM = 32;
  private static final int LAST_BUILTIN = 255;
  private static final int SLACK = 32;
  private static final long MOST = 2_000_000;

  /** Custom operators that come with TensorFlow Lite itself. */
  private static final Set<String> OWN =
      Set.of(
          "TFLite_Detection_PostProcess",
          "AudioSpectrogram",
          "Mfcc",
          "Convolution2DTransposeBias",
          "MaxPoolingWithArgmax2D",
          "MaxUnpooling2D",
          "NumericVerify",
          "TransformLandmarks",
          "TransformTensorBilinear",
          "Landmarks2TransformMatrix",
          "HashtableV2",
          "RFFT2D",
          "IRFFT2D",
          "Irfft2d",
          "Multinomial",
          "RandomStandardNormal",
          "RandomUniform",
          "Roll",
          "Atan2",
          "Sign",
          "TableCreate",
          "READ_VARIABLE",
          "ASSIGN_VARIABLE",
          "odml.rms_norm",
          "SentencepieceTokenizeOp");

  /** Bytes of an element by type; 0 where that is not fixed. */
  private static final int[] SIZES = {
    4, 2, 4, 1, 8, 0, 1, 2, 8, 1, 8, 16, 8, 0, 0, 4, 2, 0, 2, 0, 1, 1
  };

  /** Made by {@link java.util.ServiceLoader}. */
  public TfliteReader() {}

  @Override
  public String id() {
    return "tflite";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.has(4, "TFL3") || Named.broken(head, name, ".tflite");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("TensorFlow Lite");
    if (!new Head(source).has(4, "TFL3")) {
      throw new MalformedException("does not bear the mark of TensorFlow Lite", 4);
    }
    var reader = new ByteReader(source, context.budget());
    var model = new FlatTable(new Extent(reader), reader.u32());
    long version = model.number(0, 4, 0);
    if (version != 3) {
      throw new MalformedException("says version " + version, model.at());
    }
    long codes = operators(model, context);
    long buffers = count(model, 4);
    for (long i = 0; i < buffers; i++) {
      buffer(model.table(4, i), reader.size());
    }
    long graphs = count(model, 2);
    if (graphs == 0) {
      throw new MalformedException("has no graph", model.at());
    }
    for (long i = 0; i < graphs; i++) {
      graph(model, model.table(2, i), codes, buffers);
    }
    Rest.visit(model);
    trailing(model, reader, context);
  }

  /**
   * Behind the last thing of the model there may be an archive with its description, and no more.
   */
  private static void trailing(FlatTable model, ByteReader reader, ReadContext context)
      throws IOException {
    long end = model.extent();
    long rest = reader.size() - end;
    byte[] head = reader.source().bytes(end, SLACK + 4);
    if (rest <= SLACK && zeros(head)) {
      return;
    }
    for (int i = 0; i <= SLACK && i + 4 <= head.length; i++) {
      if (head[i] == 'P' && head[i + 1] == 'K' && head[i + 2] == 3 && head[i + 3] == 4) {
        context.member("metadata.zip", reader.source().slice(end + i, rest - i));
        return;
      }
    }
    throw new MalformedException(rest + " bytes behind the last part of the model", end);
  }

  private static boolean zeros(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static long count(FlatTable table, int field) throws IOException {
    long count = table.length(field, 4);
    if (count > MOST) {
      throw new LimitException("more than " + MOST + " tables");
    }
    return count;
  }

  private static long operators(FlatTable model, ReadContext context) throws IOException {
    long count = count(model, 1);
    var flex = new Operators();
    for (long i = 0; i < count; i++) {
      FlatTable code = model.table(1, i);
      long deprecated = code.number(0, 1, 0);
      long builtin = Math.max(deprecated, code.number(3, 4, 0));
      String custom = code.text(1);
      if (builtin > LAST_BUILTIN) {
        throw new MalformedException("the unknown operator " + builtin, code.at());
      }
      if (builtin == CUSTOM || !custom.isEmpty()) {
        if (custom.startsWith("Flex") && custom.length() > 4) {
          flex.call(custom.substring(4), code.at());
        } else if (!OWN.contains(custom)) {
          context.observe(
              "inspect.artifact.tflite-custom",
              Verdict.UNPROVEN,
              "calls the operator " + custom + ", which is not TensorFlow Lite's own",
              code.at());
        }
      }
    }
    flex.tell(context);
    return count;
  }

  private static void buffer(FlatTable buffer, long size) throws IOException {
    buffer.length(0, 1);
    long offset = buffer.number(1, 8, 0);
    long length = buffer.number(2, 8, 0);
    buffer.reach(offset > 1 && length > 0 && length <= size - offset ? offset + length : 0);
    if (offset > 1 && (length < 0 || offset > size - length)) {
      throw new MalformedException(
          "a buffer of " + length + " bytes at " + offset + " reaches out of the file",
          buffer.at());
    }
  }

  private static void graph(FlatTable model, FlatTable graph, long codes, long buffers)
      throws IOException {
    long tensors = count(graph, 0);
    for (long i = 0; i < tensors; i++) {
      tensor(model, graph.table(0, i), buffers);
    }
    indices(graph, 1, tensors);
    indices(graph, 2, tensors);
    long operators = count(graph, 3);
    for (long i = 0; i < operators; i++) {
      FlatTable operator = graph.table(3, i);
      if (operator.number(0, 4, 0) >= codes) {
        throw new MalformedException("an operator that the model does not list", operator.at());
      }
      indices(operator, 1, tensors);
      indices(operator, 2, tensors);
      operator.length(5, 1);
      operator.length(8, 4);
      Rest.options(operator, 4);
      Rest.options(operator, 12);
      long large = operator.number(9, 8, 0);
      long largeSize = operator.number(10, 8, 0);
      operator.reach(
          large > 1 && largeSize > 0 && large < 1L << 50 && largeSize < 1L << 50
              ? large + largeSize
              : 0);
    }
  }

  private static void indices(FlatTable table, int field, long tensors) throws IOException {
    long count = table.length(field, 4);
    for (long i = 0; i < count; i++) {
      long index = table.element(field, i);
      if (index < -1 || index >= tensors) {
        throw new MalformedException("the tensor " + index + " of " + tensors, table.at());
      }
    }
  }

  private static void tensor(FlatTable model, FlatTable tensor, long buffers) throws IOException {
    long rank = tensor.length(0, 4);
    if (rank > 64) {
      throw new MalformedException("a tensor of " + rank + " dimensions", tensor.at());
    }
    long elements = 1;
    for (long i = 0; i < rank; i++) {
      long size = tensor.element(0, i);
      if (size < -1 || elements > 1L << 40) {
        throw new MalformedException("a tensor with a dimension of " + size, tensor.at());
      }
      elements *= Math.max(0, size);
    }
    long type = tensor.number(1, 1, 0);
    if (type >= SIZES.length) {
      throw new MalformedException("a tensor of the unknown type " + type, tensor.at());
    }
    long buffer = tensor.number(2, 4, 0);
    if (buffer >= buffers && buffer > 0) {
      throw new MalformedException("a tensor in buffer " + buffer + " of " + buffers, tensor.at());
    }
    boolean sparse = tensor.offset(6) >= 0;
    Rest.tensor(tensor);
    int size = SIZES[(int) type];
    if (buffer > 0 && size > 0 && !sparse) {
      long there = model.table(4, buffer).length(0, 1);
      if (there > 0 && there != elements * size) {
        throw new MalformedException(
            "the shape of a tensor takes " + elements * size + " bytes, its buffer " + there,
            tensor.at());
      }
    }
  }
}
