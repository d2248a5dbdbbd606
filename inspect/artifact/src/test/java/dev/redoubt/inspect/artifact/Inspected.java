package dev.redoubt.inspect.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What comes of bytes under a name, and bytes to make formats of. */
final class Inspected {
  private Inspected() {}

  static Verdict verdict(String name, byte[] bytes) {
    return collector(name, bytes).verdict().worst(collector(name, bytes).members().worst);
  }

  static Verdict verdict(String name, String text) {
    return verdict(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static Collector collector(String name, byte[] bytes) {
    var collector = new Collector(new Budget(Limits.DEFAULT), name);
    collector.collect(ByteSource.of(bytes));
    return collector;
  }

  /** Writes binary data, low byte first unless told otherwise. */
  static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes raw(byte... bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes text(String text) {
      return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u32(long value) {
      return raw(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
    }

    Bytes u64(long value) {
      return raw(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
    }

    Bytes zeros(int count) {
      return raw(new byte[count]);
    }

    Bytes varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      return u8((int) rest);
    }

    /** A number as a field of protocol buffers. */
    Bytes number(int field, long value) {
      return varint((long) field << 3).varint(value);
    }

    /** A message, text or bytes as a field of protocol buffers. */
    Bytes field(int field, byte[] content) {
      return varint((long) field << 3 | 2).varint(content.length).raw(content);
    }

    Bytes field(int field, String text) {
      return field(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes field(int field, Bytes message) {
      return field(field, message.bytes());
    }

    int size() {
      return out.size();
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
