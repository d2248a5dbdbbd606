package dev.redoubt.guard.gateway;

import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.ModelView;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks one choice of a whole reply, and changes it in place. */
final class ChoiceCheck {
  /** Fields of a choice that are no text of the model, or hold it token by token. */
  private static final Set<String> KNOWN =
      Set.of("index", "message", "finish_reason", "stop_reason", "logprobs");

  private final Guard guard;
  private final @Nullable ModelView view;
  private final Events.Collected seen;
  private final List<ToolCallView> made = new ArrayList<>();
  private Exchange exchange;

  ChoiceCheck(Guard guard, Exchange exchange, @Nullable ModelView view, Events.Collected seen) {
    this.guard = guard;
    this.exchange = exchange;
    this.view = view;
    this.seen = seen;
  }

  /** Gives the refusal that took the choice's place; null when it may pass, maybe rewritten. */
  @Nullable Refusal check(ObjectNode choice) throws UnreadableException {
    if (!(choice.get("message") instanceof ObjectNode message)) {
      throw new UnreadableException("a choice has no message");
    }
    var refusal = content(choice, message);
    if (refusal == null) {
      refusal = fields(message, MessageText.KNOWN);
    }
    if (refusal == null) {
      refusal = fields(choice, KNOWN);
    }
    if (refusal == null) {
      refusal = calls(message);
    }
    if (refusal != null) {
      refusal.replace(choice);
    }
    seen.calls(made, refusal != null);
    return refusal;
  }

  /** The calls that were checked so far. */
  List<ToolCallView> made() {
    return made;
  }

  private @Nullable Refusal content(ObjectNode choice, ObjectNode message)
      throws UnreadableException {
    var texts = MessageText.of(message);
    if (!texts.unscanned().isEmpty()) {
      seen.unscanned("content of type " + texts.unscanned().getFirst(), true);
      return Refusal.unscanned();
    }
    var verdict =
        seen.settle("answer", texts.content(), guard.checkAnswer(exchange, texts.content()));
    if (verdict instanceof Verdict.Rewrite rewrite) {
      texts.content(rewrite.text());
      // The tokens spell out what was taken away.
      choice.remove("logprobs");
    }
    return Refusal.of(verdict);
  }

  /** Fields that carry text beside the content, such as a model's reasoning. */
  private @Nullable Refusal fields(ObjectNode holder, Set<String> known) {
    for (var name : List.copyOf(holder.propertyNames())) {
      JsonNode value = holder.get(name);
      var text = known.contains(name) ? "" : String.join("\n", Json.strings(value));
      if (text.isEmpty()) {
        continue;
      }
      var verdict = seen.add(guard.checkAnswer(exchange, text));
      if (verdict instanceof Verdict.Rewrite rewrite) {
        if (value.isString()) {
          holder.put(name, rewrite.text());
        } else {
          holder.remove(name);
        }
      }
      var refusal = Refusal.of(verdict);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Refusal calls(ObjectNode message) throws UnreadableException {
    for (var call : ToolCalls.of(message)) {
      var refusal = call(call.view());
      if (refusal != null) {
        return refusal;
      }
      call.arguments(restored(call.view()).argumentsJson());
    }
    return null;
  }

  /** Checks a call; those before it in the same reply are part of the exchange. */
  @Nullable Refusal call(ToolCallView call) {
    var verdict =
        seen.settle(call.name(), call.argumentsJson(), guard.checkToolCall(exchange, call));
    exchange = exchange.withCall(call);
    made.add(call);
    return verdict instanceof Verdict.Rewrite ? Refusal.unscanned() : Refusal.of(verdict);
  }

  /** The call with what was hidden from the model, where the policy lets a tool have it. */
  ToolCallView restored(ToolCallView call) {
    return view == null ? call : view.restore(call);
  }
}
