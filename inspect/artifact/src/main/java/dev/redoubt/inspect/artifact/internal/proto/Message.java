package dev.redoubt.inspect.artifact.internal.proto;

import dev.redoubt.inspect.artifact.Budget;
import dev.redoubt.inspect.artifact.ByteSource;
import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.bytes.ByteReader;
import java.io.IOException;

/**
 * A message of protocol buffers (encoding guide, "Wire types"), read field by field. Nested
 * messages share its reader: whoever reads one goes on with this message behind it. Groups, which
 * no writer of models makes, and numbers of more than ten bytes are malformed.
 */
public final class Message {
  /** Wire type of a variable-length number. */
  public static final int VARINT = 0;

  /** Wire type of eight bytes. */
  public static final int FIXED64 = 1;

  /** Wire type of text, bytes, messages and packed numbers. */
  public static final int LENGTH = 2;

  /** Wire type of four bytes. */
  public static final int FIXED32 = 5;

  /** Official parsers give up below this depth. */
  public static final int DEEPEST = 100;

  private final ByteReader reader;
  private final long start;
  private final long end;
  private final int depth;
  private long at;
  private int field;
  private int wire;
  private long value;
  private long from;
  private long length;

  private Message(ByteReader reader, long start, long end, int depth) {
    this.reader = reader;
    this.start = start;
    this.end = end;
    this.depth = depth;
    this.at = start;
  }

  /** The message that fills a source. */
  public static Message of(ByteSource source, Budget budget) {
    return new Message(new ByteReader(source, budget), 0, source.size(), 0);
  }

  /**
   * Goes to the next field.
   *
   * @return false after the last one
   * @throws MalformedException when it is no field, or reaches out of the message
   */
  public boolean next() throws IOException {
    if (at >= end) {
      return false;
    }
    reader.at(at);
    long tag = varint();
    if (tag <= 0 || tag > 0xffff_ffffL || tag >>> 3 == 0) {
      throw new MalformedException("a field without a number", at);
    }
    field = (int) (tag >>> 3);
    wire = (int) (tag & 7);
    value = 0;
    switch (wire) {
      case VARINT -> {
        value = varint();
        from = reader.position();
        length = 0;
      }
      case FIXED64 -> fixed(8);
      case FIXED32 -> fixed(4);
      case LENGTH -> {
        length = varint();
        from = reader.position();
        if (length < 0 || length > end - from) {
          throw new MalformedException(
              "a field of "
                  + Long.toUnsignedString(length)
                  + " bytes where "
                  + (end - from)
                  + " are left",
              at);
        }
      }
      default -> throw new MalformedException("a field of wire type " + wire, at);
    }
    at = from + length;
    if (at > end) {
      throw new MalformedException("a field reaches out of its message", at);
    }
    return true;
  }

  private void fixed(int bytes) throws IOException {
    if (bytes > end - reader.position()) {
      throw new MalformedException("a field reaches out of its message", reader.position());
    }
    value = reader.number(bytes);
    from = reader.position();
    length = 0;
  }

  private long varint() throws IOException {
    long result = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (reader.position() >= end) {
        throw new MalformedException("ends within a number", reader.position());
      }
      int b = reader.u8();
      result |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        return result;
      }
    }
    throw new MalformedException("a number of more than ten bytes", reader.position());
  }

  /** Number of the field. */
  public int field() {
    return field;
  }

  /** Its wire type. */
  public int wire() {
    return wire;
  }

  /** The number that it holds; 0 for {@link #LENGTH}. */
  public long value() {
    return value;
  }

  /** Where its content starts. */
  public long from() {
    return from;
  }

  /** Bytes of its content; 0 where it is a number. */
  public long length() {
    return length;
  }

  /** Where this message starts. */
  public long start() {
    return start;
  }

  /** Bytes of this message. */
  public long size() {
    return end - start;
  }

  /** How deep this message is nested. */
  public int depth() {
    return depth;
  }

  /**
   * The field as a message.
   *
   * @throws MalformedException when it is none, or nested deeper than its loaders read
   */
  public Message message() throws MalformedException {
    if (wire != LENGTH) {
      throw wrong("a message");
    }
    if (depth + 1 > DEEPEST) {
      throw new MalformedException("nested deeper than any loader reads", from);
    }
    return new Message(reader, from, from + length, depth + 1);
  }

  /** The field as text in UTF-8; what is not comes out with replacement characters. */
  public String text() throws IOException {
    if (wire != LENGTH) {
      throw wrong("text");
    }
    return reader.at(from).text(length);
  }

  /** The field as bytes. */
  public byte[] bytes() throws IOException {
    if (wire != LENGTH) {
      throw wrong("bytes");
    }
    return reader.at(from).bytes(length);
  }

  /** The bytes of the field as a source. */
  public ByteSource content() throws MalformedException {
    if (wire != LENGTH) {
      throw wrong("bytes");
    }
    return reader.source().slice(from, length);
  }

  /** The field as a number. */
  public long number() throws MalformedException {
    if (wire == LENGTH) {
      throw wrong("a number");
    }
    return value;
  }

  /** How many numbers of a fixed width, or of a variable one where it is 0, the field holds. */
  public long numbers(int width) throws IOException {
    if (wire != LENGTH) {
      return 1;
    }
    if (width > 0) {
      if (length % width != 0) {
        throw new MalformedException(
            "numbers of " + width + " bytes in " + length + " bytes", from);
      }
      return length / width;
    }
    long count = 0;
    reader.at(from);
    boolean open = false;
    for (long i = 0; i < length; i++) {
      open = reader.u8() >= 0x80;
      if (!open) {
        count++;
      }
    }
    if (open) {
      throw new MalformedException("ends within a number", from + length);
    }
    return count;
  }

  /** The numbers of a field that is a number, or numbers packed. */
  public long[] packed(int most) throws IOException {
    if (wire != LENGTH) {
      return new long[] {value};
    }
    var numbers = new java.util.ArrayList<Long>();
    var inner = new Message(reader, from, from + length, depth);
    reader.at(from);
    while (reader.position() < from + length) {
      numbers.add(inner.varint());
      if (numbers.size() > most) {
        throw new MalformedException("more than " + most + " numbers", from);
      }
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private MalformedException wrong(String what) {
    return new MalformedException("field " + field + " is not " + what, from);
  }
}
