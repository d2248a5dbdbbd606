package dev.redoubt.runtime.program;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target answered.
 *
 * @param text what it said, untrusted
 * @param toolCalls tool calls that it made for this answer
 * @param model model that answered, where it says
 * @param promptTokens tokens read, where it counts them
 * @param completionTokens tokens written, where it counts them
 * @param cost what the call cost, in the currency of the target's price, where it says
 * @since 0.1.0
 */
public record ProgramReply(
    String text,
    List<ProgramToolCall> toolCalls,
    @Nullable String model,
    @Nullable Integer promptTokens,
    @Nullable Integer completionTokens,
    @Nullable Double cost) {
  public ProgramReply {
    toolCalls = List.copyOf(toolCalls);
  }

  static ProgramReply of(Message said) throws ProgramException {
    List<ProgramToolCall> calls = new ArrayList<>();
    for (Message call : said.objects("toolCalls")) {
      calls.add(new ProgramToolCall(call.words("name"), call.object("arguments")));
      call.end();
    }
    var reply =
        new ProgramReply(
            said.text("text"),
            calls,
            said.optionalText("model"),
            said.optionalCount("promptTokens"),
            said.optionalCount("completionTokens"),
            said.optionalAmount("cost"));
    said.end();
    return reply;
  }
}
