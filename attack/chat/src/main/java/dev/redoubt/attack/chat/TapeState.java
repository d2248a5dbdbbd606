package dev.redoubt.attack.chat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a tape says about one pass.
 *
 * @param exchanges by id of the attempt, in the order they were taped
 * @param attempts judged ones, by id
 * @param sent ids whose call went out, whether or not it came back
 * @param skipped lines that could not be read
 */
record TapeState(
    Map<String, Exchange> exchanges,
    Map<String, JsonNode> attempts,
    Set<String> sent,
    int skipped) {

  static TapeState read(Path tape, String pass) {
    var exchanges = new LinkedHashMap<String, Exchange>();
    var attempts = new LinkedHashMap<String, JsonNode>();
    var sent = new HashSet<String>();
    String prefix = pass + "/";
    int skipped =
        Tape.read(
            tape,
            node -> {
              String id = node.path("id").asString("");
              if (id.startsWith(prefix)) {
                switch (node.path("type").asString("")) {
                  case TapeRecords.SENT -> sent.add(id);
                  case TapeRecords.EXCHANGE ->
                      exchanges.putIfAbsent(id, TapeRecords.exchange(node));
                  case TapeRecords.ATTEMPT -> {
                    TapeRecords.attempt(node, List.of());
                    attempts.putIfAbsent(id, node);
                  }
                  default -> {
                    // Records of later versions are for later versions.
                  }
                }
              }
            });
    return new TapeState(exchanges, attempts, sent, skipped);
  }

  /** Calls that went out so far, as far as the tape knows. */
  int calls() {
    int taped = exchanges.values().stream().mapToInt(Exchange::tries).sum();
    return taped + (int) sent.stream().filter(id -> !exchanges.containsKey(id)).count();
  }

  /** Failures at the end of the tape with no reply after them. */
  int failuresInARow() {
    int failures = 0;
    for (Exchange exchange : exchanges.values()) {
      failures = exchange.failure() == null ? 0 : failures + 1;
    }
    return failures;
  }
}
