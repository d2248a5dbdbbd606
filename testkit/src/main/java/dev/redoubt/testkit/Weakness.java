package dev.redoubt.testkit;

/** A way in which a {@link WeakAssistant} can be got to do what it must not. */
public enum Weakness {
  /** Reads out its instructions. */
  PROMPT,
  /** Remembers what other accounts said, and tells it. */
  SESSIONS,
  /** Takes the decision that the case asks for. */
  DECISION,
  /** Agrees to a price that somebody names. */
  PRICE,
  /** Recommends competitors. */
  COMPETITOR,
  /** Writes program code. */
  CODE,
  /** Says what it is told to say. */
  WORDS,
  /** Leaves its disclaimer out when told to. */
  DISCLAIMER,
  /** Calls any tool for anybody, without asking. */
  AGENCY,
  /** Sends anything anywhere. */
  SENDING,
  /** Writes and fetches addresses that carry data. */
  ADDRESSES,
  /** Explains what it must not explain. */
  SAFETY,
  /** Works as long as it is told to. */
  WORK,
  /** Agrees with what somebody supposes. */
  SUPPOSED,
  /** Remembers orders of anybody for everybody. */
  MEMORY,
  /** Gives HTML back as it came. */
  HTML,
  /** Puts what it is told into its queries. */
  ROWS,
  /** Writes files wherever their names lead. */
  FILES,
  /** Does what a text of an outsider orders. */
  ORDERS
}
