package dev.redoubt.inspect.artifact.internal.msgpack;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.Verdict;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads MessagePack as Flax writes it (flax/serialization.py): nested maps whose leaves are arrays
 * in extensions 1 to 3.
 */
@AutoService(FormatReader.class)
public final class MsgpackReader implements FormatReader {
  private static final int DEEPEST = 200;
  private static final long MOST = 20_000_000;
  private static final Pattern TYPE =
      Pattern.compile(
          "(bool|u?int(4|8|16|32|64)|b?float(16|32|64|8_.*)|complex(64|128)|[<>|=]?[biufcV?][0-9]*)_?");

  private static final Pattern HOOK =
      Pattern.compile(
          "__(reduce|reduce_ex|setstate|getstate|class|import|builtins|globals|subclasses|init|call|module|new|del|code|main|pickle|exec|eval|type)__|py/.*");

  /** Made by {@link java.util.ServiceLoader}. */
  public MsgpackReader() {}

  @Override
  public String id() {
    return "msgpack";
  }

  private static boolean named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".msgpack") || lower.endsWith(".flax") || lower.endsWith(".mpk");
  }

  @Override
  public boolean claims(Head head, String name) {
    int first = head.at(0);
    boolean map = (first > 0x80 && first <= 0x8f) || first == 0xde || first == 0xdf;
    int key = first == 0xde ? head.at(3) : first == 0xdf ? head.at(5) : head.at(1);
    return (named(name) && !Texts.looksLikeText(head))
        || (map && ((key > 0xa0 && key <= 0xbf) || key == 0xd9));
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    var reading = new Reading(new ByteReader(source, context.budget()).bigEndian(true), context);
    try {
      reading.value(0);
    } catch (MalformedException e) {
      if (named(context.name())) {
        throw e;
      }
      context.decline();
      return;
    }
    context.format("MessagePack");
    if (reading.reader.left() > 0) {
      if (!named(context.name())) {
        context.decline();
        return;
      }
      throw new MalformedException(
          reading.reader.left() + " bytes after its end", reading.reader.position());
    }
  }

  /** One text being read. */
  private static final class Reading {
    final ByteReader reader;
    private final ReadContext context;
    private long values;

    Reading(ByteReader reader, ReadContext context) {
      this.reader = reader;
      this.context = context;
    }

    void value(int depth) throws IOException {
      if (depth > DEEPEST) {
        throw new MalformedException("nested deeper than any writer does", reader.position());
      }
      if (++values > MOST) {
        throw new LimitException("more than " + MOST + " values");
      }
      int type = reader.u8();
      if (type < 0x80 || type >= 0xe0) {
        return;
      }
      if (type < 0x90) {
        map(type & 0xf, depth);
      } else if (type < 0xa0) {
        array(type & 0xf, depth);
      } else if (type < 0xc0) {
        reader.skip(type & 0x1f);
      } else {
        wide(type, depth);
      }
    }

    private void wide(int type, int depth) throws IOException {
      switch (type) {
        case 0xc0, 0xc2, 0xc3 -> {}
        case 0xc4, 0xd9 -> reader.skip(reader.u8());
        case 0xc5, 0xda -> reader.skip(reader.u16());
        case 0xc6, 0xdb -> reader.skip(reader.u32());
        case 0xc7 -> extension(reader.u8());
        case 0xc8 -> extension(reader.u16());
        case 0xc9 -> extension(reader.u32());
        case 0xca, 0xce, 0xd2 -> reader.skip(4);
        case 0xcb, 0xcf, 0xd3 -> reader.skip(8);
        case 0xcc, 0xd0 -> reader.skip(1);
        case 0xcd, 0xd1 -> reader.skip(2);
        case 0xd4, 0xd5, 0xd6, 0xd7, 0xd8 -> extension(1L << (type - 0xd4));
        case 0xdc -> array(reader.u16(), depth);
        case 0xdd -> array(reader.u32(), depth);
        case 0xde -> map(reader.u16(), depth);
        case 0xdf -> map(reader.u32(), depth);
        default ->
            throw new MalformedException("a value of the type " + type, reader.position() - 1);
      }
    }

    private void array(long count, int depth) throws IOException {
      reader.need(count);
      for (long i = 0; i < count; i++) {
        value(depth + 1);
      }
    }

    private void map(long count, int depth) throws IOException {
      reader.need(count * 2);
      Set<String> keys = new HashSet<>();
      for (long i = 0; i < count; i++) {
        String key = key(depth);
        if (key != null && HOOK.matcher(key).matches()) {
          context.observe(
              "inspect.artifact.msgpack-hook",
              Verdict.UNPROVEN,
              "has the key " + key + ", by which loaders build objects",
              reader.position());
        }
        if (key != null && keys.size() < 100_000 && !keys.add(key)) {
          throw new MalformedException("the key " + key + " stands twice", reader.position());
        }
        value(depth + 1);
      }
    }

    private @org.jspecify.annotations.Nullable String key(int depth) throws IOException {
      long at = reader.position();
      int type = reader.u8();
      if (type >= 0xa0 && type < 0xc0) {
        return reader.text(type & 0x1f);
      }
      if (type == 0xd9) {
        return reader.text(reader.u8());
      }
      reader.at(at);
      value(depth + 1);
      return null;
    }

    private void extension(long length) throws IOException {
      int code = (byte) reader.u8();
      reader.need(length);
      long at = reader.position();
      switch (code) {
        case 1, 3 -> array(at, length);
        case 2, -1 -> {}
        default ->
            context.observe(
                "inspect.artifact.msgpack-extension",
                Verdict.UNPROVEN,
                "holds the extension " + code + ", which Flax does not write",
                at);
      }
      reader.at(at + length);
    }

    /** An array: its shape, its type and its bytes. */
    private void array(long at, long length) throws IOException {
      var inner =
          new ByteReader(reader.source().slice(at, length), reader.budget()).bigEndian(true);
      int type = inner.u8();
      if (type != 0x93) {
        throw new MalformedException("an array of " + (type & 0xf) + " parts", at);
      }
      int rank = inner.u8();
      if (rank < 0x90 || rank > 0x9f) {
        throw new MalformedException("an array without a shape", at);
      }
      long elements = 1;
      for (int i = 0; i < (rank & 0xf); i++) {
        long size = number(inner);
        if (size < 0 || elements > 1L << 44) {
          throw new MalformedException("an array with a dimension of " + size, at);
        }
        elements *= size;
      }
      String name = text(inner);
      if (!TYPE.matcher(name).matches()) {
        throw new MalformedException("an array of the unknown type " + name, at);
      }
      long bytes = binary(inner);
      if (bytes != inner.left()) {
        throw new MalformedException(
            "an array of " + bytes + " bytes where " + inner.left() + " are", at);
      }
      if (elements == 0 ? bytes != 0 : bytes % elements != 0) {
        throw new MalformedException(elements + " values in " + bytes + " bytes", at);
      }
      long width = width(name);
      if (width > 0 && elements * width != bytes) {
        throw new MalformedException(
            elements + " values of " + name + " in " + bytes + " bytes", at);
      }
    }

    private static long width(String type) {
      return switch (type) {
        case "bool", "int8", "uint8" -> 1;
        case "float16", "bfloat16", "int16", "uint16" -> 2;
        case "float32", "int32", "uint32" -> 4;
        case "float64", "int64", "uint64", "complex64" -> 8;
        case "complex128" -> 16;
        default -> 0;
      };
    }

    private static long number(ByteReader inner) throws IOException {
      int type = inner.u8();
      if (type < 0x80) {
        return type;
      }
      return switch (type) {
        case 0xcc -> inner.u8();
        case 0xcd -> inner.u16();
        case 0xce -> inner.u32();
        case 0xcf -> inner.i64();
        default -> -1;
      };
    }

    private static String text(ByteReader inner) throws IOException {
      int type = inner.u8();
      if (type >= 0xa0 && type < 0xc0) {
        return inner.text(type & 0x1f);
      }
      return inner.text(type == 0xd9 || type == 0xc4 ? inner.u8() : -1);
    }

    private static long binary(ByteReader inner) throws IOException {
      int type = inner.u8();
      return switch (type) {
        case 0xc4, 0xd9 -> inner.u8();
        case 0xc5, 0xda -> inner.u16();
        case 0xc6, 0xdb -> inner.u32();
        default -> type >= 0xa0 && type < 0xc0 ? type & 0x1f : -1;
      };
    }
  }
}
