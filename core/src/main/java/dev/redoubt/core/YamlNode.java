package dev.redoubt.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML document that knows its line and its key, and collects problems instead of
 * stopping at the first.
 *
 * <p>The {@code as…} methods give the value in the form asked for; where it has another form they
 * note a problem and give the fallback, so that reading goes on to the end of the file. Call {@link
 * YamlProblems#throwIfAny()} once everything was read, before the result is used.
 *
 * <p>Scalars follow the core schema of YAML 1.2: {@code yes} and {@code no} are text. Tags are
 * refused, duplicate keys are problems.
 *
 * @since 0.1.0
 */
public final class YamlNode {
  /** Form of a value. */
  public enum Kind {
    NULL("empty"),
    BOOLEAN("a true/false value"),
    NUMBER("a number"),
    TEXT("text"),
    LIST("a list"),
    MAP("a map");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  private final YamlProblems problems;
  private final @Nullable YamlNode parent;
  private final String segment;
  private final int line;
  private final Kind kind;
  private final String scalar;
  private final List<YamlNode> items;
  private final Map<String, YamlNode> entries;

  YamlNode(
      YamlProblems problems,
      @Nullable YamlNode parent,
      String segment,
      int line,
      Kind kind,
      String scalar,
      List<YamlNode> items,
      Map<String, YamlNode> entries) {
    this.problems = problems;
    this.parent = parent;
    this.segment = segment;
    this.line = line;
    this.kind = kind;
    this.scalar = scalar;
    this.items = items;
    this.entries = entries;
  }

  /**
   * Parses a document.
   *
   * @param text the document
   * @param problems takes what is wrong, and names the file
   * @param limits how much is read
   * @return the root; of kind {@link Kind#NULL} for an empty document
   * @throws UsageException when the text is no YAML or is over a limit: nothing more can be said
   */
  public static YamlNode parse(String text, YamlProblems problems, YamlLimits limits) {
    return YamlComposer.compose(text, problems, limits);
  }

  /** Parses a document with the {@linkplain YamlLimits#DEFAULT default limits}. */
  public static YamlNode parse(String text, YamlProblems problems) {
    return parse(text, problems, YamlLimits.DEFAULT);
  }

  /**
   * Reads a file in UTF-8 and parses it with the default limits.
   *
   * @throws UsageException when it can't be read, is no UTF-8, no YAML, or over a limit
   */
  public static YamlNode read(Path file, YamlProblems problems) {
    YamlLimits limits = YamlLimits.DEFAULT;
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(4 * limits.maxCharacters() + 1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text, problems, limits);
    } catch (NoSuchFileException e) {
      throw new UsageException(
          problems.file() + ": no such file; check the path, or leave it out", e);
    } catch (CharacterCodingException e) {
      throw new UsageException(problems.file() + ": is not UTF-8; save it as UTF-8", e);
    } catch (IOException e) {
      throw new UsageException(
          problems.file() + ": can't be read (" + e + "); check its permissions", e);
    }
  }

  /** Line of the value's key, or of the value in a list; counted from 1. */
  public int line() {
    return line;
  }

  /** Dotted path of the key, such as {@code components[2].url}; empty for the root. */
  public String path() {
    if (parent == null) {
      return segment;
    }
    String above = parent.path();
    return above.isEmpty() || segment.startsWith("[") ? above + segment : above + "." + segment;
  }

  /** Form of the value. */
  public Kind kind() {
    return kind;
  }

  /** Where problems go. */
  public YamlProblems problems() {
    return problems;
  }

  /** Place of the value in its file. */
  public Location location() {
    return new Location(problems.file(), line);
  }

  /** Notes a problem at this place. */
  public void problem(String what, String how) {
    problems.add(line, path(), what, how);
  }

  /**
   * Gives the map, noting keys that are not known.
   *
   * @param knownKeys every key that may stand here
   * @return the map; an empty one at this place when the value is no map
   */
  public YamlMap asMap(String... knownKeys) {
    var map = asOpenMap();
    map.checkKeys(List.of(knownKeys));
    return map;
  }

  /** Gives the map with whatever keys it has; empty when the value is no map. */
  public YamlMap asOpenMap() {
    if (kind != Kind.MAP) {
      wrong("a map (key: value)");
    }
    return new YamlMap(this, entries);
  }

  /** Gives the items of a list; none when the value is no list. */
  public List<YamlNode> asList() {
    if (kind != Kind.LIST) {
      wrong("a list");
    }
    return items;
  }

  /** Gives text. Numbers and true/false are no text: they need quotes. */
  public String asText(String fallback) {
    if (kind == Kind.TEXT) {
      return scalar;
    }
    if (kind == Kind.NUMBER || kind == Kind.BOOLEAN) {
      problem("is " + kind.words + ", not text", "put it in quotes: \"" + scalar + "\"");
    } else {
      wrong("text");
    }
    return fallback;
  }

  /** Gives a scalar as it was written, numbers and true/false included. */
  public String asWritten(String fallback) {
    if (kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOLEAN) {
      return scalar;
    }
    wrong("text");
    return fallback;
  }

  /** Gives true or false. */
  public boolean asBoolean(boolean fallback) {
    if (kind == Kind.BOOLEAN) {
      return scalar.toLowerCase(java.util.Locale.ROOT).equals("true");
    }
    wrong("true or false");
    return fallback;
  }

  /** Gives a finite number. */
  public double asDouble(double fallback) {
    if (kind == Kind.NUMBER) {
      double value = YamlScalars.number(scalar);
      if (Double.isFinite(value)) {
        return value;
      }
    }
    wrong("a number");
    return fallback;
  }

  /** Gives a whole number between two bounds, both included. */
  public long asLong(long fallback, long min, long max) {
    if (kind == Kind.NUMBER) {
      var value = YamlScalars.whole(scalar);
      if (value.isPresent()) {
        long v = value.getAsLong();
        if (v >= min && v <= max) {
          return v;
        }
        problem(
            "is " + scalar + ", out of range",
            max == Long.MAX_VALUE ? "at least " + min : "between " + min + " and " + max);
        return fallback;
      }
    }
    wrong("a whole number");
    return fallback;
  }

  /** Gives one of the allowed words. */
  public String asOneOf(List<String> allowed, String fallback) {
    if (kind == Kind.TEXT && allowed.contains(scalar)) {
      return scalar;
    }
    if (kind == Kind.TEXT) {
      problem("unknown word '" + scalar + "'", Suggestion.howToMend(scalar, allowed));
    } else {
      wrong("one of " + String.join(", ", allowed));
    }
    return fallback;
  }

  /** The scalar as a key of a map; empty when it is none. */
  String asKey() {
    return scalar;
  }

  private void wrong(String wanted) {
    problem("is " + kind.words + (kind == Kind.NULL ? "" : ", the wrong type"), "give " + wanted);
  }

  @Override
  public String toString() {
    return problems.file() + ":" + line + ": " + path() + " (" + kind.words + ")";
  }
}
