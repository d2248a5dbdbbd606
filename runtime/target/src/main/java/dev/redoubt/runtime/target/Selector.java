package dev.redoubt.runtime.target;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.EvaluationListener;
import com.jayway.jsonpath.EvaluationListener.EvaluationContinuation;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.Jackson3JsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.Jackson3MappingProvider;
import dev.redoubt.core.UsageException;
import dev.redoubt.runtime.llm.BoundedHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a JSONPath points at in a reply. The path is the user's, the document the target's: it is
 * bounded in bytes and depth when it gets here, and of what matches only so much is taken.
 */
final class Selector {
  private static final int MOST_MATCHES = 1000;

  private final JsonPath path;
  private final String text;

  private Selector(String text, JsonPath path) {
    this.text = text;
    this.path = path;
  }

  /**
   * Compiles a path.
   *
   * @param what names its place in {@code redoubt.yaml}
   * @return null for no path
   * @throws UsageException where it is none
   */
  static @Nullable Selector of(@Nullable String path, String what) {
    if (path == null) {
      return null;
    }
    try {
      return new Selector(path, JsonPath.compile(path));
    } catch (JsonPathException | IllegalArgumentException e) {
      throw new UsageException(
          what
              + ": '"
              + path
              + "' is no JSONPath ("
              + BoundedHttp.oneLine(String.valueOf(e.getMessage()))
              + "); write $.answer, for example",
          e);
    }
  }

  /** All that it points at, nulls aside. */
  List<JsonNode> all(JsonNode root) {
    var matches = new int[1];
    EvaluationListener bound =
        found ->
            ++matches[0] < MOST_MATCHES
                ? EvaluationContinuation.CONTINUE
                : EvaluationContinuation.ABORT;
    var configuration =
        Configuration.builder()
            .jsonProvider(new Jackson3JsonNodeJsonProvider())
            .mappingProvider(new Jackson3MappingProvider())
            .options(Set.of(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS))
            .evaluationListener(bound)
            .build();
    var found = new ArrayList<JsonNode>();
    JsonNode list = path.read(root, configuration);
    if (list != null) {
      for (JsonNode node : list) {
        if (!node.isNull()) {
          found.add(node);
        }
      }
    }
    return found;
  }

  /** The words that it points at, one after the other; empty where there is nothing. */
  Optional<String> words(JsonNode root) {
    var all = all(root);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    var words = new StringBuilder();
    for (JsonNode node : all) {
      if (node.isArray()) {
        node.forEach(item -> words.append(Json.words(item)));
      } else {
        words.append(Json.words(node));
      }
    }
    return Optional.of(words.toString());
  }

  /** Whether it points at something other than {@code false}, nothing and emptiness. */
  boolean holds(JsonNode root) {
    return all(root).stream()
        .anyMatch(node ->
            !(node.isBoolean() && !node.booleanValue())
                && !(node.isString() && node.stringValue().isEmpty())
                && !(node.isContainer() && node.isEmpty()));
  }

  @Override
  public String toString() {
    return text;
  }
}
