package dev.redoubt.attack.chat;

import java.util.Optional;
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

  static Optional<RecordHead> read(byte[] bytes, int from, int length) {
    if (bytes[from] != '{' || bytes[from + length - 1] != '}') {
      return Optional.empty();
    }
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
