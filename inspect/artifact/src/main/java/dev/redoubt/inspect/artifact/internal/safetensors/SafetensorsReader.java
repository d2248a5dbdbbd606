package dev.redoubt.inspect.artifact.internal.safetensors;

import com.google.auto.service.AutoService;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.FormatReader;
import dev.redoubt.inspect.artifact.Head;
import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.ReadContext;
import dev.redoubt.inspect.artifact.Texts;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import dev.redoubt.inspect.artifact.internal.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads safetensors as the format's own text has it: a length of eight bytes, a JSON object without
 * duplicate keys, and tensors whose bytes follow each other without hole or overlap to the end of
 * the file. The format can't call.
 */
@AutoService(FormatReader.class)
public final class SafetensorsReader implements FormatReader {
  /** The reference implementation refuses longer headers. */
  private static final long MAX_HEADER = 100_000_000;

  private static final int MAX_DIMENSIONS = 64;

  /** Bits of an element. */
  private static final Map<String, Integer> TYPES =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("F32", 32),
          Map.entry("C64", 64),
          Map.entry("F64", 64),
          Map.entry("I64", 64),
          Map.entry("U64", 64));

  private record Tensor(String name, long from, long to) {}

  /** Made by {@link java.util.ServiceLoader}. */
  public SafetensorsReader() {}

  @Override
  public String id() {
    return "safetensors";
  }

  @Override
  public boolean claims(Head head, String name) {
    long length = head.u64(0);
    if (head.at(8) == '{' && length > 0 && length < 1L << 40) {
      return true;
    }
    // A file of that name which is something else altogether, such as a pointer to where it lies.
    return name.toLowerCase(Locale.ROOT).endsWith(".safetensors")
        && !Texts.looksLikeText(head)
        && !head.startsWith('P', 'K', 3, 4)
        && !head.startsWith(0x89, 'P', 'N', 'G')
        && !head.startsWith(0xff, 0xd8, 0xff);
  }

  @Override
  public void read(ByteSource source, ReadContext context) throws IOException {
    context.format("safetensors");
    var reader = new ByteReader(source, context.budget());
    long length = reader.i64();
    if (length < 2 || length > source.size() - 8) {
      throw new MalformedException(
          "a header of "
              + Long.toUnsignedString(length)
              + " bytes in a file of "
              + source.size()
              + " bytes",
          0);
    }
    if (length > MAX_HEADER) {
      throw new MalformedException("a header longer than any loader reads", 0);
    }
    if (length > context.budget().limits().memory()) {
      throw new LimitException("a header of " + length + " bytes is more than is held in memory");
    }
    Json header = header(reader.bytes(length));
    if (!header.duplicates().isEmpty()) {
      throw new MalformedException("a key stands twice: " + header.duplicates(), 8);
    }
    if (header.cut()) {
      throw new LimitException("more tensors than are held in memory");
    }
    if (!(header.root() instanceof Map)) {
      throw new MalformedException("its header is no object", 8);
    }
    long data = 8 + length;
    check(tensors(Json.map(header.root())), source.size() - data, data);
  }

  private static Json header(byte[] bytes) throws IOException {
    if (bytes[0] != '{') {
      throw new MalformedException("its header does not start with {", 8);
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedException("its header is not UTF-8", 8);
    }
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    if (text.charAt(end - 1) != '}') {
      throw new MalformedException("its header does not end with } and spaces", 8);
    }
    return Json.read(text);
  }

  private static List<Tensor> tensors(Map<String, Object> header) throws MalformedException {
    var tensors = new ArrayList<Tensor>();
    for (Map.Entry<String, Object> entry : header.entrySet()) {
      if (entry.getKey().equals("__metadata__")) {
        metadata(entry.getValue());
      } else {
        tensors.add(tensor(entry.getKey(), entry.getValue()));
      }
    }
    return tensors;
  }

  private static void metadata(Object value) throws MalformedException {
    if (value == Json.NULL) {
      return;
    }
    if (!(value instanceof Map)) {
      throw new MalformedException("its metadata is no object", 8);
    }
    for (Map.Entry<String, Object> entry : Json.map(value).entrySet()) {
      if (!(entry.getValue() instanceof String)) {
        throw new MalformedException("metadata " + entry.getKey() + " is no text", 8);
      }
    }
  }

  private static Tensor tensor(String name, Object value) throws MalformedException {
    if (!(value instanceof Map)) {
      throw new MalformedException("tensor " + name + " is no object", 8);
    }
    Map<String, Object> tensor = Json.map(value);
    for (String key : tensor.keySet()) {
      if (!key.equals("dtype") && !key.equals("shape") && !key.equals("data_offsets")) {
        throw new MalformedException("tensor " + name + " has the unknown key " + key, 8);
      }
    }
    Integer bits = TYPES.get(String.valueOf(tensor.get("dtype")));
    if (bits == null) {
      throw new MalformedException(
          "tensor " + name + " is of the unknown type " + tensor.get("dtype"), 8);
    }
    List<Object> offsets = Json.list(tensor.get("data_offsets"));
    if (!(tensor.get("shape") instanceof List) || offsets.size() != 2) {
      throw new MalformedException("tensor " + name + " has no shape or no two offsets", 8);
    }
    long from = Json.whole(offsets.get(0), -1);
    long to = Json.whole(offsets.get(1), -1);
    if (from < 0 || to < from) {
      throw new MalformedException("tensor " + name + " lies at " + from + " to " + to, 8);
    }
    long bytes = bytes(name, Json.list(tensor.get("shape")), bits);
    if (bytes != to - from) {
      throw new MalformedException(
          "the shape of tensor " + name + " takes " + bytes + " bytes, its offsets " + (to - from),
          8);
    }
    return new Tensor(name, from, to);
  }

  private static long bytes(String name, List<Object> shape, int bits) throws MalformedException {
    if (shape.size() > MAX_DIMENSIONS) {
      throw new MalformedException("tensor " + name + " has " + shape.size() + " dimensions", 8);
    }
    long count = 1;
    try {
      for (Object dimension : shape) {
        long size = Json.whole(dimension, -1);
        if (size < 0) {
          throw new MalformedException("tensor " + name + " has a dimension " + dimension, 8);
        }
        count = Math.multiplyExact(count, size);
      }
      count = Math.multiplyExact(count, bits);
    } catch (ArithmeticException e) {
      throw new MalformedException("the shape of tensor " + name + " overflows", 8);
    }
    if (count % 8 != 0) {
      throw new MalformedException("tensor " + name + " ends within a byte", 8);
    }
    return count / 8;
  }

  private static void check(List<Tensor> tensors, long size, long data) throws MalformedException {
    tensors.sort(Comparator.comparingLong(Tensor::from).thenComparingLong(Tensor::to));
    long at = 0;
    for (Tensor tensor : tensors) {
      if (tensor.from() != at) {
        throw new MalformedException(
            (tensor.from() < at ? "tensors overlap" : "a hole lies") + " before " + tensor.name(),
            data + Math.min(at, tensor.from()));
      }
      at = tensor.to();
    }
    if (at != size) {
      throw new MalformedException(
          "its tensors take " + at + " bytes, but " + size + " follow the header", data);
    }
  }
}
