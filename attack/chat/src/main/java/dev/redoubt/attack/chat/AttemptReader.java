package dev.redoubt.attack.chat;

import dev.redoubt.core.Attempt;
import dev.redoubt.core.Evidence.Turn;
import dev.redoubt.core.Outcome;
import dev.redoubt.core.Spread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads judged attempts from a tape, field by field without a tree: a resumed run has a hundred
 * thousand of them before its first call. For one thread.
 */
final class AttemptReader {
  private static final JsonFactory JSON = new JsonFactory();

  /** A run has few passes, techniques and reasons, and very many attempts that name them. */
  private final Map<String, String> shared = new HashMap<>();

  /**
   * Reads a record.
   *
   * @param transcript what was said; it stands in the exchanges of the same id
   * @return empty when the line is damaged
   */
  Optional<JudgedAttempt> read(byte[] bytes, int from, int length, List<Turn> transcript) {
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      var fields = new Fields();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        field(in, fields);
      }
      boolean whole = in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
      return whole ? Optional.of(fields.attempt(transcript)) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /** What was read so far. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Double> usage = new HashMap<>();
    private List<String> facts = List.of();
    private @Nullable List<ExtractionMeter.Seen> seen;
    private int wording;
    private int repetition;
    private long seed;
    private boolean watched;
    private @Nullable Spread spread;

    JudgedAttempt attempt(List<Turn> transcript) {
      var attempt =
          new Attempt(
              text("id"),
              text("pass"),
              text("objective"),
              text("technique"),
              wording,
              repetition,
              seed,
              Outcome.valueOf(text("outcome").toUpperCase(Locale.ROOT)),
              text("reason"),
              facts,
              texts.get("duplicateOf"),
              transcript,
              watched,
              spread);
      return new JudgedAttempt(
          attempt,
          texts.get("same"),
          seen,
          new AttemptUsage(
              whole("calls"),
              whole("planted"),
              whole("promptTokens"),
              whole("completionTokens"),
              usage.getOrDefault("cost", 0.0),
              whole("millis")));
    }

    private String text(String name) {
      return texts.getOrDefault(name, "");
    }

    private long whole(String name) {
      return Math.round(usage.getOrDefault(name, 0.0));
    }
  }

  private void field(JsonParser in, Fields fields) {
    String name = in.currentName();
    JsonToken value = in.nextToken();
    switch (name) {
      case "id", "same", "duplicateOf" -> text(in, name, fields, false);
      case "pass", "objective", "technique", "outcome", "reason" -> text(in, name, fields, true);
      case "wording" -> fields.wording = (int) number(in);
      case "repetition" -> fields.repetition = (int) number(in);
      case "seed" -> fields.seed = number(in);
      case "watched" -> fields.watched = value == JsonToken.VALUE_TRUE;
      case "factsSeen" -> fields.facts = texts(in);
      case "seen" -> fields.seen = value == JsonToken.START_ARRAY ? seen(in) : null;
      case "spread" -> fields.spread = spread(in);
      case "usage" -> usage(in, fields);
      default -> in.skipChildren();
    }
  }

  private void text(JsonParser in, String name, Fields fields, boolean common) {
    if (in.currentToken() == JsonToken.VALUE_STRING) {
      String text = in.getString();
      fields.texts.put(name, common ? shared.computeIfAbsent(text, t -> t) : text);
    } else {
      in.skipChildren();
    }
  }

  private static long number(JsonParser in) {
    if (in.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return in.getLongValue();
    }
    in.skipChildren();
    return 0;
  }

  private static List<String> texts(JsonParser in) {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      in.skipChildren();
      return List.of();
    }
    var texts = new ArrayList<String>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (in.currentToken() == JsonToken.VALUE_STRING) {
        texts.add(in.getString());
      } else {
        in.skipChildren();
      }
    }
    return texts;
  }

  private static List<ExtractionMeter.Seen> seen(JsonParser in) {
    var seen = new ArrayList<ExtractionMeter.Seen>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      List<String> documents = List.of();
      List<String> customers = List.of();
      while (in.currentToken().isStructStart() && in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "documents" -> documents = texts(in);
          case "customers" -> customers = texts(in);
          default -> in.skipChildren();
        }
      }
      seen.add(new ExtractionMeter.Seen(documents, customers));
    }
    return seen;
  }

  private static @Nullable Spread spread(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return null;
    }
    int population = 0;
    var infected = new ArrayList<Integer>();
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (name.equals("population")) {
        population = (int) number(in);
      } else if (name.equals("infected") && value == JsonToken.START_ARRAY) {
        while (in.nextToken() != JsonToken.END_ARRAY) {
          infected.add((int) number(in));
        }
      } else {
        in.skipChildren();
      }
    }
    return new Spread(population, infected);
  }

  private static void usage(JsonParser in, Fields fields) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      in.skipChildren();
      return;
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (value.isNumeric()) {
        fields.usage.put(name, in.getDoubleValue());
      } else {
        in.skipChildren();
      }
    }
  }
}
