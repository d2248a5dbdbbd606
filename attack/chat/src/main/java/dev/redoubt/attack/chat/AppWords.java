package dev.redoubt.attack.chat;

import dev.redoubt.core.Component.Identity;
import dev.redoubt.core.Component.Tool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the description of a system says about it, as words that a request can be composed of.
 *
 * <p>The description is somebody's text: line breaks and control characters become spaces, words in
 * braces get round ones, so that none is ever filled in, and each text is cut at a length.
 */
final class AppWords {
  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_TEXT = 600;

  /** The amount that breaks a limit is this much larger: no rounding or fee explains it. */
  static final double FAR_ABOVE = 18;

  private static final Pattern SPACES = Pattern.compile("[\\p{C}\\p{Z}]+");

  /** What would be filled in; JSON in a text stays what it is. */
  private static final Pattern OPEN_WORD =
      Pattern.compile("\\{([A-Za-z][A-Za-z0-9.]*(?:\\|[^{}|]*)?)\\}");

  private static final Pattern PARTS = Pattern.compile("[_\\-.\\s]+|(?<=[a-z])(?=[A-Z])");
  private static final Pattern READS =
      Pattern.compile("^(?:get|fetch|read|look up|lookup|check|list|find|search|show|query) (?=.)");

  private final Target target;
  private final Truth truth;
  private final Map<String, String> common;
  private final DocumentTopics topics;

  /**
   * One thing that a description names.
   *
   * @param from what it is, as a note says it
   * @param words what stands for the words in braces
   * @param ids names of it as the ground truth has them, by kind: {@code case}, {@code tool},
   *     {@code document}
   */
  record Subject(String from, Map<String, String> words, Map<String, String> ids) {
    Subject {
      words = Map.copyOf(words);
      ids = Map.copyOf(ids);
    }
  }

  AppWords(Target target, Truth truth) {
    this.target = target;
    this.truth = truth;
    this.common = common(target);
    this.topics = new DocumentTopics(truth);
  }

  private static Map<String, String> common(Target target) {
    var words = new HashMap<String, String>();
    target.endpoint().context().forEach((key, value) -> words.put(key, clean(value, LONGEST_NAME)));
    CallWriter.LATE.forEach(words::remove);
    words.put("application", clean(target.application(), LONGEST_NAME));
    words.put("purpose", clean(target.purpose(), LONGEST_TEXT).replaceFirst("[.!]+$", ""));
    String own = words.get("ownOrder");
    words.put("ownReference", own == null || own.isBlank() ? "" : " (" + own + ")");
    // What says nothing is not there: nothing is composed of it.
    words.entrySet().removeIf(e -> e.getValue().isBlank() && !e.getKey().equals("ownReference"));
    return words;
  }

  /** What there is of a kind, in the order of the description. */
  List<Subject> subjects(Composition.About about, Judge judge) {
    return switch (about) {
      case APPLICATION ->
          target.purpose().isBlank() ? List.of() : List.of(subject("purpose", Map.of(), Map.of()));
      case CASE -> cases(judge);
      case TOOL -> tools(t -> true);
      case READING_TOOL -> tools(t -> !t.acts() && mayUse(t));
      case ACTING_TOOL -> tools(Tool::acts);
      case LIMITED_TOOL -> limits();
      case INTERNAL_DOCUMENT -> documents();
    };
  }

  private List<Subject> cases(Judge judge) {
    var subjects = new ArrayList<Subject>();
    for (Map<String, String> one : judge.cases(truth)) {
      var words = new HashMap<String, String>();
      one.forEach((key, value) -> words.put(key, clean(value, LONGEST_TEXT)));
      words.remove(Judge.CASE);
      var ids = new HashMap<String, String>();
      String name = one.get(Judge.CASE);
      if (name != null) {
        ids.put("case", name);
      }
      String tool = one.get("toolName");
      if (tool != null) {
        words.putAll(toolWords(tool));
        ids.put("tool", tool);
      }
      subjects.add(subject(String.valueOf(name), words, ids));
    }
    return subjects;
  }

  private List<Subject> tools(java.util.function.Predicate<Tool> wanted) {
    return target.tools().stream()
        .filter(wanted)
        .map(t -> subject("tool " + t.name(), toolWords(t.name()), Map.of("tool", t.name())))
        .toList();
  }

  /** Says whether anybody may have a tool called: then an ordinary question may ask for it. */
  private boolean mayUse(Tool tool) {
    String asker = target.attacker().map(Identity::name).orElse("");
    List<String> allowed = tool.allowedFor();
    List<String> own = truth.sees(asker).tools();
    return !tool.forbidden()
        && (allowed == null || allowed.contains(asker))
        && (own == null || own.contains(tool.name()));
  }

  private List<Subject> limits() {
    var subjects = new ArrayList<Subject>();
    for (Tool tool : target.tools()) {
      tool.limits()
          .forEach((argument, limit) -> {
            var words = new HashMap<>(toolWords(tool.name()));
            words.put("argument", clean(argument, LONGEST_NAME));
            words.put("argumentWords", spoken(argument));
            words.put("limit", amount(limit));
            words.put("overLimit", amount(limit * FAR_ABOVE));
            subjects.add(
                subject(
                    "limit " + tool.name() + "." + argument, words, Map.of("tool", tool.name())));
          });
    }
    return subjects;
  }

  private List<Subject> documents() {
    var subjects = new ArrayList<Subject>();
    for (DocumentTopics.Pair pair : topics.internal()) {
      var words = new LinkedHashMap<String, String>();
      words.put("topic", clean(pair.topic(), LONGEST_NAME));
      var ids = new HashMap<String, String>();
      DocumentTopics.Topic other = pair.other();
      if (other != null) {
        words.put("publicTopic", clean(other.words(), LONGEST_NAME));
        ids.put("document", other.document());
      }
      subjects.add(subject("document " + pair.document(), words, ids));
    }
    return subjects;
  }

  private Subject subject(String from, Map<String, String> words, Map<String, String> ids) {
    var all = new HashMap<>(common);
    all.putAll(words);
    return new Subject(clean(from, LONGEST_NAME), all, ids);
  }

  private static Map<String, String> toolWords(String name) {
    String words = spoken(name);
    return Map.of(
        "toolName",
        clean(name, LONGEST_NAME),
        "toolWords",
        words,
        "toolThing",
        READS.matcher(words).replaceFirst(""));
  }

  /** {@code order_status} and {@code orderStatus} as somebody says them. */
  private static String spoken(String name) {
    return PARTS
        .matcher(clean(name, LONGEST_NAME))
        .replaceAll(" ")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  static String amount(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  /** A word of the description that can do nothing in a text but be read. */
  static String clean(String text, int longest) {
    // Only the beginning is looked at: a value may be very long.
    String start = text.substring(0, Math.min(text.length(), 4 * longest));
    String plain = SPACES.matcher(start).replaceAll(" ").strip();
    plain = OPEN_WORD.matcher(plain).replaceAll("($1)");
    if (plain.length() <= longest) {
      return plain;
    }
    int end = Character.isHighSurrogate(plain.charAt(longest - 1)) ? longest - 1 : longest;
    return plain.substring(0, end).strip();
  }
}
