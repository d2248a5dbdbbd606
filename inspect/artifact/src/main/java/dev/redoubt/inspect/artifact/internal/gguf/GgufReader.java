package dev.redoubt.inspect.artifact.internal.gguf;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.bytes.Named;
import dev.redoubt.inspect.artifact.internal.jinja.Templates;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads GGUF, versions 1 to 3 of either byte order (ggml, docs/gguf.md): every value, every tensor
 * and every template within the bounds of the file.
 */
@AutoService(FormatReader.class)
public final class GgufReader implements FormatReader {
  private static final long MARK = 0x46554747;
  private static final long MOST = 500_000;
  private static final int MAX_KEY = 65535;
  private static final int MAX_NESTING = 8;
  private static final int MAX_TEMPLATE = 4 << 20;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** Bytes of a value by its type; 0 for strings and arrays. */
  private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  private static final int BOOL = 7;
  private static final Set<String> TOKENS =
      Set.of("tokenizer.ggml.tokens", "tokenizer.ggml.scores", "tokenizer.ggml.token_type");

  /** Made by {@link java.util.ServiceLoader}. */
  public GgufReader() {}

  @Override
  public String id() {
    return "gguf";
  }

  @Override
  public boolean claims(Head head, String name) {
    return head.has(0, "GGUF") || Named.broken(head, name, ".gguf");
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("GGUF");
    var reader = new ByteReader(source, context.budget());
    if (reader.u32() != MARK) {
      throw new MalformedException("does not bear the mark of GGUF", 0);
    }
    long version = reader.u32();
    if ((version & 0xffff) == 0) {
      reader.at(4).bigEndian(true);
      version = reader.u32();
    }
    if (version < 1 || version > 3) {
      throw new MalformedException("says version " + version, 4);
    }
    new Reading(reader, context, version == 1 ? 4 : 8).read();
  }

  /** One file being read. */
  private static final class Reading {
    private final ByteReader reader;
    private final ReadContext context;
    private final int width;
    private long alignment = 32;
    private long tokens = -1;

    Reading(ByteReader reader, ReadContext context, int width) {
      this.reader = reader;
      this.context = context;
      this.width = width;
    }

    void read() throws IOException {
      long tensors = count("tensors", width + 2L * 4);
      long values = count("values", width + 4L + 1);
      if (Math.max(tensors, values) > MOST) {
        throw new LimitException("more than " + MOST + " tensors or values");
      }
      Set<String> keys = new HashSet<>();
      for (long i = 0; i < values; i++) {
        pair(keys);
      }
      new Tensors(reader, width, alignment).read(tensors);
    }

    /** A count that the rest of the file can hold, each of so many bytes at least. */
    private long count(String what, long least) throws IOException {
      long at = reader.position();
      long count = reader.number(width);
      if (count < 0 || count > reader.left() / least + 1) {
        throw new MalformedException(
            Long.toUnsignedString(count)
                + " "
                + what
                + " are announced, which "
                + reader.left()
                + " bytes can't hold",
            at);
      }
      return count;
    }

    private long length() throws IOException {
      long length = reader.number(width);
      reader.need(length);
      return length;
    }

    private void pair(Set<String> keys) throws IOException {
      long at = reader.position();
      long length = length();
      if (length == 0 || length > MAX_KEY) {
        throw new MalformedException("a key of " + length + " bytes", at);
      }
      String key = reader.strictText(length);
      if (!keys.add(key)) {
        throw new MalformedException("the key " + key + " stands twice", at);
      }
      long type = reader.u32();
      if (key.equals("general.alignment")) {
        align(type);
      } else if (type == STRING && isTemplate(key)) {
        template(key);
      } else if (type == ARRAY) {
        named(key);
      } else {
        value(type, 0);
      }
    }

    /** Templates may stand in an array; the tables of tokens have to be of one length. */
    private void named(String key) throws IOException {
      long at = reader.position();
      long type = reader.u32();
      long count = reader.number(width);
      reader.at(at);
      if (TOKENS.contains(key)) {
        if (tokens >= 0 && tokens != count) {
          throw new MalformedException("tables of " + tokens + " and of " + count + " tokens", at);
        }
        tokens = count;
      }
      if (type == STRING && isTemplate(key)) {
        reader.skip(4);
        long templates = count("templates", width);
        for (long i = 0; i < templates; i++) {
          template(key);
        }
        return;
      }
      value(ARRAY, 0);
    }

    private static boolean isTemplate(String key) {
      String lower = key.toLowerCase(Locale.ROOT);
      return lower.contains("template");
    }

    private void template(String key) throws IOException {
      long at = reader.position() + width;
      long length = length();
      if (length > MAX_TEMPLATE) {
        throw new MalformedException("a template of " + length + " bytes", at);
      }
      Templates.read(reader.text(length), key, at, context);
    }

    private void align(long type) throws IOException {
      long at = reader.position();
      if (type != 4 && type != 10) {
        throw new MalformedException("an alignment of type " + type, at);
      }
      alignment = type == 4 ? reader.u32() : reader.i64();
      if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
        throw new MalformedException("an alignment of " + alignment, at);
      }
    }

    private void value(long type, int nesting) throws IOException {
      if (type < 0 || type >= SIZES.length) {
        throw new MalformedException("a value of the unknown type " + type, reader.position() - 4);
      }
      if (type == STRING) {
        reader.skip(length());
      } else if (type == ARRAY) {
        array(nesting);
      } else if (type == BOOL) {
        bool();
      } else {
        reader.skip(SIZES[(int) type]);
      }
    }

    private void bool() throws IOException {
      int value = reader.u8();
      if (value > 1) {
        throw new MalformedException("a truth value of " + value, reader.position() - 1);
      }
    }

    private void array(int nesting) throws IOException {
      long at = reader.position();
      if (nesting > MAX_NESTING) {
        throw new MalformedException("arrays nested deeper than any loader reads", at);
      }
      long type = reader.u32();
      if (type < 0 || type >= SIZES.length) {
        throw new MalformedException("an array of the unknown type " + type, at);
      }
      int size = SIZES[(int) type];
      long count = count("elements", Math.max(1, size == 0 ? width : size));
      if (size > 0 && type != BOOL) {
        reader.skip(count * size);
        return;
      }
      for (long i = 0; i < count; i++) {
        value(type, nesting + 1);
      }
    }
  }

  /** What the tables of ggml say of a tensor's type: elements of a block, and its bytes. */
  static final Map<Long, int[]> BLOCKS =
      Map.ofEntries(
          block(0, 1, 4),
          block(1, 1, 2),
          block(2, 32, 18),
          block(3, 32, 20),
          block(6, 32, 22),
          block(7, 32, 24),
          block(8, 32, 34),
          block(9, 32, 36),
          block(10, 256, 84),
          block(11, 256, 110),
          block(12, 256, 144),
          block(13, 256, 176),
          block(14, 256, 210),
          block(15, 256, 292),
          block(16, 256, 66),
          block(17, 256, 74),
          block(18, 256, 98),
          block(19, 256, 50),
          block(20, 32, 18),
          block(21, 256, 110),
          block(22, 256, 82),
          block(23, 256, 136),
          block(24, 1, 1),
          block(25, 1, 2),
          block(26, 1, 4),
          block(27, 1, 8),
          block(28, 1, 8),
          block(29, 256, 56),
          block(30, 1, 2),
          block(31, 32, 18),
          block(32, 32, 18),
          block(33, 32, 18),
          block(34, 256, 54),
          block(35, 256, 66),
          block(36, 32, 18),
          block(37, 32, 18),
          block(38, 32, 18),
          block(39, 32, 17));

  private static Map.Entry<Long, int[]> block(long type, int elements, int bytes) {
    return Map.entry(type, new int[] {elements, bytes});
  }
}
