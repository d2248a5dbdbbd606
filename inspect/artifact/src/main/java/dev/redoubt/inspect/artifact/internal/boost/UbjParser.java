package dev.redoubt.inspect.artifact.internal.boost;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Universal Binary JSON, draft 12, as a tree like {@link Json}'s. */
final class UbjParser {
  private static final int DEEPEST = 100;
  private static final int MAX_VALUES = 1_000_000;

  private final ByteReader reader;
  private int values;
  private long held;

  UbjParser(ByteSource source, Budget budget) {
    this.reader = new ByteReader(source, budget).bigEndian(true);
  }

  Object parse() throws IOException {
    Object root = value(reader.u8(), 0);
    if (reader.left() > 0) {
      throw new MalformedException(reader.left() + " bytes after its end", reader.position());
    }
    return root;
  }

  private Object value(int type, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new MalformedException("nested deeper than any writer does", reader.position());
    }
    if (++values > MAX_VALUES) {
      throw new LimitException("more than " + MAX_VALUES + " values");
    }
    return switch (type) {
      case 'Z' -> Json.NULL;
      case 'T' -> true;
      case 'F' -> false;
      case 'i' -> (long) (byte) reader.u8();
      case 'U' -> (long) reader.u8();
      case 'I' -> (long) (short) reader.u16();
      case 'l' -> (long) reader.i32();
      case 'L' -> reader.i64();
      case 'd' -> (double) Float.intBitsToFloat(reader.i32());
      case 'D' -> Double.longBitsToDouble(reader.i64());
      case 'C' -> String.valueOf((char) reader.u8());
      case 'S', 'H' -> text();
      case '[' -> array(depth);
      case '{' -> object(depth);
      default ->
          throw new MalformedException(
              "a value of the unknown type " + type, reader.position() - 1);
    };
  }

  private String text() throws IOException {
    long length = count();
    held += length;
    if (held > reader.budget().limits().memory()) {
      throw new LimitException("texts of " + held + " bytes are more than is held in memory");
    }
    return reader.text(length);
  }

  private long count() throws IOException {
    int type = reader.u8();
    if ("iUIlL".indexOf(type) < 0) {
      throw new MalformedException("a length of the type " + type, reader.position() - 1);
    }
    long count = (Long) value(type, 0);
    if (count < 0) {
      throw new MalformedException("a length of " + count, reader.position());
    }
    return count;
  }

  private List<Object> array(int depth) throws IOException {
    var list = new ArrayList<Object>();
    int type = reader.u8();
    if (type == '$') {
      int element = reader.u8();
      if (reader.u8() != '#') {
        throw new MalformedException("typed values without a count", reader.position() - 1);
      }
      long count = count();
      reader.need(count);
      for (long i = 0; i < count; i++) {
        list.add(value(element, depth + 1));
      }
      return list;
    }
    if (type == '#') {
      long count = count();
      reader.need(count);
      for (long i = 0; i < count; i++) {
        list.add(value(reader.u8(), depth + 1));
      }
      return list;
    }
    while (type != ']') {
      list.add(value(type, depth + 1));
      type = reader.u8();
    }
    return list;
  }

  private Map<String, Object> object(int depth) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    int type = reader.u8();
    long left = -1;
    if (type == '#') {
      left = count();
      reader.need(left);
      type = left > 0 ? reader.u8() : '}';
    }
    while (left < 0 ? type != '}' : left > 0) {
      if ("iUIlL".indexOf(type) < 0) {
        throw new MalformedException("a key of the type " + type, reader.position() - 1);
      }
      long length = (Long) value(type, 0);
      long at = reader.position();
      String key = reader.text(length);
      if (map.put(key, value(reader.u8(), depth + 1)) != null) {
        throw new MalformedException("the key " + key + " stands twice", at);
      }
      left--;
      if (left < 0 || left > 0) {
        type = reader.u8();
      }
      left = left < -1 ? -1 : left;
    }
    return map;
  }
}
