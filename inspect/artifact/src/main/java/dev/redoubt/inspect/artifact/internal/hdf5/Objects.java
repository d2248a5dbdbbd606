package dev.redoubt.inspect.artifact.internal.hdf5;

import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.EngineRules;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.json.Json;
import dev.redoubt.inspect.artifact.internal.keras.KerasConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** All objects that the root reaches. */
final class Objects {
  private static final String PREFIX = "inspect.artifact.hdf5-";
  private static final Set<String> CONFIGURATIONS =
      Set.of("model_config", "training_config", "config");

  private final Hdf5File file;
  private final ReadContext context;
  private final Set<Long> seen = new HashSet<>();
  private final Deque<Long> pending = new ArrayDeque<>();
  private int members;

  Objects(Hdf5File file, ReadContext context) {
    this.file = file;
    this.context = context;
  }

  void walk() throws IOException {
    enter(file.root);
    while (!pending.isEmpty()) {
      object(pending.removeFirst());
    }
  }

  private void enter(long address) {
    if (address != Hdf5File.UNDEFINED && seen.add(address)) {
      pending.add(address);
    }
  }

  private void object(long address) throws IOException {
    var dataset = new Dataset(file, context);
    for (ObjectHeader.Message message : ObjectHeader.read(file, address)) {
      if ((message.flags() & 2) != 0 && message.type() != 0x0b) {
        continue;
      }
      ByteReader reader = file.reader.at(message.at());
      switch (message.type()) {
        case 0x01 -> dataset.space();
        case 0x02 -> dense(false);
        case 0x03 -> dataset.type();
        case 0x06 -> link(message.at(), message.size());
        case 0x07 ->
            context.observe(
                PREFIX + "outside",
                Verdict.UNPROVEN,
                "a data set lies in another file" + named(message),
                message.at());
        case 0x08 -> dataset.layout();
        case 0x0b -> dataset.filters();
        case 0x0c -> attribute(Attribute.read(file, message.at(), message.size()));
        case 0x11 -> symbols(file.address(), file.address());
        case 0x15 -> dense(true);
        default -> reader.at(message.at());
      }
    }
    dataset.check();
  }

  private String named(ObjectHeader.Message message) throws IOException {
    byte[] bytes = file.source.bytes(message.at(), Math.min(message.size(), 64));
    return bytes.length == 0 ? "" : " (" + message.size() + " bytes of names)";
  }

  /** Links or attributes in a heap, found by a tree. */
  private void dense(boolean attributes) throws IOException {
    ByteReader reader = file.reader;
    reader.skip(1);
    int flags = reader.u8();
    if ((flags & 1) != 0) {
      reader.skip(attributes ? 2 : 8);
    }
    long heapAt = file.address();
    long tree = file.address();
    if (heapAt == Hdf5File.UNDEFINED || tree == Hdf5File.UNDEFINED) {
      return;
    }
    FractalHeap heap = FractalHeap.read(file, heapAt);
    for (long record : BTree.second(file, tree)) {
      long[] piece = heap.find(attributes ? record : record + 4);
      if (attributes) {
        attribute(Attribute.read(file, piece[0], piece[1]));
      } else {
        link(piece[0], piece[1]);
      }
    }
  }

  private void link(long at, long size) throws IOException {
    ByteReader reader = file.reader.at(at);
    reader.skip(1);
    int flags = reader.u8();
    int type = (flags & 8) != 0 ? reader.u8() : 0;
    reader.skip((flags & 4) != 0 ? 8 : 0);
    reader.skip((flags & 0x10) != 0 ? 1 : 0);
    long length = reader.number(1 << (flags & 3));
    if (length < 1 || length > size) {
      throw new MalformedException("a link with a name of " + length + " bytes", at);
    }
    String name = reader.text(length);
    switch (type) {
      case 0 -> enter(file.address());
      case 1 -> {
        String target = reader.text(reader.u16());
        context.note("the link " + name + " leads to " + target + " in the same file");
      }
      case 64 -> {
        byte[] value = reader.bytes(reader.u16());
        String target = new String(value, StandardCharsets.UTF_8).replace('\0', ' ').strip();
        context.observe(
            PREFIX + "outside",
            Verdict.UNPROVEN,
            "the link " + name + " leads to another file: " + target,
            at);
      }
      default ->
          context.observe(
              PREFIX + "outside",
              Verdict.UNPROVEN,
              "the link " + name + " is of type " + type + ", which a library of its own follows",
              at);
    }
  }

  /** Groups of the older kind. */
  private void symbols(long tree, long heap) throws IOException {
    file.count();
    file.at(heap);
    file.signature("HEAP");
    file.reader.skip(4);
    long heapSize = file.length();
    file.length();
    long names = file.address();
    if (heapSize < 0 || names < 0 || file.base + names > file.source.size() - heapSize) {
      throw new MalformedException("names outside of the file", file.base + heap);
    }
    for (long table : BTree.first(file, tree)) {
      table(table, names, heapSize);
    }
  }

  private void table(long address, long names, long heapSize) throws IOException {
    file.count();
    ByteReader reader = file.at(address);
    file.signature("SNOD");
    reader.skip(2);
    int count = reader.u16();
    long at = reader.position();
    int entry = file.lengthWidth + file.addressWidth + 4 + 4 + 16;
    reader.need((long) count * entry);
    for (int i = 0; i < count; i++) {
      reader.at(at + (long) i * entry);
      long name = file.length();
      long object = file.address();
      long kind = reader.u32();
      if (name < 0 || name >= heapSize) {
        throw new MalformedException("a name outside of its heap", reader.position());
      }
      if (kind == 2) {
        context.note("a link leads to another place of the same file");
      } else {
        enter(object);
      }
    }
    if (names < 0) {
      throw new MalformedException("no names", file.base + address);
    }
  }

  private void attribute(Attribute attribute) throws IOException {
    for (byte[] bytes : attribute.texts()) {
      if (CONFIGURATIONS.contains(attribute.name()) || startsLikeConfiguration(bytes)) {
        configuration(attribute.name(), bytes);
      } else if (attribute.name().equals("PSEUDOATOM") && text(bytes).startsWith("object")) {
        context.observe(
            PREFIX + "pickles",
            Verdict.UNPROVEN,
            "holds Python objects as pickles, which PyTables and pandas load",
            -1);
      } else if (pickled(bytes) && members++ < 1000) {
        context.member("attribute " + attribute.name() + ".pkl", ByteSource.of(bytes));
      }
    }
  }

  private static String text(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static boolean startsLikeConfiguration(byte[] bytes) {
    return bytes.length > 20 && bytes[0] == '{' && text(bytes).contains("\"class_name\"");
  }

  private static boolean pickled(byte[] bytes) {
    if (bytes.length < 4) {
      return false;
    }
    boolean ends = text(bytes).endsWith(".");
    return (bytes[0] & 0xff) == 0x80
        || (ends
            && (bytes[0] == '(' || bytes[0] == 'c' || (bytes[0] == 'I' && bytes[1] < 'A'))
            && new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') > 0);
  }

  private void configuration(String name, byte[] bytes) throws IOException {
    String text = text(bytes);
    if (!text.startsWith("{")) {
      return;
    }
    context.format("Keras model in HDF5");
    Json json;
    try {
      json = Json.read(text);
    } catch (MalformedException e) {
      throw new MalformedException(name + ": " + e.getMessage(), -1);
    } catch (LimitException e) {
      throw new LimitException(name + ": " + e.getMessage());
    }
    KerasConfig.read(json.root(), name, context);
    if (!json.duplicates().isEmpty()) {
      context.observe(
          EngineRules.MALFORMED,
          Verdict.UNPROVEN,
          "a key stands twice in " + name + ": " + json.duplicates(),
          -1);
    }
  }
}
