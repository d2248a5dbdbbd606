package dev.redoubt.inspect.artifact.internal.tar;

import dev.redoubt.inspect.artifact.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Records {@code length key=value\n} of an extended header. */
final class PaxRecords {
  private static final int LONGEST_MAP = 1 << 20;

  private PaxRecords() {}

  static Map<String, String> parse(byte[] bytes, long offset) throws MalformedException {
    Map<String, String> records = new HashMap<>();
    var pieces = new StringBuilder();
    int at = 0;
    while (at < bytes.length) {
      int length = 0;
      int i = at;
      while (i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9' && i - at < 9) {
        length = length * 10 + bytes[i++] - '0';
      }
      int end = at + length;
      if (i == at
          || i >= bytes.length
          || bytes[i] != ' '
          || end > bytes.length
          || end <= i + 1
          || bytes[end - 1] != '\n') {
        throw new MalformedException("an extended header is no list of records", offset + at);
      }
      String record = new String(bytes, i + 1, end - i - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals < 1) {
        throw new MalformedException("an extended header has a record without a key", offset + at);
      }
      String key = record.substring(0, equals);
      String value = record.substring(equals + 1);
      if (key.equals("GNU.sparse.offset") || key.equals("GNU.sparse.numbytes")) {
        // The oldest of the three forms has these two once for each piece: the others' map.
        if (pieces.length() > LONGEST_MAP) {
          throw new MalformedException("a map of holes without an end", offset + at);
        }
        pieces.append(pieces.isEmpty() ? "" : ",").append(value);
      } else if (records.put(key, value) != null) {
        throw new MalformedException("an extended header has " + key + " twice", offset + at);
      }
      at = end;
    }
    if (!pieces.isEmpty()) {
      records.put("GNU.sparse.map", pieces.toString());
    }
    return records;
  }
}
