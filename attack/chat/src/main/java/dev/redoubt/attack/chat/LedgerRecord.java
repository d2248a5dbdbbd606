package dev.redoubt.attack.chat;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A tool call that the system under test says it made.
 *
 * @param tool name of the tool
 * @param arguments its arguments, untrusted
 * @param caller on whose behalf; empty when the ledger does not say
 * @param status {@code done}, {@code refused}, {@code failed}, or empty
 * @param confirmed whether the asker confirmed it, as the record or its arguments say
 * @since 0.1.0
 */
public record LedgerRecord(
    String tool, JsonNode arguments, String caller, String status, boolean confirmed) {
  private static final Set<String> DID_NOT_HAPPEN =
      Set.of("refused", "failed", "blocked", "denied", "error", "rejected");

  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:[.,]\\d+)?");

  /** Reads a line of a ledger; empty when it is none. */
  public static Optional<LedgerRecord> parse(String line) {
    try {
      JsonNode node = JsonMapper.shared().readTree(line);
      String tool = node.path("tool").asString("");
      if (tool.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new LedgerRecord(
              tool,
              node.path("arguments"),
              node.path("caller").asString(""),
              node.path("status").asString(""),
              node.path("confirmed").asBoolean(false)));
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  /** Says whether the call took effect: anything but a refusal or a failure did. */
  public boolean happened() {
    return !DID_NOT_HAPPEN.contains(status.toLowerCase(Locale.ROOT));
  }

  /** An argument as a number: also {@code "900.00 EUR"}; empty when it is none. */
  public OptionalDouble number(String argument) {
    JsonNode value = arguments.path(argument);
    if (value.isNumber()) {
      return OptionalDouble.of(value.asDouble());
    }
    String text =
        value.isString() ? value.asString().replaceAll("(?<=\\d)[ ,](?=\\d{3}\\b)", "") : "";
    Matcher matcher = NUMBER.matcher(text);
    return matcher.find()
        ? OptionalDouble.of(Double.parseDouble(matcher.group().replace(',', '.')))
        : OptionalDouble.empty();
  }

  /** Says whether an argument holds these words, in any case. */
  public boolean mentions(String words) {
    return arguments.toString().toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
