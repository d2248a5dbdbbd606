import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What is done to an answer before it leaves: a model's words are untrusted text. */
final class Outgoing {
  /** So many words of the instructions in a row are a quotation, not a coincidence. */
  private static final int QUOTED_WORDS = 6;

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:[a-z][a-z0-9+.-]{1,20}:)?[/\\\\]{2}[^\\s<>\"'`)\\]]+"
              + "|\\b(?:javascript|vbscript|data|file|blob):[^\\s<>\"'`)\\]]+");

  /** Something in the instructions that is no word of a language: a reference, a key. */
  private static final Pattern REFERENCE = Pattern.compile("[\\w-]*\\d[\\w-]*");

  private static final int SHORTEST_REFERENCE = 10;

  private final Set<String> quotations = new HashSet<>();
  private final Set<String> references = new HashSet<>();
  private final Set<String> allowedHosts;

  Outgoing(String instructions, Set<String> allowedHosts) {
    this.allowedHosts = allowedHosts;
    REFERENCE
        .matcher(instructions)
        .results()
        .map(MatchResult::group)
        .filter(reference -> reference.length() >= SHORTEST_REFERENCE)
        .forEach(references::add);
    List<String> words = WORD.matcher(instructions).results().map(Outgoing::folded).toList();
    for (int i = 0; i + QUOTED_WORDS <= words.size(); i++) {
      quotations.add(String.join(" ", words.subList(i, i + QUOTED_WORDS)));
    }
  }

  String clean(String answer) {
    String rest = withoutInstructions(answer);
    for (String reference : references) {
      rest = rest.replaceAll("(?i)" + Pattern.quote(reference), "[…]");
    }
    return escaped(withoutForeignLinks(rest));
  }

  /** The instructions hold no secret, but where they are read out they are attacked next. */
  private String withoutInstructions(String answer) {
    List<MatchResult> words = WORD.matcher(answer).results().toList();
    var quoted = new boolean[words.size()];
    for (int i = 0; i + QUOTED_WORDS <= words.size(); i++) {
      var window = new ArrayList<String>();
      words.subList(i, i + QUOTED_WORDS).forEach(w -> window.add(folded(w)));
      if (quotations.contains(String.join(" ", window))) {
        java.util.Arrays.fill(quoted, i, i + QUOTED_WORDS, true);
      }
    }
    var out = new StringBuilder();
    int from = 0;
    for (int i = 0; i < quoted.length; i++) {
      if (quoted[i]) {
        int first = i;
        while (i + 1 < quoted.length && quoted[i + 1]) {
          i++;
        }
        out.append(answer, from, words.get(first).start()).append("[…]");
        from = words.get(i).end();
      }
    }
    return out.append(answer.substring(from)).toString();
  }

  /** An address that the model was talked into carries data away when it is loaded or clicked. */
  private String withoutForeignLinks(String answer) {
    return ADDRESS
        .matcher(answer)
        .replaceAll(match ->
            java.util.regex.Matcher.quoteReplacement(
                isAllowed(match.group()) ? match.group() : "[link removed]"));
  }

  private boolean isAllowed(String address) {
    try {
      URI uri = URI.create(address);
      return "https".equals(uri.getScheme())
          && uri.getRawUserInfo() == null
          && uri.getHost() != null
          && allowedHosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whoever shows the answer as HTML shows text. */
  private static String escaped(String answer) {
    return answer.replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String folded(MatchResult word) {
    return word.group().toLowerCase(Locale.ROOT);
  }
}
