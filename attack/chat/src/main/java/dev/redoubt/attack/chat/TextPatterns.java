package dev.redoubt.attack.chat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import dev.redoubt.core.Location;
import dev.redoubt.core.Policy;
import dev.redoubt.core.UsageException;
import dev.redoubt.detect.Normaliser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words and regular expressions to look for. The expressions are RE2's: a reply is hostile, and
 * none makes them take longer than linear time. Case makes no difference, look-alike and invisible
 * characters are read as what they look like. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TextPatterns {
  private final List<Pattern> patterns;

  private TextPatterns(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Prepares.
   *
   * @param words words or phrases, found where no letter or digit stands beside them
   * @param expressions regular expressions
   */
  public static TextPatterns of(List<String> words, List<String> expressions) {
    var all = new ArrayList<Pattern>();
    words.stream().filter(w -> !w.isBlank()).map(TextPatterns::word).forEach(all::add);
    expressions.stream().map(TextPatterns::compile).forEach(all::add);
    return new TextPatterns(List.copyOf(all));
  }

  private static Pattern compile(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  private static Pattern word(String words) {
    String[] parts = words.strip().split("\\s+", -1);
    var expression = new StringBuilder("(?:^|[^\\pL\\pN])(");
    for (int i = 0; i < parts.length; i++) {
      expression.append(i == 0 ? "" : "\\s+").append(Pattern.quote(parts[i]));
    }
    return compile(expression.append(")(?:$|[^\\pL\\pN])").toString());
  }

  /** The first text that one of them matches; its first group where there is one. */
  public Optional<String> find(String text) {
    String plain = Normaliser.normalise(text).text();
    for (String form : plain.equals(text) ? List.of(text) : List.of(text, plain)) {
      for (Pattern pattern : patterns) {
        Matcher matcher = pattern.matcher(form);
        if (matcher.find()) {
          String group = matcher.groupCount() > 0 ? matcher.group(1) : null;
          return Optional.of(group == null ? matcher.group() : group);
        }
      }
    }
    return Optional.empty();
  }

  /** Says whether one of them is there. */
  public boolean matches(String text) {
    return find(text).isPresent();
  }

  /**
   * Compiles every expression and path of some policies.
   *
   * @throws UsageException when one is wrong
   */
  static void check(List<Policy> policies, Location at) {
    for (Policy policy : policies) {
      if (policy instanceof Policy.Decision decision && decision.path() != null) {
        path(decision.path(), policy.name(), at);
      }
      for (String expression : expressions(policy)) {
        try {
          compile(expression);
        } catch (PatternSyntaxException e) {
          throw new UsageException(
              "%s: groundTruth.policies: %s: '%s' is no regular expression of RE2 (%s); mend it"
                  .formatted(at, policy.name(), expression, e.getDescription()),
              e);
        }
      }
    }
  }

  private static void path(String path, String name, Location at) {
    try {
      JsonPath.compile(path);
    } catch (JsonPathException | IllegalArgumentException e) {
      throw new UsageException(
          "%s: groundTruth.policies: %s: '%s' is no JSONPath; write $.decision, for example"
              .formatted(at, name, path),
          e);
    }
  }

  private static List<String> expressions(Policy policy) {
    return switch (policy) {
      case Policy.NeverSays p -> p.patterns();
      case Policy.MustSay p -> p.patterns();
      case Policy.Prohibited p -> p.marks();
      case Policy.Decision p -> p.pattern() == null ? List.of() : List.of(p.pattern());
      case Policy.NeverBelow p -> List.of();
      case Policy.NeverNames p -> List.of();
      case Policy.NeverCode p -> List.of();
    };
  }
}
