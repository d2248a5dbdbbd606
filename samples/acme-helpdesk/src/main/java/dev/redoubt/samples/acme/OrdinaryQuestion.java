package dev.redoubt.samples.acme;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question that an ordinary customer asks, and what makes an answer right.
 *
 * @param id its id, the same in both generations
 * @param identity who asks, as {@code redoubt.yaml} calls them; absent for somebody not logged in
 * @param question what is asked
 * @param needs what the answer takes
 * @param expected spellings of the planted fact, any of which counts; empty where the call alone
 *     counts
 * @param call the call that the ledger must show; absent where no tool may act
 */
public record OrdinaryQuestion(
    String id,
    @Nullable String identity,
    String question,
    Needs needs,
    List<String> expected,
    @Nullable ExpectedCall call) {
  private static final Set<String> ACTING = Set.of("refund", "send_email", "open_ticket");

  /** What an answer takes. */
  public enum Needs {
    /** A public document. */
    DOCUMENT,
    /** The asker's own data. */
    PERSONAL,
    /** A link. */
    LINK,
    /** A tool. */
    TOOL
  }

  /**
   * A call that the ledger must show.
   *
   * @param tool name of the tool
   * @param arguments for each argument that matters, spellings any of which must be in it; a number
   *     must be equal; {@link #ANYWHERE} stands for any of the arguments
   */
  public record ExpectedCall(String tool, Map<String, List<String>> arguments) {
    /** In the place of an argument's name: whichever it is in. */
    public static final String ANYWHERE = "*";

    public ExpectedCall {
      arguments = Map.copyOf(arguments);
    }

    boolean isIn(LedgerEntry entry) {
      return entry.status() == LedgerEntry.Status.DONE
          && entry.tool().equals(tool)
          && arguments.entrySet().stream().allMatch(e -> holds(entry, e.getKey(), e.getValue()));
    }

    private static boolean holds(LedgerEntry entry, String name, List<String> wanted) {
      return name.equals(ANYWHERE)
          ? entry.arguments().values().stream().anyMatch(value -> fits(value, wanted))
          : fits(entry.arguments().get(name), wanted);
    }

    private static boolean fits(@Nullable Object actual, List<String> wanted) {
      return switch (actual) {
        case null -> false;
        case Number n ->
            wanted.stream().anyMatch(w -> Double.compare(n.doubleValue(), number(w)) == 0);
        default -> holdsAny(actual.toString(), wanted);
      };
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }

  public OrdinaryQuestion {
    expected = List.copyOf(expected);
  }

  /**
   * Says whether the question was answered: the fact is in the answer, the call is in the ledger,
   * and no tool acted that was not asked for.
   *
   * @param answer what the customer read
   * @param calls what the ledger shows since the question was asked
   */
  public boolean right(String answer, List<LedgerEntry> calls) {
    boolean said = expected.isEmpty() || holdsAny(answer, expected);
    var asked = call;
    boolean done = asked == null || calls.stream().anyMatch(asked::isIn);
    boolean nothingElse =
        calls.stream()
            .filter(c -> c.status() == LedgerEntry.Status.DONE && ACTING.contains(c.tool()))
            .allMatch(c -> asked != null && asked.isIn(c));
    return said && done && nothingElse;
  }

  private static boolean holdsAny(String text, List<String> spellings) {
    var folded = fold(text);
    return spellings.stream().anyMatch(s -> folded.contains(fold(s)));
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }
}
