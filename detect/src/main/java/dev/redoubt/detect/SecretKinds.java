package dev.redoubt.detect;

import dev.redoubt.core.YamlMap;
import dev.redoubt.core.YamlNode;
import dev.redoubt.core.YamlProblems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the credentials that have a form of their own, all kinds in one pass over the text. */
final class SecretKinds {
  private static final String FILE = "secret-kinds.yaml";

  /** Longest run before a mark in the middle of a credential that is walked back over. */
  private static final int LONGEST_BACK = 96;

  /** Every count of a form, made possessive: what was taken is not given back, so it is linear. */
  private static final Pattern COUNT =
      Pattern.compile("(\\{[0-9]+(?:,[0-9]+)?\\}|(?<!\\()\\?)(?![+?])");

  private final List<SecretKind> kinds;
  private final WordTrie trie;
  private final List<SecretKind> kindOfWord = new ArrayList<>();

  private SecretKinds(List<SecretKind> kinds) {
    this.kinds = List.copyOf(kinds);
    List<String> words = new ArrayList<>();
    for (SecretKind kind : kinds) {
      for (String word : kind.starts().isEmpty() ? kind.words() : kind.starts()) {
        words.add(word);
        kindOfWord.add(kind);
      }
    }
    this.trie = new WordTrie(words);
  }

  /** Read once, when the first text is scanned. */
  private static final class Loaded {
    static final SecretKinds ALL = new SecretKinds(read());
  }

  static List<SecretKind> all() {
    return Loaded.ALL.kinds;
  }

  static List<Span> find(String text) {
    return Loaded.ALL.search(text);
  }

  private List<Span> search(String text) {
    List<Span> found = new ArrayList<>();
    trie.search(
        text,
        (word, start, end) -> {
          SecretKind kind = kindOfWord.get(word);
          Span span =
              kind.starts().isEmpty()
                  ? NamedSecret.find(kind, text, start, end)
                  : at(kind, text, start);
          if (span != null) {
            found.add(span);
          }
        });
    return Spans.resolve(found);
  }

  private static @Nullable Span at(SecretKind kind, String text, int mark) {
    int start = mark;
    Pattern back = kind.back();
    while (back != null
        && start > 0
        && mark - start < LONGEST_BACK
        && back.matcher(text.substring(start - 1, start)).matches()) {
      start--;
    }
    if (!beginsThere(text, start)) {
      return null;
    }
    Matcher form = kind.form().matcher(text).region(start, text.length());
    if (!form.lookingAt() || form.end() <= mark || continues(text, form.end())) {
      return null;
    }
    String body =
        text.substring(back == null ? mark + markLength(kind, text, mark) : start, form.end());
    return SecretEntropy.holds(kind, body) ? Span.of(kind.id(), text, start, form.end()) : null;
  }

  private static int markLength(SecretKind kind, String text, int mark) {
    for (String start : kind.starts()) {
      if (text.startsWith(start, mark)) {
        return start.length();
      }
    }
    return 0;
  }

  /** Not in the middle of a word, but after the {@code \n} of a string in source or JSON. */
  private static boolean beginsThere(String text, int at) {
    if (at == 0 || !isWord(text.charAt(at)) || !isWord(text.charAt(at - 1))) {
      return true;
    }
    return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
  }

  private static boolean continues(String text, int end) {
    if (end >= text.length()) {
      return false;
    }
    char next = text.charAt(end);
    boolean dash = next == '-' && end + 1 < text.length() && isWord(text.charAt(end + 1));
    return isWord(next) || dash;
  }

  private static boolean isWord(char c) {
    return Ascii.isAlnum(c) || c == '_';
  }

  static Pattern possessive(String form) {
    return Pattern.compile(COUNT.matcher(form).replaceAll("$1+"));
  }

  private static List<SecretKind> read() {
    YamlProblems problems = new YamlProblems(FILE);
    List<SecretKind> kinds = new ArrayList<>();
    for (YamlNode node : YamlNode.parse(text(), problems).asMap("kinds").list("kinds")) {
      YamlMap map =
          node.asMap(
              "id",
              "title",
              "start",
              "words",
              "back",
              "form",
              "entropy",
              "checksum",
              "fires",
              "quiet",
              "near");
      String back = map.optionalText("back");
      kinds.add(
          new SecretKind(
              map.requiredText("id", "name the kind"),
              map.requiredText("title", "say whose it is"),
              map.texts("start"),
              map.texts("words"),
              back == null ? null : Pattern.compile(back),
              possessive(map.requiredText("form", "give the expression")),
              map.number("entropy", 0),
              map.optionalText("checksum") != null));
    }
    problems.throwIfAny();
    return kinds;
  }

  static String text() {
    try (var in = SecretKinds.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
