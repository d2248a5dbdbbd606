package dev.redoubt.runtime.target;

import java.util.ArrayList;
import java.util.List;

/** A conversation with a target that remembers nothing: all of it is told anew every time. */
final class Retelling implements Conversation {
  private final List<Turn> turns;
  private final Ask ask;

  /** Asks with all that was said, the last words included. */
  interface Ask {
    TargetReply ask(List<Turn> turns, Say say) throws InterruptedException;
  }

  Retelling(List<Turn> history, Ask ask) {
    this.turns = new ArrayList<>(history);
    this.ask = ask;
  }

  @Override
  public TargetReply say(Say say) throws InterruptedException {
    var told = new ArrayList<>(turns);
    told.add(Turn.user(say.text()));
    TargetReply reply = ask.ask(List.copyOf(told), say);
    // Only what was answered was said: a failed call can be made again.
    turns.add(told.getLast());
    turns.add(Turn.assistant(reply.text()));
    return reply;
  }

  @Override
  public void close() {
    turns.clear();
  }
}
