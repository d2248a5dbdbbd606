package dev.redoubt.inspect.artifact.internal.onnx;

import dev.redoubt.inspect.artifact.MalformedException;
import dev.redoubt.inspect.artifact.internal.proto.Message;
import java.io.IOException;

/** Which fields a message of {@code onnx.proto} has, and of which wire type. */
enum Shape {
  MODEL("1v 2l 3l 4l 5v 6l 7l 8l 14l 20l 25l 26l"),
  GRAPH("1l 2l 5l 10l 11l 12l 13l 14l 15l 16l"),
  NODE("1l 2l 3l 4l 5l 6l 7l 8l 9l 10l"),
  ATTRIBUTE("1l 2f 3v 4l 5l 6l 7p 8p 9l 10l 11l 13l 14l 15l 20v 21l 22l 23l"),
  TENSOR("1p 2v 3l 4p 5p 6l 7p 8l 9l 10p 11p 12l 13l 14v 16l"),
  SPARSE("1l 2l 3p"),
  FUNCTION("1l 4l 5l 6l 7l 8l 9l 10l 11l 12l 13l 14l"),
  TRAINING("1l 2l 3l 4l"),
  OPSET("1l 2v"),
  ENTRY("1l 2l");

  private final String described;

  Shape(String described) {
    this.described = " " + described;
  }

  boolean has(Message message) {
    String field = " " + message.field();
    int at = described.indexOf(field);
    int kindAt = at + field.length();
    if (at < 0 || kindAt >= described.length() || described.charAt(kindAt) <= '9') {
      return false;
    }
    char kind = described.charAt(kindAt);
    return switch (kind) {
      case 'v' -> message.wire() == Message.VARINT;
      case 'l' -> message.wire() == Message.LENGTH;
      case 'f' -> message.wire() == Message.FIXED32;
      default -> true;
    };
  }

  /** Checks the field that a message stands at. */
  void check(Message message) throws IOException {
    if (!has(message)) {
      throw new MalformedException(
          "a "
              + name().toLowerCase(java.util.Locale.ROOT)
              + " with the unknown field "
              + message.field()
              + " of wire type "
              + message.wire(),
          message.from());
    }
  }
}
