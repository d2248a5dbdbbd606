package dev.redoubt.inspect.artifact.internal.onnx;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.Locale;

/**
 * Reads ONNX by its own description (onnx.proto, IR versions 3 to 13). Protocol buffers have no
 * magic number: what is not named so has to fit field by field to its last byte.
 */
@AutoService(FormatReader.class)
public final class OnnxReader implements FormatReader {
  /** Made by {@link java.util.ServiceLoader}. */
  public OnnxReader() {}

  @Override
  public String id() {
    return "onnx";
  }

  @Override
  public boolean claims(Head head, String name) {
    if (named(name)) {
      return !Texts.looksLikeText(head) || head.at(0) == 8;
    }
    int first = head.at(0);
    return (first == 0x08 && head.at(1) > 0 && head.at(1) < 0x20)
        || first == 0x12
        || first == 0x3a
        || first == 0x42;
  }

  private static boolean named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".onnx") || lower.endsWith(".ort.onnx");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    boolean named = named(context.name());
    if (!named && !fits(source, context)) {
      context.decline();
      return;
    }
    context.format("ONNX");
    new Model(context).read(Message.of(source, context.budget()));
  }

  private static boolean fits(ByteSource source, ReadContext context) throws IOException {
    boolean graph = false;
    boolean version = false;
    try {
      Message model = Message.of(source, context.budget());
      while (model.next()) {
        if (!Shape.MODEL.has(model)) {
          return false;
        }
        if (model.field() == 7) {
          if (graph) {
            return true;
          }
          graph = true;
          Message inner = model.message();
          while (inner.next()) {
            if (!Shape.GRAPH.has(inner)) {
              return false;
            }
          }
        }
        version |= model.field() == 1;
      }
    } catch (MalformedException e) {
      // Something else altogether, or too broken to be taken for it.
      return graph && version;
    }
    return graph && version;
  }
}
