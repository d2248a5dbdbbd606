package dev.redoubt.runtime.llm;

/**
 * What a client has done so far.
 *
 * @param calls calls that its users made
 * @param sent requests that went out, retries included
 * @param failed calls that gave no reply
 * @param promptTokens tokens read, as far as the endpoint said
 * @param completionTokens tokens written, as far as the endpoint said
 */
public record ClientStats(
    long calls, long sent, long failed, long promptTokens, long completionTokens) {

  /** Requests that were sent again. */
  public long retries() {
    return Math.max(0, sent - calls);
  }
}
