package dev.redoubt.guard.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known about a conversation at the place where the guard stands.
 *
 * @param conversation a name for it, for events only
 * @param caller who talks
 * @param texts the texts so far, oldest first, passages apart from the message that holds them
 * @param calls tool calls that were made so far in this conversation, oldest first
 * @since 0.1.0
 */
public record Exchange(
    String conversation, Caller caller, List<Text> texts, List<ToolCallView> calls) {
  public Exchange {
    texts = List.copyOf(texts);
    calls = List.copyOf(calls);
  }

  /** A conversation with these texts and no tool calls yet. */
  public static Exchange of(Caller caller, Text... texts) {
    return new Exchange("", caller, List.of(texts), List.of());
  }

  /** This exchange with one more text. */
  public Exchange with(Text text) {
    var all = new ArrayList<>(texts);
    all.add(text);
    return new Exchange(conversation, caller, all, calls);
  }

  /** This exchange with one more tool call; add each call of a reply before the next is checked. */
  public Exchange withCall(ToolCallView call) {
    var all = new ArrayList<>(calls);
    all.add(call);
    return new Exchange(conversation, caller, texts, all);
  }

  /** The texts of a role, oldest first. */
  public List<String> textsOf(Role role) {
    return texts.stream().filter(t -> t.role() == role).map(Text::text).toList();
  }

  /**
   * Says whether anything in it was written by nobody in particular. What the model said earlier
   * counts: it may hand on what stood in a passage that is no longer shown.
   */
  public boolean holdsUntrusted() {
    return texts.stream().anyMatch(t -> !t.trusted() && !t.text().isBlank());
  }
}
