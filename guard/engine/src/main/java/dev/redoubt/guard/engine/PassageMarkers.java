package dev.redoubt.guard.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the assistant marks retrieved passages in a message, so that they are not taken for the words
 * of the user or the system.
 *
 * <p>Everything from the first begin marker to the last end marker of a message counts as
 * untrusted, also what stands between two passages: a passage that holds an end marker of its own
 * must not talk its way out. A message that begins a passage and never ends it is untrusted to its
 * end.
 *
 * @param begin text that begins a passage; attributes may follow it up to {@code >}, such as {@code
 *     <document id="7" visibility="owner" owner="ana@example.org">}
 * @param end text that ends a passage
 * @since 0.1.0
 */
public record PassageMarkers(String begin, String end) {
  /** {@code <document …> … </document>}. */
  public static final PassageMarkers DEFAULT = new PassageMarkers("<document", "</document>");

  public PassageMarkers {
    if (begin.isBlank() || end.isBlank() || begin.equals(end)) {
      throw new IllegalArgumentException(
          "passages need two different markers, not '" + begin + "' and '" + end + "'");
    }
  }

  /**
   * A passage of a message.
   *
   * @param start offset of its begin marker
   * @param end offset after its end marker
   * @param attributes attributes of the begin marker, names in lower case
   * @param text what stands between the markers
   */
  public record Passage(int start, int end, Map<String, String> attributes, String text) {
    /**
     * Who may read it, from its attributes {@code visibility} and {@code owner}; absent when it
     * carries no label.
     */
    public @Nullable DocumentLabel label() {
      String visibility = attributes.get("visibility");
      String owner = attributes.get("owner");
      if (visibility == null && owner == null) {
        return null;
      }
      return new DocumentLabel(
          visibility == null ? Visibility.OWNER : Visibility.of(visibility), owner);
    }
  }

  /** Finds the passages of a message, in order; a passage reaches to the next begin marker. */
  public List<Passage> find(String message) {
    var found = new ArrayList<Passage>();
    int last = message.lastIndexOf(end);
    int at = message.indexOf(begin);
    while (at >= 0) {
      int next = message.indexOf(begin, at + begin.length());
      int limit = next >= 0 ? next : last > at ? last + end.length() : message.length();
      found.add(passage(message, at, limit));
      at = next;
    }
    return found;
  }

  private Passage passage(String message, int start, int limit) {
    var attributes = new LinkedHashMap<String, String>();
    int bodyStart = attributes(message, start + begin.length(), limit, attributes);
    // A passage's own end marker, written into it by an attacker, does not end it: the last does.
    int close = message.lastIndexOf(end, limit - end.length());
    int bodyEnd = close >= bodyStart ? close : limit;
    return new Passage(start, limit, Map.copyOf(attributes), message.substring(bodyStart, bodyEnd));
  }

  /** Reads {@code name="value"} pairs up to {@code >}; gives the offset after it. */
  private static int attributes(String text, int from, int limit, Map<String, String> into) {
    int i = from;
    while (i < limit) {
      char c = text.charAt(i);
      if (c == '>') {
        return i + 1;
      }
      if (!Character.isLetter(c)) {
        i++;
        continue;
      }
      int nameEnd = i;
      while (nameEnd < limit && isNameChar(text.charAt(nameEnd))) {
        nameEnd++;
      }
      String name = text.substring(i, nameEnd).toLowerCase(Locale.ROOT);
      i = nameEnd;
      if (i + 1 >= limit || text.charAt(i) != '=') {
        continue;
      }
      char quote = text.charAt(i + 1);
      boolean quoted = quote == '"' || quote == '\'';
      int valueStart = quoted ? i + 2 : i + 1;
      int valueEnd = valueStart;
      while (valueEnd < limit && !endsValue(text.charAt(valueEnd), quoted ? quote : 0)) {
        valueEnd++;
      }
      into.putIfAbsent(name, text.substring(valueStart, valueEnd));
      i = quoted ? Math.min(limit, valueEnd + 1) : valueEnd;
    }
    // No '>' at all: the marker has no attributes, and all that follows is text.
    into.clear();
    return from;
  }

  private static boolean endsValue(char c, int quote) {
    return quote != 0 ? c == quote : c == '>' || Character.isWhitespace(c);
  }

  private static boolean isNameChar(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_';
  }

  /**
   * Splits a message into what its author wrote and what was put between markers.
   *
   * @param message a message of the user or the system; anything else is given back as it is
   */
  public List<Text> split(Text message) {
    if (message.role() != Role.USER && message.role() != Role.SYSTEM) {
      return List.of(message);
    }
    List<Passage> passages = find(message.text());
    if (passages.isEmpty()) {
      return List.of(message);
    }
    var texts = new ArrayList<Text>();
    String text = message.text();
    String before = text.substring(0, passages.getFirst().start());
    String after = text.substring(passages.getLast().end());
    String own = before.isBlank() ? after : after.isBlank() ? before : before + "\n" + after;
    if (!own.isBlank()) {
      texts.add(new Text(message.role(), message.origin(), message.trusted(), own));
    }
    for (int i = 0; i < passages.size(); i++) {
      Passage p = passages.get(i);
      String id = p.attributes().getOrDefault("id", message.origin() + " passage " + (i + 1));
      texts.add(Text.document(id, p.text()));
    }
    return texts;
  }
}
