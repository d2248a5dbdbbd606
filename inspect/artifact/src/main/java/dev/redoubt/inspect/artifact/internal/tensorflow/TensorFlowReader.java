package dev.redoubt.inspect.artifact.internal.tensorflow;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.bytes.Named;
import dev.redoubt.inspect.artifact.internal.javaser.TribuoReader;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads SavedModel, MetaGraph and GraphDef (saved_model.proto, meta_graph.proto, graph.proto), in
 * protocol buffers or in their text form, with the functions in their library and the metadata that
 * Keras puts beside them.
 */
@AutoService(FormatReader.class)
public final class TensorFlowReader implements FormatReader {
  private static final Pattern OPERATOR =
      Pattern.compile("\\bop\\s*:\\s*[\"']([^\"']{1,200})[\"']");
  private static final Pattern NAME = Pattern.compile("\\bname\\s*:\\s*[\"']([^\"']{1,200})[\"']");
  private static final Set<Integer> META_GRAPH = Set.of(1, 2, 3, 4, 5, 6, 7);
  private static final Set<Integer> GRAPH = Set.of(1, 2, 3, 4, 5);

  /** Made by {@link java.util.ServiceLoader}. */
  public TensorFlowReader() {}

  @Override
  public String id() {
    return "tensorflow";
  }

  @Override
  public boolean claims(Head head, String name) {
    // Its first field is a text that no graph can be.
    if (TribuoReader.looksLike(head)) {
      return false;
    }
    if (named(name)) {
      return true;
    }
    int first = head.at(0);
    return first == 0x0a
        || first == 0x12
        || (first == 0x08 && head.at(1) == 1 && head.at(2) == 0x12);
  }

  private static boolean named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".pb")
        || lower.endsWith(".pbtxt")
        || lower.endsWith(".meta")
        || lower.endsWith(".graphdef");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    Head head = new Head(source);
    boolean named = named(context.name());
    if (Texts.looksLikeText(head) && head.at(0) != 0x0a && head.at(0) != 0x12) {
      if (named && context.name().toLowerCase(Locale.ROOT).endsWith("txt")) {
        text(source, context);
      } else {
        context.decline();
      }
      return;
    }
    String kind = kind(source, context);
    var graph = new Graph(context);
    switch (kind) {
      case "saved" -> {
        context.format("TensorFlow SavedModel");
        graph.savedModel(Message.of(source, context.budget()));
      }
      case "meta" -> {
        context.format("TensorFlow MetaGraph");
        graph.metaGraph(Message.of(source, context.budget()));
      }
      case "graph" -> {
        context.format("TensorFlow GraphDef");
        graph.graph(Message.of(source, context.budget()));
      }
      case "keras" -> {
        context.format("Keras metadata of a SavedModel");
        graph.kerasMetadata(Message.of(source, context.budget()));
      }
      case "fingerprint" -> context.format("fingerprint of a SavedModel");
      default -> {
        if (context.name().equals("saved_model.pb")) {
          throw new MalformedException("is no SavedModel", 0);
        }
        context.decline();
        return;
      }
    }
    graph.tell();
  }

  /** What the fields of the whole fit to; empty where it is something else. */
  private static String kind(ByteSource source, ReadContext context) throws IOException {
    String name = context.name().toLowerCase(Locale.ROOT);
    if (name.equals("saved_model.pb")) {
      return "saved";
    }
    boolean meta = true;
    boolean graph = true;
    boolean saved = true;
    boolean fingerprint = name.equals("fingerprint.pb");
    boolean keras = name.equals("keras_metadata.pb");
    boolean graphDef = false;
    boolean nodes = false;
    int fields = 0;
    try {
      Message message = Message.of(source, context.budget());
      while (message.next()) {
        fields++;
        boolean length = message.wire() == Message.LENGTH;
        meta &= length && META_GRAPH.contains(message.field());
        graph &= GRAPH.contains(message.field()) && length == (message.field() != 3);
        saved &=
            message.field() == 1
                ? message.wire() == Message.VARINT
                : message.field() == 2 && length;
        fingerprint &= message.field() <= 7;
        keras &= message.field() == 1 && length;
        graphDef |= message.field() == 2 && length && isGraph(message.message());
        if (message.field() == 1 && length && fields < 4) {
          nodes |= isNode(message.message());
        }
      }
    } catch (MalformedException e) {
      if (name.endsWith(".pb") && !Named.broken(new Head(source), name, ".pb")) {
        return "";
      }
      if (name.endsWith(".pb") && !nodes && !graphDef && !(saved && fields > 0)) {
        throw e;
      }
      return nodes && ((graph && fields > 2) || name.endsWith(".pb"))
          ? "graph"
          : graphDef && meta ? "meta" : saved && fields > 0 ? "saved" : "";
    }
    if (fingerprint && fields > 0) {
      return "fingerprint";
    }
    if (keras && fields > 0) {
      return "keras";
    }
    if (saved && fields > 1) {
      return "saved";
    }
    if (graph && nodes) {
      return "graph";
    }
    return meta && graphDef ? "meta" : "";
  }

  private static boolean isGraph(Message graph) throws IOException {
    while (graph.next()) {
      if (!GRAPH.contains(graph.field())) {
        return false;
      }
      if (graph.field() == 1) {
        return graph.wire() == Message.LENGTH && isNode(graph.message());
      }
    }
    return graph.size() > 0;
  }

  private static boolean isNode(Message node) throws IOException {
    boolean name = false;
    boolean operator = false;
    try {
      while (node.next()) {
        if (node.field() > 7 || node.wire() != Message.LENGTH) {
          return false;
        }
        if (node.field() == 2 && node.length() < 200) {
          operator = node.text().matches("[A-Za-z0-9_>.]+");
        }
        name |= node.field() == 1;
      }
    } catch (MalformedException e) {
      return false;
    }
    return name && operator;
  }

  /** The text form: whatever is written as an operator counts as called. */
  private static void text(ByteSource source, ReadContext context) throws IOException {
    String text = new ByteReader(source, context.budget()).text(source.size());
    Matcher matcher = OPERATOR.matcher(text);
    var operators = new Operators();
    boolean any = false;
    while (matcher.find()) {
      any = true;
      operators.call(matcher.group(1), matcher.start());
    }
    if (!any) {
      context.format("text");
      return;
    }
    context.format("TensorFlow graph as text");
    Matcher names = NAME.matcher(text);
    while (names.find()) {
      if (names.group(1).startsWith("__inference")) {
        operators.define(names.group(1));
      }
    }
    operators.tell(context);
  }
}
