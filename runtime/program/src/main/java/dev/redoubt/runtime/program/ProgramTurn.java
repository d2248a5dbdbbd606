package dev.redoubt.runtime.program;

import dev.redoubt.core.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to say to a target.
 *
 * @param conversation id of the conversation, one of its own for each
 * @param turn from 0, in this conversation
 * @param text what is said
 * @param history what was said before in this conversation, for targets that keep nothing
 * @param identity name of the identity that says it; absent for an anonymous one
 * @param seed sampling seed, for targets that have one
 * @param temperature sampling temperature; absent leaves it to the target
 * @param maxTokens longest reply; absent leaves it to the target
 * @since 0.1.0
 */
public record ProgramTurn(
    String conversation,
    int turn,
    String text,
    List<Evidence.Turn> history,
    @Nullable String identity,
    @Nullable Long seed,
    @Nullable Double temperature,
    @Nullable Integer maxTokens) {
  public ProgramTurn {
    history = List.copyOf(history);
    if (turn < 0) {
      throw new IllegalArgumentException("a turn is counted from 0, not " + turn);
    }
  }

  /** The first and only thing that is said in a conversation, by nobody in particular. */
  public static ProgramTurn first(String conversation, String text) {
    return new ProgramTurn(conversation, 0, text, List.of(), null, null, null, null);
  }
}
