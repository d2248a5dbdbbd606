package dev.redoubt.attack.chat;

import java.util.Collection;

/**
 * What attempts took.
 *
 * @param calls calls to the target, retries included
 * @param planted texts that were planted
 * @param promptTokens tokens read, as far as the target says
 * @param completionTokens tokens written, as far as the target says
 * @param cost cost, as far as a price is known; 0 else
 * @param millis time that calls took, added up
 */
record AttemptUsage(
    long calls, long planted, long promptTokens, long completionTokens, double cost, long millis) {
  static final AttemptUsage NONE = new AttemptUsage(0, 0, 0, 0, 0, 0);

  static AttemptUsage of(Collection<Exchange> exchanges) {
    AttemptUsage sum = NONE;
    for (Exchange exchange : exchanges) {
      Exchange.Reply reply = exchange.reply();
      sum =
          sum.plus(
              new AttemptUsage(
                  exchange.tries(),
                  exchange.plant() == null ? 0 : 1,
                  reply == null ? 0 : reply.promptTokens(),
                  reply == null ? 0 : reply.completionTokens(),
                  reply == null || reply.cost() == null ? 0 : reply.cost(),
                  exchange.millis()));
    }
    return sum;
  }

  AttemptUsage plus(AttemptUsage more) {
    return new AttemptUsage(
        calls + more.calls,
        planted + more.planted,
        promptTokens + more.promptTokens,
        completionTokens + more.completionTokens,
        cost + more.cost,
        millis + more.millis);
  }

  long tokens() {
    return promptTokens + completionTokens;
  }
}
