package dev.redoubt.guard.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the model sees of an exchange: strings that it must not know stand behind placeholders such
 * as {@code [CREDENTIAL-1]}. What the model does not know it can't be talked into telling.
 *
 * <p>Placeholders depend on the exchange's texts alone, so that a model host's prefix cache keeps
 * working. They are no secret: whoever types one gets nothing, since they are put back only in tool
 * arguments that the policy lists.
 *
 * @since 0.1.0
 */
public final class ModelView {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Says whether an argument of a tool may hold what was hidden. */
  interface Restores {
    boolean at(String tool, String argument);
  }

  private final Map<String, String> placeholders = new LinkedHashMap<>();
  private final Restores restores;
  private final PassageMarkers passages;
  private final Verdict verdict;

  ModelView(List<String> hidden, Restores restores, PassageMarkers passages, Verdict verdict) {
    for (String secret : hidden) {
      placeholders.putIfAbsent(secret, "[CREDENTIAL-" + (placeholders.size() + 1) + "]");
    }
    this.restores = restores;
    this.passages = passages;
    this.verdict = verdict;
  }

  /** Whether it could be prepared: anything but {@link Verdict.Allow} must not reach the model. */
  public Verdict verdict() {
    return verdict;
  }

  /** How many strings are hidden. */
  public int hidden() {
    return placeholders.size();
  }

  /**
   * Hides what is to be hidden in a message. The user's own words stay: a placeholder there would
   * tell whoever guesses that the guess is right.
   *
   * @param role whose message it is
   * @param content the message, passages included
   */
  public String mask(Role role, String content) {
    if (placeholders.isEmpty()) {
      return content;
    }
    if (role != Role.USER) {
      return maskAll(content);
    }
    List<PassageMarkers.Passage> found = passages.find(content);
    if (found.isEmpty()) {
      return content;
    }
    int from = found.getFirst().start();
    int to = found.getLast().end();
    return content.substring(0, from)
        + maskAll(content.substring(from, to))
        + content.substring(to);
  }

  private String maskAll(String content) {
    String masked = content;
    for (var e : placeholders.entrySet()) {
      masked = masked.replace(e.getKey(), e.getValue());
    }
    return masked;
  }

  /**
   * Puts hidden strings back in those top-level string arguments that the policy lists; everything
   * else, unreadable arguments included, stays as the model wrote it.
   */
  public ToolCallView restore(ToolCallView call) {
    if (placeholders.isEmpty() || !call.argumentsJson().contains("[CREDENTIAL-")) {
      return call;
    }
    try {
      if (!(JSON.readTree(call.argumentsJson()) instanceof ObjectNode arguments)) {
        return call;
      }
      boolean changed = false;
      for (String name : Set.copyOf(arguments.propertyNames())) {
        JsonNode value = arguments.get(name);
        if (value.isString() && restores.at(call.name(), name)) {
          arguments.put(name, unmask(value.stringValue()));
          changed = true;
        }
      }
      return changed ? new ToolCallView(call.name(), JSON.writeValueAsString(arguments)) : call;
    } catch (JacksonException e) {
      return call;
    }
  }

  private String unmask(String text) {
    String restored = text;
    for (var e : placeholders.entrySet()) {
      restored = restored.replace(e.getValue(), e.getKey());
    }
    return restored;
  }
}
