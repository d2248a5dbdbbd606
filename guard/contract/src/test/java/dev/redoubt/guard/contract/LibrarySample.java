package dev.redoubt.guard.contract;

import dev.redoubt.guard.engine.AnswerStream;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.GuardSession;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The library samples of docs/guard-embed.md. */
final class LibrarySample {
  private LibrarySample() {}

  static String whole(Path policy, String user, String question, UnaryOperator<String> model) {
    Guard guard = Guard.load(policy);
    GuardSession session = GuardSession.begin(guard, "chat-1", Caller.of(user));
    Verdict asked = session.input(Text.user(question));
    if (!asked.passes()) {
      return asked.shown(question);
    }
    String answer = model.apply(asked.shown(question));
    return session.answer(answer).shown(answer);
  }

  static void streamed(GuardSession session, List<String> pieces, Consumer<String> user) {
    AnswerStream stream = session.answerStream();
    for (String piece : pieces) {
      user.accept(stream.push(piece));
    }
    user.accept(stream.finish());
    if (stream.stopped()) {
      user.accept(stream.verdict().shown(""));
    }
  }

  static String tool(GuardSession session, String name, String json, UnaryOperator<String> tool) {
    Verdict allowed = session.toolCall(new ToolCallView(name, json));
    if (!allowed.passes()) {
      return allowed.shown(Verdict.NOT_CHECKED);
    }
    String result = tool.apply(json);
    return session.input(Text.toolResult(name, result)).shown(result);
  }
}
