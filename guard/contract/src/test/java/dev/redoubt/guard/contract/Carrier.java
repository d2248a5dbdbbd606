package dev.redoubt.guard.contract;

import dev.redoubt.guard.engine.Verdict;
import dev.redoubt.testkit.GuardTexts.GuardText;
import org.jspecify.annotations.Nullable;

/** Something that carries a guard: the library, the gateway, an adapter. */
interface Carrier extends AutoCloseable {
  /** What the user asked for before a tool is called or an answer is given. */
  String QUESTION = "Please refund 30 EUR to ana@example.org";

  /** A passage that makes the conversation one that holds what nobody trusts. */
  String PASSAGE = "<document visibility=\"public\">Returns take 14 days.</document>";

  /**
   * What became of a text.
   *
   * @param action the verdict's word
   * @param rule which rule decided; null when none did
   * @param text what came through: the text itself, the rewritten one, or the refusal
   */
  record Seen(String action, @Nullable String rule, String text) {
    static Seen of(Verdict verdict, String original) {
      return new Seen(verdict.action(), verdict.rule(), verdict.shown(original));
    }
  }

  /** Sends a text through. */
  Seen send(GuardText text) throws Exception;

  /** Sends an answer through in pieces. */
  Seen stream(GuardText text) throws Exception;

  @Override
  default void close() {}
}
