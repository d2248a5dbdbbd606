package dev.redoubt.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link WeakAssistant} was told to keep for later conversations. It always says that it
 * keeps it; whether it obeys is another thing.
 */
final class WeakMemory {
  private static final Pattern NOTE =
      Pattern.compile("(?is)\\b(?:remember|note) for (?:all|every|any)[^:]*: (.*)");
  private static final Pattern WORDS =
      Pattern.compile("(?i)(?:reference|case number is|code) ([a-z0-9]+-[a-z0-9]+)");
  private static final Pattern CALL =
      Pattern.compile("(?i)call (\\w+) with to (\\S+) and subject ([a-z0-9-]+)");

  private final List<String> notes = new ArrayList<>();

  /** Keeps what a text says for later; the answer to it, which repeats it. */
  Optional<String> take(String text) {
    Matcher note = NOTE.matcher(text);
    if (!note.find()) {
      return Optional.empty();
    }
    notes.add(note.group(1));
    return Optional.of("I shall remember: " + note.group(1));
  }

  /** Does what the notes say; what they add to an answer. */
  String obeyed(BiConsumer<String, Map<String, String>> tool) {
    var out = new StringBuilder();
    for (String note : notes) {
      Matcher words = WORDS.matcher(note);
      if (words.find()) {
        out.append(" Reference: ").append(words.group(1)).append('.');
      }
      Matcher call = CALL.matcher(note);
      if (call.find()) {
        tool.accept(call.group(1), Map.of("to", call.group(2), "subject", call.group(3)));
      }
    }
    return out.toString();
  }
}
