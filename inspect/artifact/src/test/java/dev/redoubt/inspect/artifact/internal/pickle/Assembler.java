package dev.redoubt.inspect.artifact.internal.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes opcodes by hand, for pickles that no writer makes. */
final class Assembler {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static Assembler proto(int version) {
    return new Assembler().op(Op.PROTO, version);
  }

  Assembler op(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  Assembler bytes(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Assembler ascii(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  Assembler i4(int value) {
    return op(value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >>> 24);
  }

  Assembler i8(long value) {
    return i4((int) value).i4((int) (value >>> 32));
  }

  /** A text by SHORT_BINUNICODE. */
  Assembler text(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return op(Op.SHORT_BINUNICODE, b.length).bytes(b);
  }

  /** A text by BINUNICODE. */
  Assembler longText(String text) {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    return op(Op.BINUNICODE).i4(b.length).bytes(b);
  }

  Assembler blob(byte[] b) {
    return op(Op.BINBYTES).i4(b.length).bytes(b);
  }

  Assembler global(String module, String name) {
    return op(Op.GLOBAL).ascii(module + "\n" + name + "\n");
  }

  Assembler stackGlobal(String module, String name) {
    return text(module).text(name).op(Op.STACK_GLOBAL);
  }

  /** Calls a global with one text. */
  Assembler call(String module, String name, String argument) {
    return global(module, name).longText(argument).op(Op.TUPLE1, Op.REDUCE);
  }

  Assembler stop() {
    return op(Op.STOP);
  }

  byte[] done() {
    return out.toByteArray();
  }
}
