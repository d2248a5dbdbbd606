package dev.redoubt.app.importer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A foreign file as lines of JSON or as one JSON document, read once, in bounded memory. Not
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class ForeignInput {
  private final InputStream in;
  private final ForeignLimits limits;
  private final JsonMapper mapper;
  private long read;
  private int line;

  ForeignInput(InputStream in, ForeignLimits limits) {
    this.in = in;
    this.limits = limits;
    this.mapper =
        JsonMapper.builder(
                JsonFactory.builder()
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(limits.depth())
                            .maxStringLength(limits.caseBytes())
                            .maxDocumentLength(limits.fileBytes())
                            .build())
                    .build())
            // The values of a document are read out of it one by one.
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  /** Number of the line that was read last, from 1. */
  public int line() {
    return line;
  }

  /**
   * Reads the next line that is not blank.
   *
   * @return its text; null at the end
   * @throws ForeignFileException when the line or the file is too long
   */
  public @Nullable String nextLine() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (true) {
      int c = in.read();
      if (c >= 0 && ++read > limits.fileBytes()) {
        throw new ForeignFileException(
            "is larger than " + (limits.fileBytes() >> 20) + " MiB; split the run");
      }
      if (c < 0 || c == '\n') {
        if (c >= 0 || bytes.size() > 0) {
          line++;
        }
        String text = bytes.toString(StandardCharsets.UTF_8).strip();
        if (!text.isEmpty() || c < 0) {
          return text.isEmpty() ? null : text;
        }
        bytes.reset();
      } else if (bytes.size() >= limits.caseBytes()) {
        throw new ForeignFileException(
            "line " + (line + 1) + " is longer than " + (limits.caseBytes() >> 20) + " MiB");
      } else {
        bytes.write(c);
      }
    }
  }

  /** A line as a JSON object; empty when it is none. */
  public Optional<JsonNode> object(String text) {
    try {
      JsonNode node = mapper.readTree(text);
      return node.isObject() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** What to do with a value of a document. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a value.
     *
     * @param name key that it stands under; empty in an array
     * @param line line that it begins on
     */
    void value(String name, JsonNode value, int line);
  }

  /**
   * Reads the rest as one JSON document: the elements of one array are handed over one by one, and
   * so are the plain values and small objects beside it.
   *
   * @param path keys that lead to the array; empty when the document is the array
   * @param elements takes the elements of the array
   * @param beside takes values that stand in an object on the way
   * @throws ForeignFileException when it is no such document
   */
  public void document(Iterable<String> path, Visitor elements, Visitor beside) throws IOException {
    try (JsonParser parser = mapper.createParser(in)) {
      parser.nextToken();
      walk(parser, path.iterator(), elements, beside);
    } catch (JacksonException e) {
      throw new ForeignFileException("is no JSON that can be read: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads the rest as a list of objects, or as objects one after the other.
   *
   * @throws ForeignFileException when it is neither
   */
  public void pieces(Visitor each) throws IOException {
    try (JsonParser parser = mapper.createParser(in)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_ARRAY) {
        first = parser.nextToken();
      }
      for (JsonToken token = first; token == JsonToken.START_OBJECT; token = parser.nextToken()) {
        int at = parser.currentTokenLocation().getLineNr();
        each.value("", bounded(parser), at);
      }
    } catch (JacksonException e) {
      throw new ForeignFileException("is no JSON that can be read: " + e.getOriginalMessage(), e);
    }
  }

  private void walk(JsonParser parser, Iterator<String> path, Visitor elements, Visitor beside) {
    if (!path.hasNext()) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw new ForeignFileException("has no list of results where one must be");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int at = parser.currentTokenLocation().getLineNr();
        elements.value("", bounded(parser), at);
      }
      return;
    }
    String key = path.next();
    boolean found = false;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ForeignFileException("has no '" + key + "' where one must be");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals(key)) {
        walk(parser, path, elements, beside);
        found = true;
      } else {
        int at = parser.currentTokenLocation().getLineNr();
        beside.value(name, bounded(parser), at);
      }
    }
    if (!found) {
      throw new ForeignFileException("has no '" + key + "'; the file is incomplete");
    }
  }

  /** A value whose text in the file is not longer than a case may be. */
  private JsonNode bounded(JsonParser parser) {
    var counted = new CountedParser(parser, limits.caseBytes());
    return mapper.readTree(counted);
  }

  /** A parser that reads a single value of limited length out of another. */
  private static final class CountedParser extends tools.jackson.core.util.JsonParserDelegate {
    private final long most;

    CountedParser(JsonParser under, int caseBytes) {
      super(under);
      this.most = under.currentTokenLocation().getByteOffset() + caseBytes;
    }

    @Override
    public JsonToken nextToken() {
      JsonToken token = super.nextToken();
      if (delegate.currentTokenLocation().getByteOffset() > most) {
        throw new ForeignFileException("a case of it is larger than any case; split the run");
      }
      return token;
    }
  }
}
