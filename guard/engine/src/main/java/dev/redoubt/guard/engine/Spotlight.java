package dev.redoubt.guard.engine;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows a model, and the guard, where a passage begins and ends, in a way that the passage can't
 * imitate: markers in its text are broken up, and both ends carry a mark that is drawn anew for
 * each passage (delimiting; Hines et al., "Defending Against Indirect Prompt Injection Attacks With
 * Spotlighting", 2024).
 *
 * @since 0.2.0
 */
public final class Spotlight {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int MARK_BYTES = 6;

  private final PassageMarkers markers;
  private final Pattern inText;
  private final Supplier<String> marks;

  /** With the markers of a policy. */
  public Spotlight(PassageMarkers markers) {
    this(markers, Spotlight::draw);
  }

  Spotlight(PassageMarkers markers, Supplier<String> marks) {
    this.markers = markers;
    this.marks = marks;
    this.inText = Pattern.compile(loose(markers.begin()) + "|" + loose(markers.end()));
  }

  /** A marker however it is written: any case, with invisible characters and blanks between. */
  private static String loose(String marker) {
    var pattern = new StringBuilder("(?iu:");
    marker
        .codePoints()
        .filter(c -> !Character.isWhitespace(c))
        .forEach(c ->
            pattern
                .append(pattern.length() > 5 ? "[\\p{Cf}\\s]{0,8}+" : "")
                .append(Pattern.quote(Character.toString(c))));
    return pattern.append(')').toString();
  }

  /** Puts a passage between markers, with what is known of it as attributes. */
  public String mark(GuardPassage passage) {
    String mark = marks.get();
    var begin = new StringBuilder(markers.begin());
    attribute(begin, "id", passage.id());
    DocumentLabel label = passage.label();
    if (label != null) {
      attribute(begin, "visibility", label.visibility().name().toLowerCase(Locale.ROOT));
      attribute(begin, "owner", label.owner() == null ? "" : label.owner());
    }
    Provenance from = passage.provenance();
    for (var e :
        Map.of(
                "source", from.source(),
                "sha256", from.sha256(),
                "ingested", from.ingestedAt(),
                "by", from.ingestedBy())
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey())
            .toList()) {
      attribute(begin, e.getKey(), e.getValue());
    }
    attribute(begin, "mark", mark);
    return begin + ">\n" + neutralise(passage.text()) + "\n[" + mark + "]" + markers.end();
  }

  /** Breaks up markers that stand in a text: it stays readable and ends nothing. */
  public String neutralise(String text) {
    return inText.matcher(text).replaceAll(m -> Matcher.quoteReplacement(broken(m.group())));
  }

  private static String broken(String marker) {
    int first = marker.offsetByCodePoints(0, 1);
    // Another sign in front: removing what was put between would bring the marker back.
    String head = marker.substring(0, first).equals("<") ? "‹" : "·";
    return head + marker.substring(first);
  }

  private static void attribute(StringBuilder to, String name, String value) {
    String safe = value.replaceAll("[\"'<>\\p{Cntrl}\\p{Cf}]", "_");
    if (!safe.isEmpty()) {
      to.append(' ').append(name).append("=\"").append(safe).append('"');
    }
  }

  private static String draw() {
    var bytes = new byte[MARK_BYTES];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
