package dev.redoubt.inspect.artifact.internal.coreml;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Core ML's models (Model.proto): pipelines to their leaves, networks for layers of
 * somebody's own. And knows CatBoost and CNTK by their marks, which are not parsed.
 */
@AutoService(FormatReader.class)
public final class CoremlReader implements FormatReader {
  private static final int CUSTOM_MODEL = 555;
  private static final int CUSTOM_LAYER = 500;
  private static final Set<Integer> NETWORKS = Set.of(303, 403, 500);
  private static final Set<Integer> PIPELINES = Set.of(200, 201, 202);
  private static final int PROGRAM = 502;
  private static final Pattern OPERATION = Pattern.compile("(?!custom)[a-z][a-z0-9_]*");

  /** Made by {@link java.util.ServiceLoader}. */
  public CoremlReader() {}

  @Override
  public String id() {
    return "coreml";
  }

  @Override
  public boolean claims(Head head, String name) {
    return (name.toLowerCase(Locale.ROOT).endsWith(".mlmodel") && head.at(0) == 8)
        || head.has(0, "CBM1")
        || head.has(0, "B\0C\0N\0");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Head head = new Head(source);
    if (head.at(0) != 8) {
      String format = head.has(0, "CBM1") ? "CatBoost model" : "CNTK model";
      context.format(format);
      context.observe(
          EngineRules.NOT_PARSED, Verdict.INCOMPLETE, "a " + format + ", which is not parsed", 0);
      return;
    }
    context.format("Core ML");
    model(Message.of(source, context.budget()), context);
  }

  private static void model(Message model, ReadContext context) throws IOException {
    boolean type = false;
    while (model.next()) {
      int field = model.field();
      type |= field >= 200;
      if (field == CUSTOM_MODEL) {
        tell(context, "is a model of somebody's own class", model.from());
      } else if (NETWORKS.contains(field)) {
        network(model.message(), context);
      } else if (PIPELINES.contains(field)) {
        pipeline(model.message(), field, context);
      } else if (field == PROGRAM) {
        program(model.message(), context);
      }
    }
    if (!type) {
      throw new MalformedException("has no model of any kind", model.start());
    }
  }

  private static void pipeline(Message pipeline, int kind, ReadContext context) throws IOException {
    while (pipeline.next()) {
      if (pipeline.field() == 1 && pipeline.wire() == Message.LENGTH) {
        if (kind == 202) {
          model(pipeline.message(), context);
        } else {
          pipeline(pipeline.message(), 202, context);
        }
      }
    }
  }

  private static void network(Message network, ReadContext context) throws IOException {
    while (network.next()) {
      if (network.field() == 1 && network.wire() == Message.LENGTH) {
        Message layer = network.message();
        while (layer.next()) {
          if (layer.field() == CUSTOM_LAYER) {
            tell(context, "has a layer of somebody's own class", layer.from());
          }
        }
      }
    }
  }

  /** MIL.proto: functions, their blocks, the operations in these, and blocks in operations. */
  private static void program(Message program, ReadContext context) throws IOException {
    while (program.next()) {
      if (program.field() == 2) {
        Message function = value(program.message());
        while (function != null && function.next()) {
          if (function.field() == 3) {
            Message block = value(function.message());
            if (block != null) {
              block(block, context);
            }
          }
        }
      }
    }
  }

  /** The value of an entry of a map. */
  private static @Nullable Message value(Message entry) throws IOException {
    while (entry.next()) {
      if (entry.field() == 2) {
        return entry.message();
      }
    }
    return null;
  }

  private static void block(Message block, ReadContext context) throws IOException {
    while (block.next()) {
      if (block.field() == 3 && block.wire() == Message.LENGTH) {
        Message operation = block.message();
        while (operation.next()) {
          if (operation.field() == 1) {
            String type = operation.text();
            if (!OPERATION.matcher(type).matches()) {
              tell(context, "has the operation " + type, operation.from());
            }
          } else if (operation.field() == 4 && operation.wire() == Message.LENGTH) {
            block(operation.message(), context);
          }
        }
      }
    }
  }

  private static void tell(ReadContext context, String what, long at) {
    context.observe("inspect.artifact.coreml-custom", Verdict.UNPROVEN, what, at);
  }
}
