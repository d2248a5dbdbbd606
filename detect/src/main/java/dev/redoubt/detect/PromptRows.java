package dev.redoubt.detect;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads texts with their labels, one JSON object a line: {@code text}, and where known {@code
 * label} (0 or 1), {@code kind}, {@code source}, {@code lang}, {@code role}, {@code system}, {@code
 * category}, {@code spans}. Other keys are ignored. A line of any length is read in bounded memory.
 *
 * @since 0.1.0
 */
public final class PromptRows implements Closeable {
  /** Longest line that is looked at, in bytes. */
  public static final int LONGEST_LINE = 8 << 20;

  /** What a line holds. */
  public sealed interface Line {
    /** Number of the line, from 1. */
    int number();
  }

  /**
   * A row.
   *
   * @param text its text, lone surrogates included
   * @param label 1 for an attack, 0 for none, null where the row does not say
   * @param node all of it
   * @param damaged whether bytes that are no UTF-8 were read as U+FFFD
   */
  public record Row(
      int number, String text, @Nullable Integer label, JsonNode node, boolean damaged)
      implements Line {
    /** A word of the row; empty where it has none. */
    public String word(String key) {
      JsonNode value = node.get(key);
      return value == null || !value.isString() ? "" : value.stringValue();
    }
  }

  /**
   * A line that is no row.
   *
   * @param why in plain words
   */
  public record Unreadable(int number, String why) implements Line {}

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int filled;
  private int number;

  /** Reads from a stream, which {@link #close} closes. */
  public PromptRows(InputStream in) {
    this.in = in;
  }

  /**
   * Gives the next line that is not blank; null at the end.
   *
   * @throws IOException where the stream can't be read
   */
  public @Nullable Line next() throws IOException {
    while (true) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
      long length = readLine(bytes);
      if (length < 0) {
        return null;
      }
      number++;
      if (length > LONGEST_LINE) {
        return new Unreadable(number, "longer than " + (LONGEST_LINE >> 20) + " MiB");
      }
      Line line = parse(bytes.toByteArray());
      if (line != null) {
        return line;
      }
    }
  }

  /** Copies a line as far as it may go; gives its full length, below 0 at the end. */
  private long readLine(ByteArrayOutputStream out) throws IOException {
    long length = 0;
    boolean any = false;
    while (true) {
      if (at == filled) {
        filled = Math.max(0, in.read(buffer));
        at = 0;
        if (filled == 0) {
          return any ? length : -1;
        }
      }
      any = true;
      int end = at;
      while (end < filled && buffer[end] != '\n') {
        end++;
      }
      if (length + (end - at) <= LONGEST_LINE) {
        out.write(buffer, at, end - at);
      }
      length += end - at;
      boolean ended = end < filled;
      at = ended ? end + 1 : end;
      if (ended) {
        return length;
      }
    }
  }

  private @Nullable Line parse(byte[] bytes) {
    String json;
    boolean damaged = false;
    try {
      json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      json = new String(bytes, StandardCharsets.UTF_8);
      damaged = true;
    }
    if (number == 1 && json.startsWith("\uFEFF")) {
      json = json.substring(1);
    }
    if (json.isBlank()) {
      return null;
    }
    JsonNode node;
    try {
      node = JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      return new Unreadable(number, "no JSON");
    }
    JsonNode text = node == null ? null : node.get("text");
    if (node == null || !node.isObject() || text == null || !text.isString()) {
      return new Unreadable(number, "no JSON object with a text");
    }
    return new Row(number, text.stringValue(), label(node.get("label")), node, damaged);
  }

  /** 0 or 1, however it is written; null for anything else. */
  private static @Nullable Integer label(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (node.isBoolean()) {
      return node.booleanValue() ? 1 : 0;
    }
    if (node.isNumber()) {
      return node.asDouble() == 1 ? Integer.valueOf(1) : node.asDouble() == 0 ? 0 : null;
    }
    return switch (node.isString() ? node.stringValue() : "") {
      case "1", "attack", "injection", "malicious", "unsafe" -> 1;
      case "0", "benign", "clean", "safe" -> 0;
      default -> null;
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
