package dev.redoubt.attack.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The first fields of a record: enough to know what it is without reading a long one whole.
 *
 * @param type what kind of record
 * @param id of the attempt; empty when it has none
 * @param turn number of the exchange in its attempt, 0 when it is not said
 * @param version of the tape's format, for the record that begins one
 */
record RecordHead(String type, String id, int turn, int version) {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int FIELDS = 3;
  private static final int MOST_DIGITS = 6;
  private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\",\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TURN = "\",\"turn\":".getBytes(StandardCharsets.US_ASCII);

  static Optional<RecordHead> read(byte[] bytes, int from, int length) {
    if (bytes[from] != '{' || bytes[from + length - 1] != '}') {
      return Optional.empty();
    }
    RecordHead written = asWritten(bytes, from, from + length);
    return written == null ? parsed(bytes, from, length) : Optional.of(written);
  }

  /** Reads what {@link Tape} itself writes, byte by byte; null for anything that differs. */
  private static @Nullable RecordHead asWritten(byte[] bytes, int from, int end) {
    int type = after(bytes, from, end, TYPE);
    int typeEnd = type < 0 ? -1 : quote(bytes, type, end);
    int id = typeEnd < 0 ? -1 : after(bytes, typeEnd, end, ID);
    int idEnd = id < 0 ? -1 : quote(bytes, id, end);
    if (idEnd < 0) {
      return null;
    }
    String name = text(bytes, type, typeEnd);
    int turn = after(bytes, idEnd, end, TURN);
    if (turn < 0) {
      // A verdict has no turn; it is read whole later, and damage is seen then.
      return name.equals(TapeRecords.ATTEMPT) && bytes[idEnd + 1] == ','
          ? new RecordHead(name, text(bytes, id, idEnd), 0, 0)
          : null;
    }
    int number = 0;
    int i = turn;
    while (i < end && i - turn < MOST_DIGITS && bytes[i] >= '0' && bytes[i] <= '9') {
      number = 10 * number + bytes[i] - '0';
      i++;
    }
    boolean ends = i > turn && i < end && (bytes[i] == ',' || bytes[i] == '}');
    boolean plain = bytes[turn] != '0' || i == turn + 1;
    return ends && plain ? new RecordHead(name, text(bytes, id, idEnd), number, 0) : null;
  }

  /** Index after what shall stand at an index; -1 when it does not. */
  private static int after(byte[] bytes, int from, int end, byte[] wanted) {
    int to = from + wanted.length;
    return to < end && Arrays.equals(bytes, from, to, wanted, 0, wanted.length) ? to : -1;
  }

  /** Index of the quote that ends a string of plain ASCII; -1 when it is not one. */
  private static int quote(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] == '"') {
        return i;
      }
      if (bytes[i] < ' ' || bytes[i] == '\\') {
        return -1;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
  }

  private static Optional<RecordHead> parsed(byte[] bytes, int from, int length) {
    String type = "";
    String id = "";
    int turn = 0;
    int version = 0;
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      in.nextToken();
      for (int i = 0; i < FIELDS && in.nextToken() == JsonToken.PROPERTY_NAME; i++) {
        String name = in.currentName();
        JsonToken value = in.nextToken();
        if (name.equals("type") && value == JsonToken.VALUE_STRING) {
          type = in.getString();
        } else if (name.equals("id") && value == JsonToken.VALUE_STRING) {
          id = in.getString();
        } else if (name.equals("turn") && value == JsonToken.VALUE_NUMBER_INT) {
          turn = in.getIntValue();
        } else if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
          version = in.getIntValue();
        } else {
          in.skipChildren();
        }
      }
      return type.isEmpty()
          ? Optional.empty()
          : Optional.of(new RecordHead(type, id, turn, version));
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }
}
