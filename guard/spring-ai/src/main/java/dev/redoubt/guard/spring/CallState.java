package dev.redoubt.guard.spring;

import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.ToolCallView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the parts of the guard know together of one call of a chat client. Thread-safe. */
final class CallState {
  /** Key in the advisors' context and in the tool context. */
  static final String KEY = "redoubt.guard.state";

  private final Caller caller;
  private final List<ToolCallView> checked = new ArrayList<>();
  private GuardSession session;
  private boolean guardedAtModel;

  CallState(Caller caller, GuardSession session) {
    this.caller = caller;
    this.session = session;
  }

  static @Nullable CallState in(Map<String, ?> context) {
    return context.get(KEY) instanceof CallState state ? state : null;
  }

  Caller caller() {
    return caller;
  }

  synchronized GuardSession session() {
    return session;
  }

  /** Takes the session of the whole prompt, which the model's neighbour sees. */
  synchronized void session(GuardSession whole) {
    session = whole;
  }

  /** Notes that answers are checked next to the model, before chat memory keeps them. */
  synchronized void guardedAtModel() {
    guardedAtModel = true;
  }

  /** Says whether answers were checked further in. */
  synchronized boolean isGuardedAtModel() {
    return guardedAtModel;
  }

  /** Notes that a call was checked and may be made once. */
  synchronized void checked(ToolCallView call) {
    checked.add(call);
  }

  /** Says whether a call was checked already, and forgets it: a second one is another call. */
  synchronized boolean take(ToolCallView call) {
    return checked.remove(call);
  }
}
