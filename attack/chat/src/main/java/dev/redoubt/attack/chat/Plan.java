package dev.redoubt.attack.chat;

import dev.redoubt.core.Price;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of a pass, in order, before any of them is made.
 *
 * @param spec what was asked for
 * @param target what will be attacked
 * @param attempts every attempt, those that can't be made included
 * @param forecast what it will take
 * @param notes what the user should know before it starts
 * @since 0.1.0
 */
public record Plan(
    CampaignSpec spec,
    Target target,
    List<PlannedCall> attempts,
    Forecast forecast,
    List<String> notes) {
  public Plan {
    attempts = List.copyOf(attempts);
    notes = List.copyOf(notes);
  }

  /**
   * What a pass will take when no call fails.
   *
   * @param fewestCalls when every conversation ends at its first turn
   * @param mostCalls when every conversation takes all its turns
   * @param tokens tokens read and written, roughly: four characters a token, and answers of the
   *     length that was asked for or of 200 tokens
   * @param cost what those cost; absent when the endpoint has no price
   */
  public record Forecast(int fewestCalls, int mostCalls, long tokens, @Nullable Double cost) {}

  /** What it will take, in words: conversations end early when they succeed. */
  public String forecastWords() {
    String calls =
        forecast.fewestCalls() == forecast.mostCalls()
            ? forecast.mostCalls() + " calls"
            : forecast.fewestCalls() + " to " + forecast.mostCalls() + " calls";
    Double cost = forecast.cost();
    Price price = target.endpoint().price();
    String money =
        cost == null || price == null
            ? ""
            : String.format(
                Locale.ROOT,
                " (at most about %,d tokens, %.2f %s)",
                forecast.tokens(),
                cost,
                price.currency());
    long ordinary = attempts.stream().filter(a -> Ordinaries.is(a.objective())).count();
    return calls
        + money
        + " for "
        + (attempts.size() - ordinary)
        + " attempts"
        + (ordinary == 0 ? "" : " and " + ordinary + " ordinary questions");
  }

  /** Says whether a call is one of this plan, not a changed repeat of one. */
  boolean isPlanned(PlannedCall call) {
    return call.index() < attempts.size() && attempts.get(call.index()).id().equals(call.id());
  }

  /** How many calls to the target it takes at least. */
  public int calls() {
    return forecast.fewestCalls();
  }
}
