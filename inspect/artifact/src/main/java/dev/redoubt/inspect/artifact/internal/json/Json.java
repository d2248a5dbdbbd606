package dev.redoubt.inspect.artifact.internal.json;

import dev.redoubt.inspect.artifact.LimitException;
import dev.redoubt.inspect.artifact.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * A JSON text as a tree of {@link Map}, {@link List}, {@link String}, {@link Number}, {@link
 * Boolean} and {@link #NULL}. Keys that come twice are noted, since two parsers take two different
 * ones of them. Beyond a number of nodes nothing more is kept, and {@link #cut} says so.
 */
public final class Json {
  /** The value null, which Java's maps and lists of this package don't hold. */
  public static final Mark NULL = Mark.NULL;

  /** Stands for what was too much to keep. */
  public static final Mark LEFT_OUT = Mark.LEFT_OUT;

  /** What is no text, number, list or map. */
  public enum Mark {
    /** The value null. */
    NULL,
    /** More than is kept. */
    LEFT_OUT
  }

  /** The offset of what is nested deeper, or longer, than any writer makes it. */
  static final long BOMB = -2;

  /** Python's own parser gives up at about this depth. */
  private static final int DEEPEST = 500;

  private static final int MAX_NODES = 400_000;
  private static final int MAX_TEXT = 32 << 20;
  private static final long MAX_CHARACTERS = 48L << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(MAX_TEXT)
                  .maxNumberLength(2000)
                  .build())
          .build();

  private final Object root;
  private final Set<String> duplicates = new TreeSet<>();
  private final int maxNodes;
  private int nodes;
  private long characters;
  private boolean cut;

  private Json(InputStream in, int maxNodes) throws IOException {
    this.maxNodes = maxNodes;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new MalformedException("holds no JSON value", 0);
      }
      root = value(parser, first);
      if (parser.nextToken() != null) {
        throw new MalformedException("has more after the end of its JSON value", offset(parser));
      }
    } catch (StreamConstraintsException e) {
      throw new MalformedException("JSON nested or as long as no writer makes it", BOMB);
    } catch (StreamReadException e) {
      throw new MalformedException("is no JSON: " + e.getOriginalMessage(), where(e));
    } catch (JacksonException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new MalformedException("is no JSON: " + e.getOriginalMessage(), -1);
    }
  }

  /**
   * Reads a text to its end.
   *
   * @throws MalformedException when it is no JSON, or has something after its value
   * @throws LimitException when it can't be held
   */
  public static Json read(InputStream in) throws IOException {
    return new Json(in, MAX_NODES);
  }

  /** Reads a text that is in memory. */
  public static Json read(String text) throws IOException {
    return read(
        new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private static long where(StreamReadException e) {
    return e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
  }

  private static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  /** The value of the whole text. */
  public Object root() {
    return root;
  }

  /** Keys that stand twice in an object. */
  public Set<String> duplicates() {
    return duplicates;
  }

  /** Whether there was more than is kept. */
  public boolean cut() {
    return cut;
  }

  private Object value(JsonParser parser, JsonToken token) {
    if (++nodes > maxNodes) {
      cut = true;
      if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
        return skip(parser, token);
      }
      return LEFT_OUT;
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> kept(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> NULL;
    };
  }

  /** Texts are kept as long as they fit together in memory. */
  private Object kept(String text) {
    characters += text.length();
    if (characters > MAX_CHARACTERS) {
      cut = true;
      return LEFT_OUT;
    }
    return text;
  }

  private static Number number(JsonParser parser) {
    Number number = parser.getNumberValue();
    return number instanceof Integer i ? Long.valueOf(i.longValue()) : number;
  }

  private Map<String, Object> object(JsonParser parser) {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Object value = value(parser, parser.nextToken());
      if (map.containsKey(key)) {
        twice(key);
        // Both stay in sight: what either parser takes is looked at.
        map.put(key + " (again)", value);
      } else if (!cut || nodes <= maxNodes) {
        map.put(key, value);
      }
    }
    return map;
  }

  private void twice(String key) {
    if (duplicates.size() < 20) {
      duplicates.add(key);
    }
  }

  private List<Object> array(JsonParser parser) {
    var list = new ArrayList<Object>();
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
      Object value = value(parser, token);
      if (!cut || nodes <= maxNodes) {
        list.add(value);
      }
    }
    return list;
  }

  private Object skip(JsonParser parser, JsonToken start) {
    var keys = new HashSet<String>();
    boolean object = start == JsonToken.START_OBJECT;
    JsonToken token;
    while ((token = parser.nextToken()) != null && !token.isStructEnd()) {
      if (token == JsonToken.PROPERTY_NAME) {
        if (object && keys.size() < maxNodes && !keys.add(parser.currentName())) {
          twice(parser.currentName());
        }
      } else if (token.isStructStart()) {
        skip(parser, token);
      }
    }
    return LEFT_OUT;
  }

  /** The value as an object; empty where it is something else. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The value as an array; empty where it is something else. */
  @SuppressWarnings("unchecked")
  public static List<Object> list(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }

  /** The value as text; null where it is something else. */
  public static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  /** The value as a whole number; {@code otherwise} where it is something else. */
  public static long whole(@Nullable Object value, long otherwise) {
    return value instanceof Long number ? number : otherwise;
  }

  /** The number as a whole number that may be written as text. */
  public static long wholeText(@Nullable Object value, long otherwise) {
    if (value instanceof String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException e) {
        return otherwise;
      }
    }
    return whole(value, otherwise);
  }
}
