package dev.redoubt.guard.contract;

import dev.redoubt.guard.engine.AnswerStream;
import dev.redoubt.guard.engine.Caller;
import dev.redoubt.guard.engine.Exchange;
import dev.redoubt.guard.engine.Guard;
import dev.redoubt.guard.engine.Text;
import dev.redoubt.guard.engine.ToolCallView;
import dev.redoubt.guard.engine.Verdict;
import dev.redoubt.testkit.GuardTexts.GuardText;
import java.util.List;

/** The guard itself. */
final class LibraryCarrier implements Carrier {
  private final Guard guard;

  LibraryCarrier(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Seen send(GuardText text) {
    Text user = Text.user(text.text());
    return switch (text.from()) {
      case USER, DOCUMENT -> Seen.of(guard.checkInput(exchange(user), user), text.text());
      case TOOL -> {
        Text result = Text.toolResult("look_up", text.text());
        yield Seen.of(guard.checkInput(exchange(Text.user(QUESTION), result), result), text.text());
      }
      case ANSWER ->
          Seen.of(guard.checkAnswer(exchange(Text.user(QUESTION)), text.text()), text.text());
      case CALL ->
          Seen.of(
              guard.checkToolCall(
                  exchange(Text.user(QUESTION + PASSAGE)), new ToolCallView("refund", text.text())),
              text.text());
    };
  }

  @Override
  public Seen stream(GuardText text) {
    AnswerStream stream = guard.answerStream(exchange(Text.user(QUESTION)));
    for (String piece : Pieces.of(text.text())) {
      stream.push(piece);
    }
    stream.finish();
    Verdict verdict = stream.verdict();
    return Seen.of(verdict, text.text());
  }

  private Exchange exchange(Text... texts) {
    return guard.exchange("", Caller.of("ana@example.org"), List.of(texts), List.of());
  }
}
