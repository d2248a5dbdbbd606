package dev.redoubt.guard.gateway;

import dev.redoubt.core.GuardEvent;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Confirmations;
import dev.redoubt.guard.engine.Place;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the listener what was checked: one event for a request and one for its reply. */
final class Events {
  private static final List<String> BY_FORCE = List.of("allow", "rewrite", "ask", "block");
  private final String request;
  private final String response;
  private final Consumer<GuardEvent> listener;
  private final String prefix = Long.toHexString(new SecureRandom().nextLong());
  private final AtomicLong count = new AtomicLong();

  private final @Nullable ToolLog toolLog;
  private final Confirmations confirmations;

  Events(
      Place place,
      Consumer<GuardEvent> listener,
      @Nullable ToolLog toolLog,
      Confirmations confirmations) {
    this.toolLog = toolLog;
    this.confirmations = confirmations;
    this.request = place == Place.BACK ? "model-request" : "request";
    this.response = place == Place.BACK ? "model-response" : "response";
    this.listener = listener;
  }

  /** A name for an exchange that no other has. */
  String newId() {
    return prefix + "-" + count.incrementAndGet();
  }

  Collected request(String id, Caller caller) {
    return new Collected(id, request, caller);
  }

  Collected response(String id, Caller caller) {
    return new Collected(id, response, caller);
  }

  /** A way to the model that is not checked was refused. */
  void unchecked(String path) {
    listener.accept(
        new GuardEvent(
            newId(),
            Instant.now(),
            request,
            "block",
            "unchecked-endpoint",
            List.of(),
            List.of("unchecked-endpoint: " + path + " is not understood"),
            null));
  }

  /** The verdicts on the parts of one request or reply, together. */
  final class Collected {
    private final String id;
    private final String stage;
    private final Caller caller;
    private final LinkedHashSet<String> ran = new LinkedHashSet<>();
    private final LinkedHashSet<String> notRun = new LinkedHashSet<>();
    private String action = "allow";
    private @Nullable String rule;
    private boolean emitted;

    private Collected(String id, String stage, Caller caller) {
      this.id = id;
      this.stage = stage;
      this.caller = caller;
    }

    /** Adds a verdict and gives it back. */
    Verdict add(Verdict verdict) {
      ran.addAll(verdict.trace().ran());
      notRun.addAll(verdict.trace().notRun());
      decide(verdict.action(), verdict.rule());
      return verdict;
    }

    /**
     * Adds what a person made of a verdict that asks, which may take a while.
     *
     * @param what the tool, or what kind of text it is
     * @param content what the person is to see
     */
    Verdict settle(String what, String content, Verdict verdict) {
      return add(confirmations.settle(id, caller, what, content, verdict));
    }

    /** Tells of a verdict that came when the answer had been shown already; null for none. */
    void afterwards(@Nullable Verdict verdict) {
      if (verdict != null && !(verdict instanceof Verdict.Allow)) {
        listener.accept(verdict.event(id, Instant.now(), stage + "-afterwards", caller));
      }
    }

    /** Says whether tool calls are logged. */
    boolean logsCalls() {
      return toolLog != null;
    }

    /** Logs the tool calls of a choice, now that it is known whether they pass. */
    void calls(List<ToolCallView> calls, boolean blocked) {
      if (toolLog != null && !calls.isEmpty()) {
        toolLog.write(id, caller.isAnonymous() ? "" : caller.id(), calls, blocked);
      }
    }

    /** Notes content that nothing can look at. */
    void unscanned(String what, boolean blocks) {
      notRun.add(Refusal.UNSCANNED + ": " + what);
      decide(blocks ? "block" : "allow", blocks ? Refusal.UNSCANNED : null);
    }

    private void decide(String newAction, @Nullable String newRule) {
      if (BY_FORCE.indexOf(newAction) > BY_FORCE.indexOf(action)) {
        action = newAction;
        rule = newRule;
      }
    }

    /** Tells the listener, once; call it before the client learns of the decision. */
    void emit() {
      if (emitted) {
        return;
      }
      emitted = true;
      listener.accept(
          new GuardEvent(
              id,
              Instant.now(),
              stage,
              action,
              rule,
              new ArrayList<>(ran),
              new ArrayList<>(notRun),
              caller.isAnonymous() ? null : caller.id()));
    }
  }
}
