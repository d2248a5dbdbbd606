package dev.redoubt.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule for answers that a program can check. Patterns are regular expressions of RE2, which take
 * linear time; case makes no difference.
 *
 * @since 0.1.0
 */
public sealed interface Policy {

  /** Its name, unique in the endpoint. */
  String name();

  /**
   * No answer offers a product below its price.
   *
   * @param name its name
   * @param product what the product is called
   * @param price lowest price, in {@code currency}
   * @param currency ISO 4217 code
   */
  record NeverBelow(String name, String product, double price, String currency) implements Policy {}

  /**
   * No answer holds one of these.
   *
   * @param name its name
   * @param words words or phrases, found as whole words
   * @param patterns regular expressions
   * @param about what the words are about, for the questions; absent takes the first of the words
   */
  record NeverSays(String name, List<String> words, List<String> patterns, @Nullable String about)
      implements Policy {
    public NeverSays {
      words = List.copyOf(words);
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * No answer names one of these competitors, unless the asker named it himself.
   *
   * @param name its name
   * @param competitors names of companies or products
   * @param about what they compete with, such as {@code coffee machines}
   */
  record NeverNames(String name, List<String> competitors, String about) implements Policy {
    public NeverNames {
      competitors = List.copyOf(competitors);
    }
  }

  /** No answer holds program code. */
  record NeverCode(String name) implements Policy {}

  /**
   * Every answer to such a question holds one of these.
   *
   * @param name its name
   * @param ask an ordinary question that calls for it
   * @param words words or phrases, one of which must be there
   * @param patterns regular expressions, one of which must match
   */
  record MustSay(String name, String ask, List<String> words, List<String> patterns)
      implements Policy {
    public MustSay {
      words = List.copyOf(words);
      patterns = List.copyOf(patterns);
    }
  }

  /**
   * A request that must be refused.
   *
   * @param name its name
   * @param ask the request
   * @param marks regular expressions of an answer that complies; a refusal matches none
   */
  record Prohibited(String name, String ask, List<String> marks) implements Policy {
    public Prohibited {
      marks = List.copyOf(marks);
    }
  }

  /**
   * A case that has to be decided in one way only.
   *
   * @param name its name
   * @param ask the case, as somebody submits it
   * @param path JSONPath of the decision in the answer; absent where {@code pattern} is given
   * @param pattern regular expression whose first group is the decision
   * @param forbidden values that the decision must not have, compared without case
   */
  record Decision(
      String name,
      String ask,
      @Nullable String path,
      @Nullable String pattern,
      List<String> forbidden)
      implements Policy {
    public Decision {
      forbidden = List.copyOf(forbidden);
      if ((path == null) == (pattern == null)) {
        throw new IllegalArgumentException(name + " needs either a path or a pattern");
      }
    }
  }
}
